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

    private static readonly KeyOrder<TaskItem, DateTimeOffset, long> UpdatedAt = Time(
        task => task.UpdatedAt,
        task => task.UpdatedAt
    );

    private static readonly KeyOrder<TaskItem, long, long> DueOrFirst = Order(
        task => EF.Property<long>(task, TaskColumns.DueOrFirst),
        task => task.DueAt?.UtcTicks ?? TaskColumns.BeforeAllTimes,
        KeysetPaging.Write,
        KeysetPaging.ParseNumber
    );

    private static readonly KeyOrder<TaskItem, long, long> DueOrLast = Order(
        task => EF.Property<long>(task, TaskColumns.DueOrLast),
        task => task.DueAt?.UtcTicks ?? TaskColumns.AfterAllTimes,
        KeysetPaging.Write,
        KeysetPaging.ParseNumber
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

    /// <summary>The default.</summary>
    public static KeyOrder<TaskItem, DateTimeOffset, long> NewestFirst { get; } =
        CreatedAt with
        {
            IsDescending = true,
        };

    /// <summary>Reads a page of what the filter leaves, in its order.</summary>
    public static Task<Result<Page<TaskItem>>> ReadAsync(
        this IQueryable<TaskItem> tasks,
        TaskFilter filter,
        PageRequest page,
        CursorFormat cursors,
        string list,
        Guid ownerId,
        CancellationToken cancellationToken
    )
    {
        return filter.Sort.Key switch
        {
            TaskSortKey.CreatedAt => Read(CreatedAt),
            TaskSortKey.UpdatedAt => Read(UpdatedAt),
            TaskSortKey.DueAt => Read(filter.Sort.IsDescending ? DueOrFirst : DueOrLast),
            TaskSortKey.Priority => Read(Priority),
            _ => Read(Title),
        };

        Task<Result<Page<TaskItem>>> Read<TKey>(KeyOrder<TaskItem, TKey, long> ascending)
        {
            var order = ascending with { IsDescending = filter.Sort.IsDescending };
            // Texts are compared one by one.
            return filter is { Words.Count: 0, Labels.Count: 0 }
                ? tasks.Matching(filter).ReadAsync(order, page, cursors, list, ownerId, cancellationToken)
                : tasks.SearchAsync(
                    all => all.Matching(filter),
                    SearchReach,
                    order,
                    page,
                    cursors,
                    list,
                    ownerId,
                    cancellationToken
                );
        }
    }

    private static KeyOrder<TaskItem, DateTimeOffset, long> Time(
        Expression<Func<TaskItem, DateTimeOffset>> key,
        Func<TaskItem, DateTimeOffset> keyOf
    ) => Order(key, keyOf, KeysetPaging.Write, KeysetPaging.ParseTime);

    private static KeyOrder<TaskItem, TKey, long> Order<TKey>(
        Expression<Func<TaskItem, TKey>> key,
        Func<TaskItem, TKey> keyOf,
        Func<TKey, string> write,
        Func<string, TKey> parse
    ) => new(key, task => task.CreatedVersion, IsDescending: false, keyOf, task => task.CreatedVersion, write, parse);
}
