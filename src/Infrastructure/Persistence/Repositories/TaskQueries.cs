using Fitnessify.Domain.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

/// <summary>Queries of the busiest routes, translated once for each server instead of looked up by their shape for each request.</summary>
internal sealed class TaskQueries
{
    /// <summary>One task to change, also from the trash.</summary>
    public Func<AppDbContext, Guid, Guid, CancellationToken, Task<TaskItem?>> Find { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, Guid id, CancellationToken _) =>
                context.Tasks.SingleOrDefault(task => task.OwnerId == ownerId && task.Id == id)
        );

    /// <summary>One task to look at, not from the trash.</summary>
    public Func<AppDbContext, Guid, Guid, CancellationToken, Task<TaskItem?>> Read { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, Guid id, CancellationToken _) =>
                context
                    .Tasks.AsNoTracking()
                    .SingleOrDefault(task => task.OwnerId == ownerId && task.Id == id && task.DeletedAt == null)
        );

    /// <summary>The newest tasks, not from the trash: the list as nobody has filtered or sorted it.</summary>
    public Func<AppDbContext, Guid, int, IAsyncEnumerable<TaskItem>> Newest { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, int count) =>
                context
                    .Tasks.AsNoTracking()
                    .Where(task => task.OwnerId == ownerId && task.DeletedAt == null)
                    .OrderByDescending(task => task.CreatedAt)
                    .ThenByDescending(task => task.Id)
                    .Take(count)
        );

    /// <summary>Where that list goes on.</summary>
    public Func<AppDbContext, Guid, DateTimeOffset, Guid, int, IAsyncEnumerable<TaskItem>> NewestAfter { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid ownerId, DateTimeOffset createdAt, Guid id, int count) =>
                context
                    .Tasks.AsNoTracking()
                    .Where(task => task.OwnerId == ownerId && task.DeletedAt == null)
                    .Where(task =>
                        task.CreatedAt <= createdAt && (task.CreatedAt < createdAt || task.Id.CompareTo(id) < 0)
                    )
                    .OrderByDescending(task => task.CreatedAt)
                    .ThenByDescending(task => task.Id)
                    .Take(count)
        );
}
