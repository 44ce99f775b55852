using System.Linq.Expressions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

/// <summary>The orders of tasks, each along an index.</summary>
internal static class TaskOrders
{
    /// <summary>Reads a page in this order.</summary>
    public static Task<Result<Page<TaskItem>>> ReadAsync(
        this IQueryable<TaskItem> tasks,
        TaskSort sort,
        PageRequest page,
        Cursors cursors,
        string list,
        Guid ownerId,
        CancellationToken cancellationToken
    )
    {
        return sort.Key switch
        {
            TaskSortKey.CreatedAt => Read(Time(task => task.CreatedAt, task => task.CreatedAt)),
            TaskSortKey.UpdatedAt => Read(Time(task => task.UpdatedAt, task => task.UpdatedAt)),
            TaskSortKey.DueAt when sort.IsDescending => Read(
                Time(
                    task => EF.Property<DateTimeOffset>(task, TaskColumns.DueOrFirst),
                    task => task.DueAt ?? TaskColumns.BeginningOfTime
                )
            ),
            TaskSortKey.DueAt => Read(
                Time(
                    task => EF.Property<DateTimeOffset>(task, TaskColumns.DueOrLast),
                    task => task.DueAt ?? TaskColumns.EndOfTime
                )
            ),
            TaskSortKey.Priority => Read(
                Order(task => task.Priority, task => task.Priority, key => key.ToString(), Enum.Parse<TaskPriority>)
            ),
            _ => Read(
                Order(
                    task => EF.Property<string>(task, TaskColumns.TitleKey),
                    task => task.Title.ToUpperInvariant(),
                    key => key,
                    text => text
                )
            ),
        };

        Task<Result<Page<TaskItem>>> Read<TKey>(KeyOrder<TaskItem, TKey> order) =>
            tasks.ReadAsync(order, page, cursors, list, ownerId, cancellationToken);

        KeyOrder<TaskItem, DateTimeOffset> Time(
            Expression<Func<TaskItem, DateTimeOffset>> key,
            Func<TaskItem, DateTimeOffset> keyOf
        ) => Order(key, keyOf, CursorPages.Write, CursorPages.ParseTime);

        KeyOrder<TaskItem, TKey> Order<TKey>(
            Expression<Func<TaskItem, TKey>> key,
            Func<TaskItem, TKey> keyOf,
            Func<TKey, string> write,
            Func<string, TKey> parse
        ) => new(key, task => task.Id, sort.IsDescending, keyOf, write, parse);
    }
}
