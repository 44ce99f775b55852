using Fitnessify.Domain.Admin;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Admin;

/// <summary>Set-based, so that what was read before the transaction decides nothing.</summary>
internal sealed class AdminRepository(AppDbContext context, UnitOfWork unitOfWork, SessionEviction eviction)
    : IAdminRepository
{
    public void Require(AdminAction action)
    {
        unitOfWork.Add(new AdminAuthorizationStep(context, action));
        eviction.Add(action.SubjectId);
    }

    public void SetRoles(Guid userId, IReadOnlyCollection<string> roles)
    {
        string[] names = [.. roles];
        unitOfWork.Add(async token =>
        {
            await context
                .UserRoles.Where(membership =>
                    membership.UserId == userId
                    && !context
                        .Set<IdentityRole<Guid>>()
                        .Any(role => role.Id == membership.RoleId && names.Contains(role.Name))
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
}
