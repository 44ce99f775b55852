using System.Linq.Expressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Accounts;

internal sealed class AccountRepository(AppDbContext context) : IAccountRepository
{
    private static readonly Expression<Func<Account, Credentials>> ToCredentials = account => new Credentials(
        account.Id,
        account.Username,
        Account.AddressOf(account.Email, account.PendingEmail),
        account.PasswordHash,
        account.EmailConfirmed,
        account.DisabledAt != null,
        account.SecurityStamp,
        account.PendingEmail,
        account.MfaEnabled,
        account.Kind == AccountKind.Guest
    );

    public void Add(Account account)
    {
        context.StoredAccounts.Add(account);
        context.UserRoles.Add(new IdentityUserRole<Guid> { UserId = account.Id, RoleId = RoleSeed.MemberId });
    }

    public Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        context.Accounts.SingleOrDefaultAsync(account => account.Id == id, cancellationToken);

    public async Task<AccountProfile?> FindProfileAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await context
            .Accounts.AsNoTracking()
            .Where(account => account.Id == id)
            .Select(account => new
            {
                account.Kind,
                account.Username,
                account.Email,
                account.PendingEmail,
                account.EmailConfirmed,
                account.DisplayName,
                account.Locale,
                account.TimeZone,
                account.CreatedAt,
                HasPassword = account.PasswordHash != null,
                HasPasskey = context.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == account.Id),
                Providers = context
                    .Set<LinkedIdentity>()
                    .Where(identity => identity.OwnerId == account.Id)
                    .Select(identity => identity.Provider)
                    .ToList(),
                Roles = (
                    from membership in context.Set<IdentityUserRole<Guid>>()
                    join role in context.Set<IdentityRole<Guid>>() on membership.RoleId equals role.Id
                    join claim in context.Set<IdentityRoleClaim<Guid>>() on role.Id equals claim.RoleId into claims
                    from claim in claims.DefaultIfEmpty()
                    where membership.UserId == account.Id
                    select new
                    {
                        role.Name,
                        claim.ClaimType,
                        claim.ClaimValue,
                    }
                ).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new AccountProfile(
                id,
                found.Kind,
                found.Username,
                Account.AddressOf(found.Email, found.PendingEmail),
                found.EmailConfirmed,
                found.DisplayName,
                found.Locale,
                found.TimeZone,
                CredentialNames.Of(found.HasPassword, found.HasPasskey, found.Providers),
                found.CreatedAt,
                Distinct(found.Roles.Select(role => role.Name)),
                Distinct(
                    found
                        .Roles.Where(role => role.ClaimType == RoleSeed.PermissionClaim)
                        .Select(role => role.ClaimValue)
                )
            );
    }

    public Task<string?> FindTimeZoneAsync(Guid id, CancellationToken cancellationToken) =>
        context
            .Accounts.Where(account => account.Id == id)
            .Select(account => account.TimeZone)
            .SingleOrDefaultAsync(cancellationToken);

    public Task<Credentials?> FindCredentialsAsync(string login, CancellationToken cancellationToken)
    {
        // No username holds an @, so that one look-up in one index is enough.
        var key = Account.Normalize(login);
        // Whose address it is comes first; then who claims it and has no other, the newest of them.
        var match = login.Contains('@', StringComparison.Ordinal)
            ? context
                .Accounts.Where(account =>
                    account.NormalizedEmail == key
                    || (
                        account.NormalizedPendingEmail == key
                        && account.Email!.EndsWith(PlaceholderAddress.PendingSuffix)
                    )
                )
                .OrderBy(account => account.NormalizedEmail == key ? 0 : 1)
                .ThenByDescending(account => account.CreatedAt)
            : context.Accounts.Where(account => account.NormalizedUsername == key);
        return match.AsNoTracking().Select(ToCredentials).FirstOrDefaultAsync(cancellationToken);
    }

    public Task<Credentials?> FindCredentialsAsync(Guid id, CancellationToken cancellationToken) =>
        context
            .Accounts.AsNoTracking()
            .Where(account => account.Id == id)
            .Select(ToCredentials)
            .SingleOrDefaultAsync(cancellationToken);

    private static List<string> Distinct(IEnumerable<string?> names) =>
        [.. names.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
