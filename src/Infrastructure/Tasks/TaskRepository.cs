using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

internal sealed class TaskRepository(
    AppDbContext context,
    TaskQueries queries,
    CursorFormat cursors,
    SyncTokens syncTokens
) : ITaskRepository
{
    public void Add(TaskItem task) => context.Tasks.Add(task);

    public async Task<TaskItem?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        await queries.Find(context, ownerId, id, cancellationToken)
        // Earlier in the same batch it may have been added.
        ?? context.Tasks.Local.FindEntryUntyped([ownerId, id])?.Entity;

    public Task<TaskItem?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        queries.Read(context, ownerId, id, cancellationToken);

    public Task<Result<Page<TaskItem>>> ListAsync(
        Guid ownerId,
        TaskFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        filter.IsDefault
            ? TaskOrders.NewestFirst.ReadAsync(
                page,
                cursors,
                NameOf(filter),
                ownerId,
                async (last, count) =>
                    (
                        await (
                            last is { } end
                                ? queries.NewestAfter(context, ownerId, end.Key, end.Tie, count)
                                : queries.Newest(context, ownerId, count)
                        ).ToListAsync(cancellationToken),
                        null
                    )
            )
            : Owned(ownerId, filter.InTrash)
                .ReadAsync(filter, page, cursors, NameOf(filter), ownerId, cancellationToken);

    public async Task<Result<TaskChanges>> ListChangesAsync(
        Guid ownerId,
        string? since,
        int limit,
        CancellationToken cancellationToken
    )
    {
        SyncPosition? position = since is null ? default(SyncPosition) : syncTokens.Read(ownerId, since);
        if (position is not { Version: var last } known)
        {
            return TaskErrors.InvalidSyncToken;
        }

        var found = await context
            .Tasks.AsNoTracking()
            .Where(task => task.OwnerId == ownerId && task.Version > last)
            .OrderBy(task => task.Version)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        // Asked after the changes: a purge between the two shows here, before it could be missed there.
        var (epoch, purgedThrough) = await queries.SyncState(context, ownerId, cancellationToken);
        if (since is not null && known.Epoch != epoch)
        {
            return TaskErrors.SyncTokenExpired;
        }

        // What was purged before a full sync began, it need not tell of on its later pages.
        if (last > 0 && last < purgedThrough && known.PurgedThrough < purgedThrough)
        {
            return TaskErrors.SyncTokenExpired;
        }

        var items = found.Take(limit).ToList();
        var next = new SyncPosition(epoch, items is [.., var end] ? end.Version : last, purgedThrough);
        return new TaskChanges(items, syncTokens.Write(ownerId, next), found.Count > limit);
    }

    public async Task<TaskCounts> CountAsync(
        Guid ownerId,
        DateTimeOffset now,
        (DateTimeOffset From, DateTimeOffset To) today,
        CancellationToken cancellationToken
    )
    {
        var (from, to) = today;
        var groups = await Owned(ownerId, inTrash: false)
            .GroupBy(task => new { task.Status, task.Priority })
            .Select(group => new
            {
                group.Key.Status,
                group.Key.Priority,
                Count = group.Count(),
                Overdue = group.Count(task => task.DueAt < now),
                DueToday = group.Count(task => task.DueAt >= from && task.DueAt < to),
            })
            .ToListAsync(cancellationToken);
        var open = groups.Where(group => group.Status is TaskItemStatus.Todo or TaskItemStatus.InProgress).ToList();
        return new TaskCounts(
            groups.GroupBy(group => group.Status).ToDictionary(group => group.Key, group => group.Sum(of => of.Count)),
            groups
                .GroupBy(group => group.Priority)
                .ToDictionary(group => group.Key, group => group.Sum(of => of.Count)),
            open.Sum(group => group.Overdue),
            open.Sum(group => group.DueToday)
        );
    }

    private IQueryable<TaskItem> Owned(Guid ownerId, bool inTrash)
    {
        var owned = context.Tasks.AsNoTracking().Where(task => task.OwnerId == ownerId);
        return inTrash ? owned.Where(task => task.DeletedAt != null) : owned.Where(task => task.DeletedAt == null);
    }

    // All that makes two lists different, but for the time, which would make each cursor worthless at once.
    private static string NameOf(TaskFilter filter) =>
        string.Join(
            '\u001f',
            "tasks",
            string.Join(',', filter.Statuses.Order()),
            string.Join(',', filter.Priorities.Order()),
            string.Join('\n', filter.Labels.Order(StringComparer.Ordinal)),
            filter.DueBefore?.UtcTicks,
            filter.DueAfter?.UtcTicks,
            filter.IsOverdue,
            string.Join('\n', filter.Words.Order(StringComparer.Ordinal)),
            filter.Sort,
            filter.InTrash
        );
}
