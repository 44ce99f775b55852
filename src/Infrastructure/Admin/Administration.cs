using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Admin;

/// <summary>Set-based, so that what was read before the transaction decides nothing.</summary>
internal sealed class Administration(AppDbContext context) : IAdministration
{
    public void Guard(AdminAction act)
    {
        context.Extras.Steps.Add(new AdminAuthorizationStep(context, act));
        context.Extras.Evicted.Add(act.SubjectId);
    }

    public void SetRoles(Guid userId, IReadOnlyCollection<string> roles)
    {
        string[] names = [.. roles];
        context.OnSave(async token =>
        {
            await context
                .UserRoles.Where(membership =>
                    membership.UserId == userId
                    && !context.Roles.Any(role => role.Id == membership.RoleId && names.Contains(role.Name))
                )
                .ExecuteDeleteAsync(token);
            foreach (var name in names)
            {
                await context.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO "UserRoles" ("UserId", "RoleId")
                    SELECT {userId}, "Id" FROM "Roles" WHERE "Name" = {name} AND NOT EXISTS (
                        SELECT 1 FROM "UserRoles" AS "u" WHERE "u"."UserId" = {userId} AND "u"."RoleId" = "Roles"."Id"
                    )
                    """,
                    token
                );
            }
        });
    }

    public void SetDisabled(Guid userId, DateTimeOffset? at) =>
        context.OnSave(token =>
            context
                .Users.Where(user => user.Id == userId && (user.DisabledAt == null) == (at != null))
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(user => user.DisabledAt, at)
                            .SetProperty(user => user.SecurityStamp, AppUser.NewStamp()),
                    token
                )
        );

    public void EndSessions(Guid userId, SessionEnd reason, DateTimeOffset now) =>
        context.OnSave(token =>
            context
                .Sessions.Where(session =>
                    session.OwnerId == userId && session.RevokedAt == null && session.ExpiresAt > now
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(session => session.RevokedAt, now)
                            .SetProperty(session => session.RevokedReason, reason),
                    token
                )
        );
}
