using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

internal sealed class TaskTrash(AppDbContext context, UnitOfWork unitOfWork) : ITaskTrash
{
    public async Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken)
    {
        var deleted = 0;
        // Somebody else may be quicker, with a restore or with a purge of the same: that is not yet the end.
        while (deleted == 0 && await FindOwnerAsync(before, cancellationToken) is { } ownerId)
        {
            deleted = await PurgeAsync(ownerId, before, batchSize, cancellationToken);
        }

        return deleted;
    }

    private Task<Guid?> FindOwnerAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        context
            .Tasks.Where(task => task.DeletedAt < before)
            .OrderBy(task => task.DeletedAt)
            .Select(task => (Guid?)task.OwnerId)
            .FirstOrDefaultAsync(cancellationToken);

    private async Task<int> PurgeAsync(
        Guid ownerId,
        DateTimeOffset before,
        int batchSize,
        CancellationToken cancellationToken
    )
    {
        if (
            await context
                .Tasks.Where(task => task.OwnerId == ownerId && task.DeletedAt < before)
                .Select(task => task.Version)
                .EndOfBatchAsync(batchSize, cancellationToken)
            is not { } purgedThrough
        )
        {
            return 0;
        }

        var deleted = 0;
        // The counter first: it keeps the owner's writers out, so that nothing is restored between the two.
        unitOfWork.Add(token =>
            context
                .ChangeCounters.Where(counter => counter.OwnerId == ownerId && counter.PurgedThrough < purgedThrough)
                .ExecuteUpdateAsync(set => set.SetProperty(counter => counter.PurgedThrough, purgedThrough), token)
        );
        unitOfWork.Add(async token =>
            deleted = await context
                .Tasks.Where(task =>
                    task.OwnerId == ownerId && task.Version <= purgedThrough && task.DeletedAt < before
                )
                .ExecuteDeleteAsync(token)
        );
        unitOfWork.Add(token =>
            context
                .ChangeCounters.Where(counter => counter.OwnerId == ownerId)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(counter => counter.TaskCount, counter => counter.TaskCount - deleted),
                    token
                )
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return deleted;
    }
}
