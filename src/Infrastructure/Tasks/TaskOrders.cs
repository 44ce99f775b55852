using System.Linq.Expressions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>The orders of tasks, each along an index; equals in the order in which they came to be.</summary>
internal static class TaskOrders
{
    // A search without a hit takes some 7 ms of one core for these, where 50,000 took 50.
    private const int SearchReach = 5000;

    private static readonly KeyOrder<TaskItem, DateTimeOffset, long> CreatedAt = Time(
        task => task.CreatedAt,
        task => task.CreatedAt
    );

    // The last change of a task is the one that gave it its version.
    private static readonly KeyOrder<TaskItem, long, long> UpdatedAt = Number(
        task => task.Version,
        task => task.Version
    );

    // Tasks with a due time and those without are two ranges of one index. The databases sort null first, the API last.
    private static readonly KeyOrder<TaskItem, DateTimeOffset, long> Due = Time(
        task => task.DueAt!.Value,
        task => task.DueAt!.Value
    );

    private static readonly KeyOrder<TaskItem, long, long> NotDue = Number(
        task => task.CreatedVersion,
        task => task.CreatedVersion
    );

    private static readonly KeyOrder<TaskItem, DateTimeOffset?, long> DueAt = Order(
        task => task.DueAt,
        task => task.DueAt,
        key => key is { } time ? KeysetPaging.Write(time) : "",
        text => text.Length > 0 ? KeysetPaging.ParseTime(text) : (DateTimeOffset?)null
    );

    private static readonly KeyOrder<TaskItem, TaskPriority, long> Priority = Order(
        task => task.Priority,
        task => task.Priority,
        key => key.ToString(),
        Enum.Parse<TaskPriority>
    );

    private static readonly KeyOrder<TaskItem, string, long> Title = Order(
        task => EF.Property<string>(task, TaskColumns.TitleKey),
        task => task.Title.ToUpperInvariant(),
        key => key,
        text => text
    );

    private static readonly KeyOrder<TaskItem, string, long> Position = Order(
        task => EF.Property<string>(task, TaskColumns.PositionKey),
        TaskColumns.PositionKeyOf,
        key => key,
        text => text
    );

    /// <summary>The default.</summary>
    public static KeyOrder<TaskItem, DateTimeOffset, long> NewestFirst { get; } =
        CreatedAt with
        {
            IsDescending = true,
        };

    /// <summary>Reads a page of what the filter leaves, in its order.</summary>
    /// <param name="tasks">The tasks of an index.</param>
    /// <param name="matching">Leaves those that match the filter.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="page">The page that is wanted.</param>
    /// <param name="cursors">Reads and writes cursors.</param>
    /// <param name="list">The name of the list with its order and filter, to which cursors are bound.</param>
    /// <param name="ownerId">The id of the user who owns the tasks.</param>
    public static Task<Result<Page<TaskItem>>> ReadAsync(
        this IQueryable<TaskItem> tasks,
        Func<IQueryable<TaskItem>, IQueryable<TaskItem>> matching,
        TaskFilter filter,
        PageRequest page,
        CursorFormat cursors,
        string list,
        Guid ownerId,
        CancellationToken cancellationToken
    )
    {
        var isDescending = filter.Sort.IsDescending;
        return filter.Sort.Key switch
        {
            TaskSortKey.CreatedAt => Read(CreatedAt),
            TaskSortKey.UpdatedAt => Read(UpdatedAt),
            TaskSortKey.DueAt => DueAt.ReadAsync(page, cursors, list, ownerId, FetchByDueAsync),
            TaskSortKey.Priority => Read(Priority),
            TaskSortKey.Title => Read(Title),
            _ => Read(Position),
        };

        Task<Result<Page<TaskItem>>> Read<TKey>(KeyOrder<TaskItem, TKey, long> order) =>
            order.ReadAsync(
                page,
                cursors,
                list,
                ownerId,
                (last, count) => FetchAsync(tasks, order, last, count, SearchReach)
            );

        Task<(List<TaskItem> Found, PageEnd<TKey, long>? Reached)> FetchAsync<TKey>(
            IQueryable<TaskItem> part,
            KeyOrder<TaskItem, TKey, long> ascending,
            PageEnd<TKey, long>? last,
            int count,
            int reach
        )
        {
            var order = ascending with { IsDescending = isDescending };
            return IsSearch(filter)
                ? part.SearchAsync(matching, reach, order, last, count, cancellationToken)
                : matching(part).TakeAsync(order, last, count, cancellationToken);
        }

        async Task<(List<TaskItem>, PageEnd<DateTimeOffset?, long>?)> FetchByDueAsync(
            PageEnd<DateTimeOffset?, long>? last,
            int count
        )
        {
            List<TaskItem> found = [];
            if (last is null or { Key: not null })
            {
                var (due, reached) = await FetchAsync(
                    tasks.Where(task => task.DueAt != null),
                    Due,
                    last is null ? null : new(last.Key!.Value, last.Tie),
                    count,
                    SearchReach / 2
                );
                if (reached is not null || due.Count == count)
                {
                    return (due, reached is null ? null : new(reached.Key, reached.Tie));
                }

                (found, last) = (due, null);
            }

            var (others, end) = await FetchAsync(
                tasks.Where(task => task.DueAt == null),
                NotDue,
                last is null ? null : new(last.Tie, last.Tie),
                count - found.Count,
                SearchReach / 2
            );
            return ([.. found, .. others], end is null ? null : new(null, end.Tie));
        }
    }

    // Texts are compared one by one.
    private static bool IsSearch(TaskFilter filter) => filter.Words.Count + filter.Labels.Count > 0;

    private static KeyOrder<TaskItem, DateTimeOffset, long> Time(
        Expression<Func<TaskItem, DateTimeOffset>> key,
        Func<TaskItem, DateTimeOffset> keyOf
    ) => Order(key, keyOf, KeysetPaging.Write, KeysetPaging.ParseTime);

    private static KeyOrder<TaskItem, long, long> Number(
        Expression<Func<TaskItem, long>> key,
        Func<TaskItem, long> keyOf
    ) => Order(key, keyOf, KeysetPaging.Write, KeysetPaging.ParseNumber);

    private static KeyOrder<TaskItem, TKey, long> Order<TKey>(
        Expression<Func<TaskItem, TKey>> key,
        Func<TaskItem, TKey> keyOf,
        Func<TKey, string> write,
        Func<string, TKey> parse
    ) => new(key, task => task.CreatedVersion, IsDescending: false, keyOf, task => task.CreatedVersion, write, parse);
}
