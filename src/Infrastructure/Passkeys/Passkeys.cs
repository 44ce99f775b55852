using System.Buffers.Text;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Passkeys;

/// <summary>The passkey port on Identity's handler of Web Authentication and its store.</summary>
internal sealed class Passkeys(
    IPasskeyHandler<Account> handler,
    PasskeyStore store,
    AppDbContext context,
    UnitOfWork unitOfWork,
    IOutages outages
) : IPasskeys
{
    // Domain and origins are configured, so that nothing of a request is looked at: its Host can be forged.
    private static readonly HttpContext NoRequest = new DefaultHttpContext();

    public async Task<PasskeyChallenge> AskForNewAsync(
        Guid userId,
        string username,
        CancellationToken cancellationToken
    )
    {
        var user = new PasskeyUserEntity
        {
            Id = userId.ToString(),
            Name = username,
            DisplayName = username,
        };
        var made = await handler.MakeCreationOptionsAsync(user, NoRequest);
        return new PasskeyChallenge(made.CreationOptionsJson, made.AttestationState!);
    }

    public async Task<Passkey?> AddAsync(
        Guid userId,
        string state,
        string credential,
        string? name,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext
            {
                HttpContext = NoRequest,
                CredentialJson = credential,
                AttestationState = state,
            }
        );
        RethrowOutage(result.Failure);
        if (
            result is not { Succeeded: true, Passkey: { } made, UserEntity.Id: { } madeFor }
            || madeFor != userId.ToString()
            || made.CredentialId.Length > Passkey.IdMaxBytes
            || await store.FindByIdAsync(madeFor, cancellationToken) is not { } user
        )
        {
            return null;
        }

        var passkey = new UserPasskeyInfo(
            made.CredentialId,
            made.PublicKey,
            now,
            made.SignCount,
            made.Transports,
            made.IsUserVerified,
            made.IsBackupEligible,
            made.IsBackedUp,
            made.AttestationObject,
            made.ClientDataJson
        )
        {
            Name = name,
        };
        await store.AddOrUpdatePasskeyAsync(user, passkey, cancellationToken);
        return ToPasskey(passkey.CredentialId, name, now, passkey.IsBackedUp);
    }

    public async Task<PasskeyChallenge> AskToSignInAsync(Guid? userId, CancellationToken cancellationToken)
    {
        var user = userId is null ? null : await store.FindByIdAsync(userId.Value.ToString(), cancellationToken);
        var made = await handler.MakeRequestOptionsAsync(user, NoRequest);
        return new PasskeyChallenge(made.RequestOptionsJson, made.AssertionState!);
    }

    public async Task<VerifiedPasskey?> VerifyAsync(
        string state,
        string credential,
        CancellationToken cancellationToken
    )
    {
        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext
            {
                HttpContext = NoRequest,
                CredentialJson = credential,
                AssertionState = state,
            }
        );
        RethrowOutage(result.Failure);
        return result.Succeeded
            ? new VerifiedPasskey(
                result.User.Id,
                result.Passkey.CredentialId,
                result.Passkey.SignCount,
                result.Passkey.IsBackedUp,
                result.Passkey.IsUserVerified
            )
            : null;
    }

    public async Task<bool> UseAsync(VerifiedPasskey passkey, CancellationToken cancellationToken)
    {
        // Identity's store would add one that has been removed since the handler has found it.
        if (
            await context.UserPasskeys.SingleOrDefaultAsync(row => row.CredentialId == passkey.Id, cancellationToken)
            is not { } row
        )
        {
            return false;
        }

        // Written also when nothing of it is new: so the save finds out when it has been removed meanwhile.
        context.Entry(row).State = EntityState.Modified;
        // With the counter that shows a copied authenticator when it falls behind.
        (row.Data.SignCount, row.Data.IsBackedUp, row.Data.IsUserVerified) = (
            passkey.SignCount,
            passkey.IsBackedUp,
            passkey.IsUserVerified
        );
        return true;
    }

    public async Task<IReadOnlyList<Passkey>> ListAsync(Guid userId, CancellationToken cancellationToken)
    {
        var rows = await context
            .UserPasskeys.AsNoTracking()
            .Where(passkey => passkey.UserId == userId)
            .Select(passkey => new
            {
                passkey.CredentialId,
                passkey.Data.Name,
                passkey.Data.CreatedAt,
                passkey.Data.IsBackedUp,
            })
            .ToListAsync(cancellationToken);
        return
        [
            .. rows.OrderBy(row => row.CreatedAt)
                .Select(row => ToPasskey(row.CredentialId, row.Name, row.CreatedAt, row.IsBackedUp)),
        ];
    }

    public async Task<bool> RemoveAsync(Guid userId, string? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            unitOfWork.Add(token =>
                context.UserPasskeys.Where(passkey => passkey.UserId == userId).ExecuteDeleteAsync(token)
            );
            return true;
        }

        if (!Base64Url.IsValid(id))
        {
            return false;
        }

        var credentialId = Base64Url.DecodeFromChars(id);
        var found = await context.UserPasskeys.SingleOrDefaultAsync(
            passkey => passkey.UserId == userId && passkey.CredentialId == credentialId,
            cancellationToken
        );
        if (found is not null)
        {
            context.Remove(found);
        }

        return found is not null;
    }

    private static Passkey ToPasskey(byte[] id, string? name, DateTimeOffset createdAt, bool isBackedUp) =>
        new(Base64Url.EncodeToString(id), name, createdAt, isBackedUp);

    // The handler takes any exception for a wrong answer.
    private void RethrowOutage(PasskeyException? failure)
    {
        if (failure?.InnerException is { } cause && outages.IsOutage(cause))
        {
            throw failure;
        }
    }
}
