using System.Linq.Expressions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Changes;

/// <summary>Deletes tasks or lists for good, and raises <see cref="ChangeCounter.PurgedThrough"/> with them.</summary>
internal sealed class VersionedPurge<T>(
    AppDbContext context,
    UnitOfWork unitOfWork,
    Expression<Func<T, bool>> isPurgeable
)
    where T : class, IVersioned
{
    /// <summary>Deletes one batch of one owner and returns how many items that were; 0 when there are no more.</summary>
    public async Task<int> DeleteBatchAsync(int batchSize, CancellationToken cancellationToken)
    {
        var deleted = 0;
        // Another request may restore or purge the same items first; that is not yet the end.
        while (deleted == 0 && await FindOwnerAsync(cancellationToken) is { } ownerId)
        {
            deleted = await DeleteBatchAsync(ownerId, batchSize, cancellationToken);
        }

        return deleted;
    }

    private Task<Guid?> FindOwnerAsync(CancellationToken cancellationToken) =>
        context
            .Set<T>()
            .Where(isPurgeable)
            .OrderBy(item => item.DeletedAt)
            .Select(item => (Guid?)item.OwnerId)
            .FirstOrDefaultAsync(cancellationToken);

    private async Task<int> DeleteBatchAsync(Guid ownerId, int batchSize, CancellationToken cancellationToken)
    {
        var owned = context.Set<T>().Where(item => item.OwnerId == ownerId);
        if (
            await owned.Where(isPurgeable).Select(item => item.Version).EndOfBatchAsync(batchSize, cancellationToken)
            is not { } purgedThrough
        )
        {
            return 0;
        }

        var deleted = 0;
        var counters = context.ChangeCounters.Where(counter => counter.OwnerId == ownerId);
        // The counter comes first: it keeps the owner's writers out, so that nothing is restored between the two statements, and
        // a reader that misses one of these deletions sees in it that the sync token has expired.
        unitOfWork.Add(token =>
            counters
                .Where(counter => counter.PurgedThrough < purgedThrough)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.PurgedThrough, purgedThrough), token)
        );
        unitOfWork.Add(async token =>
            deleted = await owned
                .Where(item => item.Version <= purgedThrough)
                .Where(isPurgeable)
                .ExecuteDeleteAsync(token)
        );
        if (typeof(T) == typeof(TaskItem))
        {
            unitOfWork.Add(token =>
                counters.ExecuteUpdateAsync(
                    set => set.SetProperty(counter => counter.TaskCount, counter => counter.TaskCount - deleted),
                    token
                )
            );
        }

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return deleted;
    }
}
