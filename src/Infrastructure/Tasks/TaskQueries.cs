using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>Queries of the busiest routes, translated once for each server instead of looked up by their shape for each request.</summary>
internal sealed class TaskQueries
{
    /// <summary>One task to change, also from the trash, but not one that is withdrawn from its series.</summary>
    public Func<AppDbContext, Guid, Guid, CancellationToken, Task<TaskItem?>> Find { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, Guid id, CancellationToken _) =>
                context
                    .Set<TaskItem>()
                    .SingleOrDefault(task =>
                        task.OwnerId == ownerId && task.Id == id && (task.DeletedAt == null || !task.IsUntouched)
                    )
        );

    /// <summary>One task to look at, not from the trash.</summary>
    public Func<AppDbContext, Guid, Guid, CancellationToken, Task<TaskItem?>> Read { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, Guid id, CancellationToken _) =>
                context
                    .Set<TaskItem>()
                    .AsNoTracking()
                    .SingleOrDefault(task => task.OwnerId == ownerId && task.Id == id && task.DeletedAt == null)
        );

    /// <summary>The newest tasks, neither from the trash nor from archived lists: the list as nobody has filtered or sorted it.</summary>
    public Func<AppDbContext, Guid, int, IAsyncEnumerable<TaskItem>> Newest { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, int count) =>
                context
                    .Set<TaskItem>()
                    .AsNoTracking()
                    .Where(task => task.OwnerId == ownerId && task.DeletedAt == null)
                    .Where(task =>
                        task.ListId == null
                        || !context
                            .Set<TaskList>()
                            .Where(list => list.OwnerId == ownerId && list.ArchivedAt != null)
                            .Select(list => list.Id)
                            .Contains(task.ListId.Value)
                    )
                    .OrderByDescending(task => task.CreatedAt)
                    .ThenByDescending(task => task.CreatedVersion)
                    .Take(count)
        );

    /// <summary>Where that list goes on.</summary>
    public Func<AppDbContext, Guid, DateTimeOffset, long, int, IAsyncEnumerable<TaskItem>> NewestAfter { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, DateTimeOffset createdAt, long createdVersion, int count) =>
                context
                    .Set<TaskItem>()
                    .AsNoTracking()
                    .Where(task => task.OwnerId == ownerId && task.DeletedAt == null)
                    .Where(task =>
                        task.ListId == null
                        || !context
                            .Set<TaskList>()
                            .Where(list => list.OwnerId == ownerId && list.ArchivedAt != null)
                            .Select(list => list.Id)
                            .Contains(task.ListId.Value)
                    )
                    .Where(task =>
                        task.CreatedAt <= createdAt
                        && (task.CreatedAt < createdAt || task.CreatedVersion < createdVersion)
                    )
                    .OrderByDescending(task => task.CreatedAt)
                    .ThenByDescending(task => task.CreatedVersion)
                    .Take(count)
        );
}
