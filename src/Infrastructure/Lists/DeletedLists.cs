using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Lists;

internal sealed class DeletedLists(AppDbContext context, UnitOfWork unitOfWork) : IDeletedLists
{
    private const int MaxLists = 100;

    public async Task<bool> EmptyAsync(DateTimeOffset now, int batchSize, CancellationToken cancellationToken)
    {
        var deleted = await context
            .Lists.AsNoTracking()
            .Where(list => list.EmptyThrough != null)
            // Without a counter, the account is being deleted, and its tasks with it.
            .Where(list => context.Set<ChangeCounter>().Any(counter => counter.OwnerId == list.OwnerId))
            .OrderBy(list => list.EmptyThrough)
            .Take(MaxLists)
            .ToListAsync(cancellationToken);
        // Each list gets one batch in turn, so that a long one does not delay those of others.
        foreach (var list in deleted)
        {
            await EmptyAsync(list, now, batchSize, cancellationToken);
        }

        return deleted.Count > 0;
    }

    private async Task EmptyAsync(TaskList list, DateTimeOffset now, int batchSize, CancellationToken cancellationToken)
    {
        var batch = await context
            .Set<TaskItem>()
            .Where(task => task.OwnerId == list.OwnerId && task.ListId == list.Id && task.DeletedAt == null)
            // The list may have been created again since it was read; then it keeps what has been put into it since.
            .Where(task =>
                context
                    .Set<TaskList>()
                    .Any(current =>
                        current.OwnerId == task.OwnerId
                        && current.Id == task.ListId
                        && (current.DeletedAt != null || task.Version <= current.EmptyThrough)
                    )
            )
            .OrderBy(task => EF.Property<string>(task, TaskColumns.PositionKey))
            .Take(batchSize)
            .ToListAsync(cancellationToken);
        foreach (var task in batch)
        {
            task.TrashWithList(now);
        }

        if (batch.Count < batchSize)
        {
            // The condition fails if the list was deleted once more in the meantime.
            unitOfWork.Add(token =>
                context
                    .Lists.Where(other =>
                        other.OwnerId == list.OwnerId && other.Id == list.Id && other.EmptyThrough == list.EmptyThrough
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(other => other.EmptyThrough, (long?)null), token)
            );
        }

        // If a task was changed in the meantime, the save is refused, and the next look shows what is left to do.
        await unitOfWork.SaveChangesAsync(cancellationToken);
        context.ChangeTracker.Clear();
    }

    public Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken) =>
        new VersionedPurge<TaskList>(
            context,
            unitOfWork,
            list => list.DeletedAt < before && list.EmptyThrough == null
        ).DeleteBatchAsync(batchSize, cancellationToken);
}
