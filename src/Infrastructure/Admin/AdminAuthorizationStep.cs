using System.Collections.Frozen;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Admin;

/// <summary>
/// One administrative save at a time: so what is read within it is true until the commit, and of two admins who demote each
/// other at the same moment, the second is one no more.
/// </summary>
internal sealed class AdminAuthorizationStep(AppDbContext context, AdminAction act) : ISaveStep
{
    private bool _wasActiveAdmin;

    public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
    {
        // The row of the role is the lock: it stays as it is, and whoever has written it holds it until the commit.
        await context
            .Roles.Where(role => role.Id == RoleSeed.AdminId)
            .ExecuteUpdateAsync(set => set.SetProperty(role => role.Name, role => role.Name), cancellationToken);
        _wasActiveAdmin = await ActiveAdmins()
            .AnyAsync(membership => membership.UserId == act.SubjectId, cancellationToken);
        var roles = act.Roles ?? [];
        var granted = await (
            from role in context.Roles
            join claim in context.RoleClaims on role.Id equals claim.RoleId
            where roles.Contains(role.Name) && claim.ClaimType == RoleSeed.PermissionClaim
            select claim.ClaimValue!
        ).ToListAsync(cancellationToken);
        return act.Authorize(
            act.ActorId is { } actorId ? await FindAsync(actorId, cancellationToken) : null,
            await FindAsync(act.SubjectId, cancellationToken),
            granted
        );
    }

    public async Task<Error?> AfterAsync(CancellationToken cancellationToken) =>
        _wasActiveAdmin && !await ActiveAdmins().AnyAsync(cancellationToken) ? AdminErrors.LastAdmin : null;

    private IQueryable<Microsoft.AspNetCore.Identity.IdentityUserRole<Guid>> ActiveAdmins() =>
        from membership in context.UserRoles
        join user in context.Accounts on membership.UserId equals user.Id
        where membership.RoleId == RoleSeed.AdminId && user.DisabledAt == null
        select membership;

    private async Task<EffectivePermissions?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        // An account that this very save creates is in nobody's way.
        if (context.StoredAccounts.Local.FindEntry(id)?.State == EntityState.Added)
        {
            return new EffectivePermissions(true, FrozenSet<string>.Empty);
        }

        var found = await context
            .Accounts.Where(user => user.Id == id)
            .Select(user => new
            {
                user.DisabledAt,
                Permissions = (
                    from membership in context.Set<IdentityUserRole<Guid>>()
                    join claim in context.Set<IdentityRoleClaim<Guid>>() on membership.RoleId equals claim.RoleId
                    where membership.UserId == user.Id && claim.ClaimType == RoleSeed.PermissionClaim
                    select claim.ClaimValue!
                ).ToList(),
            })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null
            ? null
            : new EffectivePermissions(found.DisabledAt is null, found.Permissions.ToFrozenSet());
    }
}
