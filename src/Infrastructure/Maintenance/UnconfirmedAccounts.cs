using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance;

internal sealed class UnconfirmedAccounts(AppDbContext context, UnitOfWork unitOfWork, AccountLock accountLock)
    : IUnconfirmedAccounts
{
    public async Task<IReadOnlyList<Guid>> ListAsync(
        DateTimeOffset before,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await Unused(context)
            .Where(user => user.CreatedAt < before)
            .OrderBy(user => user.CreatedAt)
            .Select(user => user.Id)
            .Take(limit)
            .ToListAsync(cancellationToken);

    public void Require(Guid userId) => unitOfWork.Add(new StillUnused(context, accountLock, userId));

    private static IQueryable<Account> Unused(AppDbContext context) =>
        context.Accounts.Where(user =>
            !user.EmailConfirmed
            && user.Email != null
            && !context.Set<Session>().Any(session => session.OwnerId == user.Id)
            && !context
                .Set<IdentityUserRole<Guid>>()
                .Any(membership => membership.UserId == user.Id && membership.RoleId != RoleSeed.MemberId)
            && context.Set<ChangeCounter>().Any(counter => counter.OwnerId == user.Id && counter.Value == 0)
        );

    private sealed class StillUnused(AppDbContext context, AccountLock accountLock, Guid userId) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await accountLock.TakeAsync(userId, cancellationToken);
            return await Unused(context).AnyAsync(user => user.Id == userId, cancellationToken)
                ? null
                : CommonErrors.StateConflict;
        }
    }
}
