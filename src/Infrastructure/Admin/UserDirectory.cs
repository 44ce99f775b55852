using System.Linq.Expressions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Admin;

/// <summary>All accounts, along the index of their creation.</summary>
internal sealed class UserDirectory(AppDbContext context, CursorFormat cursors) : IUserDirectory
{
    private static readonly KeyOrder<Account, DateTimeOffset, Guid> NewestFirst = new(
        user => user.CreatedAt,
        user => user.Id,
        IsDescending: true,
        user => user.CreatedAt,
        user => user.Id,
        KeysetPaging.Write,
        KeysetPaging.ParseTime
    );

    public async Task<Result<Page<ManagedUser>>> ListAsync(
        Guid callerId,
        UserFilter filter,
        PageRequest page,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var list = string.Join('\u001f', "users", filter.Text, filter.Role, filter.Status);
        var found = await Filter(filter).ReadAsync(NewestFirst, page, cursors, list, callerId, cancellationToken);
        if (!found.IsSuccess)
        {
            return found.Error;
        }

        // Only of those on the page, not of all that the filter looks at.
        Guid[] ids = [.. found.Value.Items.Select(user => user.Id)];
        var all = await DescribeAsync(user => ids.Contains(user.Id), now, cancellationToken);
        return new Page<ManagedUser>([.. ids.Where(all.ContainsKey).Select(id => all[id])], found.Value.NextCursor);
    }

    public async Task<ManagedUser?> FindAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await DescribeAsync(user => user.Id == id, now, cancellationToken)).GetValueOrDefault(id);

    public async Task<IReadOnlyList<Role>> ListRolesAsync(CancellationToken cancellationToken)
    {
        var found = await (
            from role in context.Roles
            orderby role.Name
            select new
            {
                role.Name,
                Permissions = context
                    .Set<IdentityRoleClaim<Guid>>()
                    .Where(claim => claim.RoleId == role.Id && claim.ClaimType == RoleSeed.PermissionClaim)
                    .Select(claim => claim.ClaimValue!)
                    .ToList(),
            }
        ).ToListAsync(cancellationToken);
        return [.. found.Select(role => new Role(role.Name!, Sorted(role.Permissions)))];
    }

    private IQueryable<Account> Filter(UserFilter filter)
    {
        var found = context.Accounts.AsNoTracking();
        if (filter.Text is { } text)
        {
            var key = Account.Normalize(text);
            found = found.Where(user =>
                user.NormalizedUsername.Contains(key)
                || user.NormalizedEmail!.Contains(key)
                || (
                    user.NormalizedPendingEmail!.Contains(key) && user.Email!.EndsWith(PlaceholderAddress.PendingSuffix)
                )
            );
        }

        if (filter.Role is { } wanted)
        {
            found = found.Where(user =>
                context
                    .Set<IdentityUserRole<Guid>>()
                    .Any(membership =>
                        membership.UserId == user.Id
                        && context
                            .Set<IdentityRole<Guid>>()
                            .Any(role => role.Id == membership.RoleId && role.Name == wanted)
                    )
            );
        }

        return filter.Status switch
        {
            UserStatus.Active => found.Where(user => user.DisabledAt == null),
            UserStatus.Disabled => found.Where(user => user.DisabledAt != null),
            _ => found,
        };
    }

    private async Task<Dictionary<Guid, ManagedUser>> DescribeAsync(
        Expression<Func<Account, bool>> which,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var found = await context
            .Accounts.AsNoTracking()
            .Where(which)
            .Select(user => new
            {
                User = user,
                HasPasskey = context.Set<IdentityUserPasskey<Guid>>().Any(passkey => passkey.UserId == user.Id),
                Providers = context
                    .Set<LinkedIdentity>()
                    .Where(identity => identity.OwnerId == user.Id)
                    .Select(identity => identity.Provider)
                    .ToList(),
                LastSignInAt = context
                    .Set<AuditEvent>()
                    .Where(audit => audit.SubjectId == user.Id && audit.Type == AuditEventType.SignedIn)
                    .OrderByDescending(audit => audit.At)
                    .Select(audit => (DateTimeOffset?)audit.At)
                    .FirstOrDefault(),
                Sessions = context
                    .Set<Session>()
                    .Count(session =>
                        session.OwnerId == user.Id && session.RevokedAt == null && session.ExpiresAt > now
                    ),
                Roles = (
                    from membership in context.Set<IdentityUserRole<Guid>>()
                    join role in context.Set<IdentityRole<Guid>>() on membership.RoleId equals role.Id
                    where membership.UserId == user.Id
                    select role.Name!
                ).ToList(),
            })
            .AsSplitQuery()
            .ToListAsync(cancellationToken);
        var permissions = (await ListRolesAsync(cancellationToken)).ToDictionary(role => role.Name);
        return found.ToDictionary(
            row => row.User.Id,
            row => new ManagedUser(
                row.User.Id,
                row.User.Kind,
                row.User.Username,
                Account.AddressOf(row.User.Email, row.User.PendingEmail),
                row.User.EmailConfirmed,
                row.User.DisplayName,
                row.User.Locale,
                row.User.TimeZone,
                CredentialNames.Of(row.User.PasswordHash is not null, row.HasPasskey, row.Providers),
                row.User.CreatedAt,
                Sorted(row.Roles),
                Sorted(row.Roles.SelectMany(role => permissions[role].Permissions)),
                row.User.DisabledAt is null ? UserStatus.Active : UserStatus.Disabled,
                row.User.MfaEnabled,
                row.LastSignInAt,
                row.Sessions
            )
        );
    }

    private static List<string> Sorted(IEnumerable<string> names) =>
        [.. names.Distinct().Order(StringComparer.Ordinal)];
}
