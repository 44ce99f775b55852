using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;

namespace Fitnessify.Infrastructure.Tasks;

internal sealed class TaskTrash(AppDbContext context, UnitOfWork unitOfWork) : ITaskTrash
{
    public Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken) =>
        new VersionedPurge<TaskItem>(context, unitOfWork, task => task.DeletedAt < before).DeleteBatchAsync(
            batchSize,
            cancellationToken
        );
}
