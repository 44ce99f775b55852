using System.Globalization;
using System.Linq.Expressions;
using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Paging;

/// <summary>The order of a list: a key, and a tiebreaker among items with the same key.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="TTie">The type of the tiebreaker.</typeparam>
/// <param name="Key">The key as a database expression.</param>
/// <param name="Tie">The tiebreaker as a database expression.</param>
/// <param name="IsDescending">Whether the greatest item is first.</param>
/// <param name="KeyOf">The key of an item that was read.</param>
/// <param name="TieOf">The tiebreaker of an item that was read.</param>
/// <param name="Write">Formats the key as text.</param>
/// <param name="Parse">Parses the text of a key.</param>
internal sealed record KeyOrder<T, TKey, TTie>(
    Expression<Func<T, TKey>> Key,
    Expression<Func<T, TTie>> Tie,
    bool IsDescending,
    Func<T, TKey> KeyOf,
    Func<T, TTie> TieOf,
    Func<TKey, string> Write,
    Func<string, TKey> Parse
)
    where TTie : struct, IParsable<TTie>, IFormattable
{
    public CursorPosition PositionOf(PageEnd<TKey, TTie> end) =>
        new(Write(end.Key), end.Tie.ToString(null, CultureInfo.InvariantCulture));

    public PageEnd<TKey, TTie> EndAt(CursorPosition position) =>
        new(Parse(position.Key), TTie.Parse(position.Tie, CultureInfo.InvariantCulture));
}

/// <summary>The key and the tiebreaker of the last item of a page.</summary>
internal sealed record PageEnd<TKey, TTie>(TKey Key, TTie Tie);

/// <summary>Reads lists page by page with keyset pagination.</summary>
internal static class KeysetPaging
{
    public static string Write(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    public static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static long ParseNumber(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseTime(string text) =>
        new(long.Parse(text, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>Reads a page of the source, or returns <c>invalid_cursor</c>.</summary>
    public static Task<Result<Page<T>>> ReadAsync<T, TKey, TTie>(
        this IQueryable<T> source,
        KeyOrder<T, TKey, TTie> order,
        PageRequest page,
        CursorFormat cursors,
        string list,
        Guid ownerId,
        CancellationToken cancellationToken
    )
        where TTie : struct, IParsable<TTie>, IFormattable =>
        order.ReadAsync(
            page,
            cursors,
            list,
            ownerId,
            (last, count) => source.TakeAsync(order, last, count, cancellationToken)
        );

    /// <summary>Reads a page of the union of all parts, or returns <c>invalid_cursor</c>.</summary>
    /// <param name="parts">The filtered parts of the list; no item is in two of them.</param>
    /// <param name="order">The order of the list.</param>
    /// <param name="page">The page that is wanted.</param>
    /// <param name="cursors">Reads and writes cursors.</param>
    /// <param name="list">The name of the list with its order and filter, to which cursors are bound.</param>
    /// <param name="ownerId">The id of the user who owns the list; only this user can use its cursors.</param>
    public static Task<Result<Page<T>>> ReadAsync<T, TKey, TTie>(
        this IReadOnlyList<IQueryable<T>> parts,
        KeyOrder<T, TKey, TTie> order,
        PageRequest page,
        CursorFormat cursors,
        string list,
        Guid ownerId,
        CancellationToken cancellationToken
    )
        where TTie : struct, IParsable<TTie>, IFormattable
    {
        return order.ReadAsync(
            page,
            cursors,
            list,
            ownerId,
            async (last, count) =>
                (
                    await parts
                        .Select(part => Take(last is null ? part : part.After(order, last), count))
                        .Aggregate((all, part) => Take(all.Concat(part), count))
                        .ToListAsync(cancellationToken),
                    null
                )
        );

        IQueryable<T> Take(IQueryable<T> part, int count) =>
            part.OrderByKey(order.Key, order.Tie, order.IsDescending).Take(count);
    }

    /// <summary>Reads so many items after the end of the last page, or from the beginning.</summary>
    public static async Task<(List<T> Found, PageEnd<TKey, TTie>? Reached)> TakeAsync<T, TKey, TTie>(
        this IQueryable<T> source,
        KeyOrder<T, TKey, TTie> order,
        PageEnd<TKey, TTie>? last,
        int count,
        CancellationToken cancellationToken
    )
        where TTie : struct, IParsable<TTie>, IFormattable
    {
        var remaining = last is null ? source : source.After(order, last);
        var found = remaining.OrderByKey(order.Key, order.Tie, order.IsDescending).Take(count);
        return (await found.ToListAsync(cancellationToken), null);
    }

    /// <summary>
    /// Does the same through a filter that no index supports. It scans a limited number of items; if there are more, it also
    /// returns the last item that it has scanned.
    /// </summary>
    /// <param name="all">The whole list in the order of an index.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="scanLimit">The largest number of items that are scanned.</param>
    /// <param name="order">The order of the list.</param>
    /// <param name="last">The end of the last page, or null.</param>
    /// <param name="count">The largest number of items that are returned.</param>
    public static async Task<(List<T> Found, PageEnd<TKey, TTie>? Reached)> SearchAsync<T, TKey, TTie>(
        this IQueryable<T> all,
        Func<IQueryable<T>, IQueryable<T>> filter,
        int scanLimit,
        KeyOrder<T, TKey, TTie> order,
        PageEnd<TKey, TTie>? last,
        int count,
        CancellationToken cancellationToken
    )
        where TTie : struct, IParsable<TTie>, IFormattable
    {
        var (key, tie, descending) = (order.Key, order.Tie, order.IsDescending);
        var remaining = last is null ? all : all.After(order, last);
        var end = await remaining
            .OrderByKey(key, tie, descending)
            .Select(KeysetPredicates.EndOf(key, tie))
            .Skip(scanLimit - 1)
            .FirstOrDefaultAsync(cancellationToken);
        var scanned = end is null ? remaining : remaining.UpTo(key, tie, descending, end.Key, end.Tie);
        var found = filter(scanned).OrderByKey(key, tie, descending).Take(count);
        return (await found.ToListAsync(cancellationToken), end);
    }

    /// <summary>Reads a page with the given function, or returns <c>invalid_cursor</c>.</summary>
    /// <param name="order">The order of the list.</param>
    /// <param name="page">The page that is wanted.</param>
    /// <param name="cursors">Reads and writes cursors.</param>
    /// <param name="list">The name of the list with its order and filter.</param>
    /// <param name="ownerId">The id of the user who owns the list; only this user can use its cursors.</param>
    /// <param name="fetchAsync">
    /// Reads so many items after the end of the last page, or from the beginning. If it stops scanning early, it also returns
    /// the last item that it has scanned.
    /// </param>
    public static async Task<Result<Page<T>>> ReadAsync<T, TKey, TTie>(
        this KeyOrder<T, TKey, TTie> order,
        PageRequest page,
        CursorFormat cursors,
        string list,
        Guid ownerId,
        Func<PageEnd<TKey, TTie>?, int, Task<(List<T> Found, PageEnd<TKey, TTie>? Reached)>> fetchAsync
    )
        where TTie : struct, IParsable<TTie>, IFormattable
    {
        PageEnd<TKey, TTie>? last = null;
        if (page.Cursor is not null)
        {
            if (cursors.Read(list, ownerId, page.Cursor) is not { } position)
            {
                return CommonErrors.InvalidCursor;
            }

            last = order.EndAt(position);
        }

        // One item more than requested shows whether there is a next page.
        var (found, end) = await fetchAsync(last, page.Limit + 1);
        if (found.Count > page.Limit)
        {
            found.RemoveAt(page.Limit);
            end = new PageEnd<TKey, TTie>(order.KeyOf(found[^1]), order.TieOf(found[^1]));
        }

        return new Page<T>(found, end is null ? null : cursors.Write(list, ownerId, order.PositionOf(end)));
    }

    private static IQueryable<T> After<T, TKey, TTie>(
        this IQueryable<T> source,
        KeyOrder<T, TKey, TTie> order,
        PageEnd<TKey, TTie> last
    )
        where TTie : struct, IParsable<TTie>, IFormattable =>
        source.After(order.Key, order.Tie, order.IsDescending, last.Key, last.Tie);
}
