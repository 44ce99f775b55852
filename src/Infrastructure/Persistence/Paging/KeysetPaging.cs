using System.Globalization;
using System.Linq.Expressions;
using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Paging;

/// <summary>An order of a list, by one key and, among equals, by what each item has for itself.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="TTie">The type of what breaks ties.</typeparam>
/// <param name="Key">In the database.</param>
/// <param name="Tie">In the database.</param>
/// <param name="IsDescending">Greatest first.</param>
/// <param name="KeyOf">Of an item that has been read.</param>
/// <param name="TieOf">Of an item that has been read.</param>
/// <param name="Write">The key as text.</param>
/// <param name="Parse">The reverse.</param>
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

/// <summary>The last item of a page.</summary>
internal sealed record PageEnd<TKey, TTie>(TKey Key, TTie Tie);

/// <summary>Reads lists page by page.</summary>
internal static class KeysetPaging
{
    public static string Write(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    public static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);

    public static long ParseNumber(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    public static DateTimeOffset ParseTime(string text) =>
        new(long.Parse(text, CultureInfo.InvariantCulture), TimeSpan.Zero);

    /// <summary>A page of the source in this order, or <c>invalid_cursor</c>.</summary>
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
        new[] { source }.ReadAsync(order, page, cursors, list, ownerId, cancellationToken);

    /// <summary>A page of all parts together in this order, or <c>invalid_cursor</c>.</summary>
    /// <param name="parts">Filtered, none with an item of another.</param>
    /// <param name="order">Its order.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cursors">Reads and writes cursors.</param>
    /// <param name="list">Names the list with its order and filter: cursors of one are worthless for another.</param>
    /// <param name="ownerId">The user who owns the list; a cursor is worthless to anybody else.</param>
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
                        .Select(part => Begin(last is null ? part : part.After(order, last), count))
                        .Aggregate((all, part) => Begin(all.Concat(part), count))
                        .ToListAsync(cancellationToken),
                    null
                )
        );

        IQueryable<T> Begin(IQueryable<T> part, int count) =>
            part.OrderByKey(order.Key, order.Tie, order.IsDescending).Take(count);
    }

    /// <summary>
    /// A page of what a filter finds that no index serves, or <c>invalid_cursor</c>. It looks at so many items of the list and
    /// no further: then the page is not full, and its cursor goes on after the last that it has looked at.
    /// </summary>
    /// <param name="all">The whole list, along an index.</param>
    /// <param name="filter">What is wanted of it.</param>
    /// <param name="reach">How many items are looked at.</param>
    /// <param name="order">Its order.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cursors">Reads and writes cursors.</param>
    /// <param name="list">Names the list with its order and filter.</param>
    /// <param name="ownerId">The user who owns the list; a cursor is worthless to anybody else.</param>
    public static Task<Result<Page<T>>> SearchAsync<T, TKey, TTie>(
        this IQueryable<T> all,
        Func<IQueryable<T>, IQueryable<T>> filter,
        int reach,
        KeyOrder<T, TKey, TTie> order,
        PageRequest page,
        CursorFormat cursors,
        string list,
        Guid ownerId,
        CancellationToken cancellationToken
    )
        where TTie : struct, IParsable<TTie>, IFormattable
    {
        var (key, tie, descending) = (order.Key, order.Tie, order.IsDescending);
        return order.ReadAsync(page, cursors, list, ownerId, FetchAsync);

        async Task<(List<T>, PageEnd<TKey, TTie>?)> FetchAsync(PageEnd<TKey, TTie>? last, int count)
        {
            var rest = last is null ? all : all.After(order, last);
            var end = await rest.OrderByKey(key, tie, descending)
                .Select(KeysetPredicates.EndOf(key, tie))
                .Skip(reach - 1)
                .FirstOrDefaultAsync(cancellationToken);
            var near = end is null ? rest : rest.UpTo(key, tie, descending, end.Key, end.Tie);
            var found = filter(near).OrderByKey(key, tie, descending).Take(count);
            return (await found.ToListAsync(cancellationToken), end);
        }
    }

    /// <summary>A page of what is fetched in this order, or <c>invalid_cursor</c>.</summary>
    /// <param name="order">Of the items.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cursors">Reads and writes cursors.</param>
    /// <param name="list">Names the list with its order and filter.</param>
    /// <param name="ownerId">The user who owns the list; a cursor is worthless to anybody else.</param>
    /// <param name="fetchAsync">
    /// That many items after the end of the last page, or from the beginning; and, where it looked no further, the last at which
    /// it has looked.
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

        // One more than asked for tells whether there is a next page.
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
