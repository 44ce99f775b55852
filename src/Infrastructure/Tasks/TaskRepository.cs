using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

internal sealed class TaskRepository(AppDbContext context, TaskQueries queries, CursorFormat cursors) : ITaskRepository
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
            : Listed(ownerId, filter)
                .ReadAsync(
                    tasks => Shown(tasks, ownerId, filter).Matching(filter),
                    filter,
                    page,
                    cursors,
                    NameOf(filter),
                    ownerId,
                    cancellationToken
                );

    public async Task<TaskCounts> CountAsync(
        Guid ownerId,
        DateTimeOffset now,
        (DateTimeOffset From, DateTimeOffset To) today,
        CancellationToken cancellationToken
    )
    {
        var (from, to) = today;
        var groups = await Owned(ownerId, inTrash: false)
            .GroupBy(task => new
            {
                task.Status,
                task.Priority,
                task.ListId,
            })
            .Select(group => new
            {
                group.Key.Status,
                group.Key.Priority,
                group.Key.ListId,
                Count = group.Count(),
                Overdue = group.Count(task => task.DueAt < now),
                DueToday = group.Count(task => task.DueAt >= from && task.DueAt < to),
            })
            .ToListAsync(cancellationToken);
        var lists = await context
            .Set<TaskList>()
            .Where(list => list.OwnerId == ownerId && list.DeletedAt == null)
            .Select(list => new { list.Id, IsArchived = list.ArchivedAt != null })
            .ToDictionaryAsync(list => list.Id, list => list.IsArchived, cancellationToken);
        var byList = groups.ToLookup(group => group.ListId);
        // The tasks of a deleted list are on their way into the trash.
        var shown = groups
            .Where(group => group.ListId is not { } id || (lists.TryGetValue(id, out var isArchived) && !isArchived))
            .ToList();
        var open = shown.Where(group => group.Status is TaskItemStatus.Todo or TaskItemStatus.InProgress).ToList();
        return new TaskCounts(
            Sum(shown, group => group.Status, group => group.Count),
            Sum(shown, group => group.Priority, group => group.Count),
            lists.Keys.ToDictionary(id => id, id => byList[id].Sum(group => group.Count)),
            byList[null].Sum(group => group.Count),
            open.Sum(group => group.Overdue),
            open.Sum(group => group.DueToday)
        );
    }

    private static Dictionary<TKey, int> Sum<T, TKey>(IEnumerable<T> groups, Func<T, TKey> keyOf, Func<T, int> count)
        where TKey : notnull => groups.GroupBy(keyOf).ToDictionary(group => group.Key, group => group.Sum(count));

    private IQueryable<TaskItem> Listed(Guid ownerId, TaskFilter filter)
    {
        var owned = Owned(ownerId, filter.InTrash);
        return filter.List is { Id: var id } ? owned.Where(task => task.ListId == id) : owned;
    }

    private IQueryable<TaskItem> Shown(IQueryable<TaskItem> tasks, Guid ownerId, TaskFilter filter) =>
        filter.InTrash || filter.List is not null
            ? tasks
            : tasks.Where(task =>
                task.ListId == null
                || !context
                    .Set<TaskList>()
                    .Where(list => list.OwnerId == ownerId && list.ArchivedAt != null)
                    .Select(list => list.Id)
                    .Contains(task.ListId.Value)
            );

    private IQueryable<TaskItem> Owned(Guid ownerId, bool inTrash)
    {
        var owned = context.Tasks.AsNoTracking().Where(task => task.OwnerId == ownerId);
        return inTrash
            ? owned.Where(task => task.DeletedAt != null && !task.IsUntouched)
            : owned.Where(task => task.DeletedAt == null);
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
            filter.List,
            filter.Series,
            filter.Sort,
            filter.InTrash
        );
}
