using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Lists;

internal sealed class DeletedLists(AppDbContext context, UnitOfWork unitOfWork) : IDeletedLists
{
    public async Task<bool> EmptyAsync(DateTimeOffset now, int batchSize, CancellationToken cancellationToken)
    {
        var list = await context
            .Lists.AsNoTracking()
            .Where(list => list.EmptyThrough != null)
            // Without a counter, the account is being deleted, and its tasks with it.
            .Where(list => context.Set<ChangeCounter>().Any(counter => counter.OwnerId == list.OwnerId))
            .OrderBy(list => list.EmptyThrough)
            .FirstOrDefaultAsync(cancellationToken);
        if (list is null)
        {
            return false;
        }

        var batch = await context
            .Set<TaskItem>()
            .Where(task => task.OwnerId == list.OwnerId && task.ListId == list.Id && task.DeletedAt == null)
            // A list that was restored keeps what has been put into it since.
            .Where(task => list.DeletedAt != null || task.Version <= list.EmptyThrough)
            .OrderBy(task => EF.Property<string>(task, TaskColumns.PositionKey))
            .Take(batchSize)
            .ToListAsync(cancellationToken);
        foreach (var task in batch)
        {
            task.TrashWithList(now);
        }

        if (batch.Count < batchSize)
        {
            // Not if the list was deleted once more in the meantime.
            unitOfWork.Add(token =>
                context
                    .Lists.Where(other =>
                        other.OwnerId == list.OwnerId && other.Id == list.Id && other.EmptyThrough == list.EmptyThrough
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(other => other.EmptyThrough, (long?)null), token)
            );
        }

        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        // A task was changed in the meantime, or the account is gone: the next look shows what is left to do.
        if (saved.IsSuccess)
        {
            context.ChangeTracker.Clear();
        }

        return true;
    }

    public async Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken)
    {
        var purgeable = context.Lists.Where(list => list.DeletedAt < before && list.EmptyThrough == null);
        if (
            await purgeable
                .OrderBy(list => list.DeletedAt)
                .Select(list => (Guid?)list.OwnerId)
                .FirstOrDefaultAsync(cancellationToken)
            is not { } ownerId
        )
        {
            return 0;
        }

        var owned = purgeable.Where(list => list.OwnerId == ownerId);
        var purgedThrough = await owned.Select(list => list.Version).EndOfBatchAsync(batchSize, cancellationToken);
        var deleted = 0;
        // The counter comes first: it makes the owner's writers wait, so that nothing is restored between the two.
        unitOfWork.Add(token =>
            context
                .ChangeCounters.Where(counter => counter.OwnerId == ownerId && counter.PurgedThrough < purgedThrough)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.PurgedThrough, purgedThrough ?? 0), token)
        );
        unitOfWork.Add(async token =>
            deleted = await owned.Where(list => list.Version <= purgedThrough).ExecuteDeleteAsync(token)
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return deleted;
    }
}
