using System.Linq.Expressions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence.Configurations;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

/// <summary>The orders of tasks, each along an index.</summary>
internal static class TaskOrders
{
    private static readonly KeyOrder<TaskItem, DateTimeOffset> CreatedAt = Time(
        task => task.CreatedAt,
        task => task.CreatedAt
    );

    private static readonly KeyOrder<TaskItem, DateTimeOffset> UpdatedAt = Time(
        task => task.UpdatedAt,
        task => task.UpdatedAt
    );

    private static readonly KeyOrder<TaskItem, DateTimeOffset> DueOrFirst = Time(
        task => EF.Property<DateTimeOffset>(task, TaskColumns.DueOrFirst),
        task => task.DueAt ?? TaskColumns.BeginningOfTime
    );

    private static readonly KeyOrder<TaskItem, DateTimeOffset> DueOrLast = Time(
        task => EF.Property<DateTimeOffset>(task, TaskColumns.DueOrLast),
        task => task.DueAt ?? TaskColumns.EndOfTime
    );

    private static readonly KeyOrder<TaskItem, TaskPriority> Priority = Order(
        task => task.Priority,
        task => task.Priority,
        key => key.ToString(),
        Enum.Parse<TaskPriority>
    );

    private static readonly KeyOrder<TaskItem, string> Title = Order(
        task => EF.Property<string>(task, TaskColumns.TitleKey),
        task => task.Title.ToUpperInvariant(),
        key => key,
        text => text
    );

    /// <summary>The default.</summary>
    public static KeyOrder<TaskItem, DateTimeOffset> NewestFirst { get; } = CreatedAt with { IsDescending = true };

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
            TaskSortKey.CreatedAt => Read(CreatedAt),
            TaskSortKey.UpdatedAt => Read(UpdatedAt),
            TaskSortKey.DueAt => Read(sort.IsDescending ? DueOrFirst : DueOrLast),
            TaskSortKey.Priority => Read(Priority),
            _ => Read(Title),
        };

        Task<Result<Page<TaskItem>>> Read<TKey>(KeyOrder<TaskItem, TKey> order) =>
            tasks.ReadAsync(
                order with
                {
                    IsDescending = sort.IsDescending,
                },
                page,
                cursors,
                list,
                ownerId,
                cancellationToken
            );
    }

    private static KeyOrder<TaskItem, DateTimeOffset> Time(
        Expression<Func<TaskItem, DateTimeOffset>> key,
        Func<TaskItem, DateTimeOffset> keyOf
    ) => Order(key, keyOf, CursorPages.Write, CursorPages.ParseTime);

    private static KeyOrder<TaskItem, TKey> Order<TKey>(
        Expression<Func<TaskItem, TKey>> key,
        Func<TaskItem, TKey> keyOf,
        Func<TKey, string> write,
        Func<string, TKey> parse
    ) => new(key, task => task.Id, IsDescending: false, keyOf, task => task.Id, write, parse);
}
