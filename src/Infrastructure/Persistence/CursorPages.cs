using System.Globalization;
using System.Linq.Expressions;
using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>An order of a list, by one key and the id.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <param name="Key">In the database.</param>
/// <param name="Id">In the database.</param>
/// <param name="IsDescending">Greatest first.</param>
/// <param name="KeyOf">Of an item that has been read.</param>
/// <param name="IdOf">Of an item that has been read.</param>
/// <param name="Write">The key as text.</param>
/// <param name="Parse">The reverse.</param>
internal sealed record KeyOrder<T, TKey>(
    Expression<Func<T, TKey>> Key,
    Expression<Func<T, Guid>> Id,
    bool IsDescending,
    Func<T, TKey> KeyOf,
    Func<T, Guid> IdOf,
    Func<TKey, string> Write,
    Func<string, TKey> Parse
);

/// <summary>The last item of a page.</summary>
internal readonly record struct PageEnd<TKey>(TKey Key, Guid Id);

/// <summary>Reads lists page by page.</summary>
internal static class CursorPages
{
    public static string Write(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    public static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static long ParseNumber(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseTime(string text) =>
        new(long.Parse(text, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>A page of the source in this order, or <c>invalid_cursor</c>.</summary>
    public static Task<Result<Page<T>>> ReadAsync<T, TKey>(
        this IQueryable<T> source,
        KeyOrder<T, TKey> order,
        PageRequest page,
        Cursors cursors,
        string list,
        Guid ownerId,
        CancellationToken cancellationToken
    ) => new[] { source }.ReadAsync(order, page, cursors, list, ownerId, cancellationToken);

    /// <summary>A page of all parts together in this order, or <c>invalid_cursor</c>.</summary>
    /// <param name="parts">Filtered, none with an item of another.</param>
    /// <param name="order">Its order.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cursors">Reads and writes cursors.</param>
    /// <param name="list">Names the list with its order and filter: cursors of one are worthless for another.</param>
    /// <param name="ownerId">Whose list.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Result<Page<T>>> ReadAsync<T, TKey>(
        this IReadOnlyList<IQueryable<T>> parts,
        KeyOrder<T, TKey> order,
        PageRequest page,
        Cursors cursors,
        string list,
        Guid ownerId,
        CancellationToken cancellationToken
    )
    {
        return order.ReadAsync(page, cursors, list, ownerId, FetchAsync);

        Task<List<T>> FetchAsync(PageEnd<TKey>? last, int count) =>
            parts
                .Select(part =>
                    last is { } end ? part.After(order.Key, order.Id, order.IsDescending, end.Key, end.Id) : part
                )
                .Select(part => Begin(part, count))
                .Aggregate((all, part) => Begin(all.Concat(part), count))
                .ToListAsync(cancellationToken);

        IQueryable<T> Begin(IQueryable<T> part, int count) =>
            part.OrderByKey(order.Key, order.Id, order.IsDescending).Take(count);
    }

    /// <summary>A page of what is fetched in this order, or <c>invalid_cursor</c>.</summary>
    /// <param name="order">Of the items.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cursors">Reads and writes cursors.</param>
    /// <param name="list">Names the list with its order and filter.</param>
    /// <param name="ownerId">Whose list.</param>
    /// <param name="fetchAsync">That many items after the end of the last page, or from the beginning.</param>
    public static async Task<Result<Page<T>>> ReadAsync<T, TKey>(
        this KeyOrder<T, TKey> order,
        PageRequest page,
        Cursors cursors,
        string list,
        Guid ownerId,
        Func<PageEnd<TKey>?, int, Task<List<T>>> fetchAsync
    )
    {
        PageEnd<TKey>? last = null;
        if (page.Cursor is not null)
        {
            if (cursors.Read(list, ownerId, page.Cursor) is not { } position)
            {
                return CommonErrors.InvalidCursor;
            }

            last = new PageEnd<TKey>(order.Parse(position.Key), position.Id);
        }

        // One more than asked for tells whether there is a next page.
        var found = await fetchAsync(last, page.Limit + 1);
        if (found.Count <= page.Limit)
        {
            return new Page<T>(found, null);
        }

        found.RemoveAt(page.Limit);
        var end = found[^1];
        var next = new CursorPosition(order.Write(order.KeyOf(end)), order.IdOf(end));
        return new Page<T>(found, cursors.Write(list, ownerId, next));
    }
}
