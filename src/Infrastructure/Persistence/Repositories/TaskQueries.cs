using Fitnessify.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

/// <summary>Queries of the busiest routes, translated once for each server instead of looked up by their shape for each request.</summary>
internal sealed class TaskQueries
{
    /// <summary>One task to look at, not from the trash.</summary>
    public Func<AppDbContext, Guid, Guid, CancellationToken, Task<TaskItem?>> Read { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, Guid id, CancellationToken _) =>
                context
                    .Tasks.AsNoTracking()
                    .SingleOrDefault(task => task.OwnerId == ownerId && task.Id == id && task.DeletedAt == null)
        );
}
