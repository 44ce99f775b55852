using Fitnessify.Domain.Common;
using Fitnessify.Domain.Maintenance;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance;

internal sealed class UnconfirmedAccounts(AppDbContext context) : IUnconfirmedAccounts
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

    public void Require(Guid userId) => context.Extras.Steps.Add(new StillUnused(context, userId));

    private static IQueryable<AppUser> Unused(AppDbContext context) =>
        context.Users.Where(user =>
            !user.EmailConfirmed
            && !context.Sessions.Any(session => session.OwnerId == user.Id)
            && context.ChangeCounters.Any(counter => counter.OwnerId == user.Id && counter.Value == 0)
        );

    private sealed class StillUnused(AppDbContext context, Guid userId) : ISaveStep
    {
        public async Task<Error?> BeginAsync(CancellationToken cancellationToken)
        {
            await context.Extras.LockAccountAsync(userId, cancellationToken);
            return await Unused(context).AnyAsync(user => user.Id == userId, cancellationToken)
                ? null
                : CommonErrors.StateConflict;
        }
    }
}
