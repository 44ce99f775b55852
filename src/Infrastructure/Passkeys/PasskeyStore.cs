using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Passkeys;

/// <summary>
/// The store that ASP.NET Core Identity's passkey handler reads and writes. It takes part in the unit of work instead of
/// saving on its own; Identity's store for EF Core would ask for a user type of Identity's.
/// </summary>
internal sealed class PasskeyStore(AppDbContext context) : IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.Username);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken)
    {
        user.Rename(userName!);
        return Task.CompletedTask;
    }

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(user.NormalizedUsername);

    // An account keeps its key with its username.
    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        context.Add(user);
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        context.Update(user);
        return Task.FromResult(IdentityResult.Success);
    }

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        context.Remove(user);
        return Task.FromResult(IdentityResult.Success);
    }

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id)
            ? await context.Accounts.SingleOrDefaultAsync(account => account.Id == id, cancellationToken)
            : null;

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        context.Accounts.SingleOrDefaultAsync(
            account => account.NormalizedUsername == normalizedUserName,
            cancellationToken
        );

    public async Task AddOrUpdatePasskeyAsync(
        Account user,
        UserPasskeyInfo passkey,
        CancellationToken cancellationToken
    )
    {
        var row = await FindRowAsync(user.Id, passkey.CredentialId, cancellationToken);
        if (row is null)
        {
            row = new IdentityUserPasskey<Guid>
            {
                UserId = user.Id,
                CredentialId = passkey.CredentialId,
                Data = new IdentityPasskeyData
                {
                    PublicKey = passkey.PublicKey,
                    CreatedAt = passkey.CreatedAt,
                    Transports = passkey.Transports,
                    IsBackupEligible = passkey.IsBackupEligible,
                    AttestationObject = passkey.AttestationObject,
                    ClientDataJson = passkey.ClientDataJson,
                },
            };
            context.Add(row);
        }

        (row.Data.Name, row.Data.SignCount) = (passkey.Name, passkey.SignCount);
        (row.Data.IsBackedUp, row.Data.IsUserVerified) = (passkey.IsBackedUp, passkey.IsUserVerified);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [
            .. (await context.UserPasskeys.Where(row => row.UserId == user.Id).ToListAsync(cancellationToken)).Select(
                ToInfo
            ),
        ];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var row = await context.UserPasskeys.SingleOrDefaultAsync(
            passkey => passkey.CredentialId == credentialId,
            cancellationToken
        );
        return row is null
            ? null
            : await context.Accounts.SingleOrDefaultAsync(account => account.Id == row.UserId, cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(
        Account user,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) => await FindRowAsync(user.Id, credentialId, cancellationToken) is { } row ? ToInfo(row) : null;

    public async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        if (await FindRowAsync(user.Id, credentialId, cancellationToken) is { } row)
        {
            context.Remove(row);
        }
    }

    // The context belongs to the scope.
    public void Dispose() { }

    private Task<IdentityUserPasskey<Guid>?> FindRowAsync(
        Guid userId,
        byte[] credentialId,
        CancellationToken cancellationToken
    ) =>
        context.UserPasskeys.SingleOrDefaultAsync(
            row => row.UserId == userId && row.CredentialId == credentialId,
            cancellationToken
        );

    private static UserPasskeyInfo ToInfo(IdentityUserPasskey<Guid> row) =>
        new(
            row.CredentialId,
            row.Data.PublicKey,
            row.Data.CreatedAt,
            row.Data.SignCount,
            row.Data.Transports,
            row.Data.IsUserVerified,
            row.Data.IsBackupEligible,
            row.Data.IsBackedUp,
            row.Data.AttestationObject,
            row.Data.ClientDataJson
        )
        {
            Name = row.Data.Name,
        };
}
