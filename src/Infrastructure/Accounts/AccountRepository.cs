// Longer than 150 lines for its two queries: what is read of an account stands beside what is written of it.
using System.Linq.Expressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Accounts;

/// <summary>The account port on Identity's <see cref="UserManager{TUser}"/>.</summary>
internal sealed class AccountRepository(UserManager<AppUser> users, AppDbContext context) : IAccountRepository
{
    private static readonly Expression<Func<AppUser, Credentials>> ToCredentials = user => new Credentials(
        user.Id,
        user.UserName!,
        AppUser.AddressOf(user.Email!, user.PendingEmail),
        user.PasswordHash!,
        user.EmailConfirmed,
        user.DisabledAt != null,
        user.SecurityStamp!,
        user.PendingEmail,
        user.TwoFactorEnabled
    );

    public async Task<User> AddAsync(NewAccount account, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(account.CreatedAt);
        var user = new AppUser
        {
            Id = id,
            UserName = account.Username,
            Email = account.IsEmailPending ? $"{id:N}{AppUser.NoAddress}" : account.Email,
            PendingEmail = account.IsEmailPending ? account.Email : null,
            NormalizedPendingEmail = account.IsEmailPending ? users.NormalizeEmail(account.Email) : null,
            EmailConfirmed = account.EmailConfirmed,
            PasswordHash = account.PasswordHash,
            CreatedAt = account.CreatedAt,
        };
        var created = await users.CreateAsync(user);
        if (!created.Succeeded)
        {
            throw new InvalidOperationException(string.Join(", ", created.Errors.Select(error => error.Code)));
        }

        context.ChangeCounters.Add(new ChangeCounter { OwnerId = user.Id });
        context.UserRoles.Add(new IdentityUserRole<Guid> { UserId = user.Id, RoleId = RoleSeed.MemberId });
        return new User(
            user.Id,
            account.Username,
            account.Email,
            account.EmailConfirmed,
            account.CreatedAt,
            [Roles.Member],
            []
        );
    }

    public async Task<User?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var found = await context
            .Users.AsNoTracking()
            .Where(user => user.Id == id)
            .Select(user => new
            {
                user.UserName,
                user.Email,
                user.PendingEmail,
                user.EmailConfirmed,
                user.CreatedAt,
                Roles = (
                    from membership in context.UserRoles
                    join role in context.Roles on membership.RoleId equals role.Id
                    join claim in context.RoleClaims on role.Id equals claim.RoleId into claims
                    from claim in claims.DefaultIfEmpty()
                    where membership.UserId == user.Id
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
            : new User(
                id,
                found.UserName!,
                AppUser.AddressOf(found.Email!, found.PendingEmail),
                found.EmailConfirmed,
                found.CreatedAt,
                Distinct(found.Roles.Select(role => role.Name)),
                Distinct(
                    found
                        .Roles.Where(role => role.ClaimType == RoleSeed.PermissionClaim)
                        .Select(role => role.ClaimValue)
                )
            );
    }

    public Task<Credentials?> FindCredentialsAsync(string login, CancellationToken cancellationToken)
    {
        // No username holds an @, so that one look-up in one index is enough.
        var (email, username) = (users.NormalizeEmail(login), users.NormalizeName(login));
        // Whose address it is comes first; then who claims it and has no other, the newest of them.
        var match = login.Contains('@', StringComparison.Ordinal)
            ? context
                .Users.Where(user =>
                    user.NormalizedEmail == email
                    || (user.NormalizedPendingEmail == email && user.Email!.EndsWith(AppUser.NoAddress))
                )
                .OrderBy(user => user.NormalizedEmail == email ? 0 : 1)
                .ThenByDescending(user => user.CreatedAt)
            : context.Users.Where(user => user.NormalizedUserName == username);
        return match.AsNoTracking().Select(ToCredentials).FirstOrDefaultAsync(cancellationToken);
    }

    public Task<Credentials?> FindCredentialsAsync(Guid id, CancellationToken cancellationToken) =>
        context
            .Users.AsNoTracking()
            .Where(user => user.Id == id)
            .Select(ToCredentials)
            .SingleOrDefaultAsync(cancellationToken);

    public async Task ChangeAsync(Guid id, AccountChange change, CancellationToken cancellationToken)
    {
        var user = await LoadAsync(id, cancellationToken);
        var address = user.Email;
        if (change.Username is { } username)
        {
            user.UserName = username;
            user.NormalizedUserName = users.NormalizeName(username);
        }

        if ((change.PasswordHash ?? change.StrongerHash) is { } hash)
        {
            user.PasswordHash = hash;
        }

        if (change.PendingEmail is { } pending)
        {
            (user.PendingEmail, user.NormalizedPendingEmail) = (pending, users.NormalizeEmail(pending));
        }

        if (change.CorrectedEmail is { } corrected)
        {
            if (user.Email!.EndsWith(AppUser.NoAddress, StringComparison.Ordinal))
            {
                (user.PendingEmail, user.NormalizedPendingEmail) = (corrected, users.NormalizeEmail(corrected));
            }
            else
            {
                (user.Email, user.NormalizedEmail) = (corrected, users.NormalizeEmail(corrected));
                // Written in any case: the former one may be confirmed at this very moment.
                context.Entry(user).Property(row => row.EmailConfirmed).IsModified = true;
            }
        }

        if (change.ConfirmedEmail is { } email)
        {
            (user.Email, user.NormalizedEmail, user.EmailConfirmed) = (email, users.NormalizeEmail(email), true);
        }

        if (change.DropsPendingEmail || (change.ConfirmedEmail is { } confirmed && confirmed == user.PendingEmail))
        {
            (user.PendingEmail, user.NormalizedPendingEmail) = (null, null);
        }

        // A first confirmation changes nothing that somebody has verified.
        if ((change.PasswordHash ?? change.CorrectedEmail) is not null || user.Email != address)
        {
            user.SecurityStamp = AppUser.NewStamp();
        }
    }

    public async Task RemoveAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        context.Extras.Evicted.Add(id);
        var user = await LoadAsync(id, cancellationToken);
        foreach (var address in new[] { user.Email, user.PendingEmail }.OfType<string>())
        {
            context.OnSave(token => context.OutboxMails.Where(AddressedMails.To(address)).ExecuteDeleteAsync(token));
        }

        user.Delete(now);
        context.OnSave(token =>
            context
                .Sessions.Where(session =>
                    session.OwnerId == id && session.RevokedAt == null && session.ExpiresAt > now
                )
                .ExecuteDeleteAsync(token)
        );
        // Without it no request that is still under way writes a task.
        context.OnSave(token =>
            context.ChangeCounters.Where(counter => counter.OwnerId == id).ExecuteDeleteAsync(token)
        );
    }

    // When the account has gone meanwhile, an entity of its id alone: the save finds no such row and says so.
    private async Task<AppUser> LoadAsync(Guid id, CancellationToken cancellationToken) =>
        await context.Users.SingleOrDefaultAsync(user => user.Id == id, cancellationToken)
        ?? context.Attach(new AppUser { Id = id }).Entity;

    private static List<string> Distinct(IEnumerable<string?> names) =>
        [.. names.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
}
