using System.Numerics;

namespace Fitnessify.Client;

/// <summary>
/// Chooses the positions of items that the user orders, such as tasks and lists. The methods keep no state, and are safe for
/// concurrent use.
/// </summary>
/// <remarks>
/// The id of an item is its UUID in lower case, or the key of a checklist item. A position has 1 to 64 characters of
/// <c>0-9A-Za-z</c>, and the last of them is not <c>0</c>.
/// </remarks>
public static partial class Positions
{
    // A longer position is not chosen while its neighbors can be spread instead.
    private const int SoftMaxDigits = 32;

    // The server accepts at most this many operations in one batch.
    private const int MaxChanges = 100;

    /// <summary>
    /// Compares two items of a list in the way that the server orders them: by position, and by id where the positions are equal,
    /// both byte by byte. The result is negative, zero or positive.
    /// </summary>
    public static int Compare((string Id, string Position) a, (string Id, string Position) b)
    {
        var byPosition = string.CompareOrdinal(a.Position, b.Position);
        return byPosition != 0 ? byPosition : string.CompareOrdinal(a.Id, b.Id);
    }

    /// <summary>
    /// Returns a new random position between two others. It is as short as 3844 possible positions allow, and near the middle.
    /// Without <paramref name="after"/> it comes shortly after <paramref name="before"/>, without <paramref name="before"/> shortly
    /// before <paramref name="after"/>, and without both it suits an empty list.
    /// </summary>
    /// <returns>
    /// Null when there is no room: <paramref name="before"/> is not less than <paramref name="after"/>, or the position would be
    /// longer than 64 characters. Place the item somewhere else then, and use <see cref="Move"/>.
    /// </returns>
    /// <param name="before">The position of the item before the new one, or null.</param>
    /// <param name="after">The position of the item after the new one, or null.</param>
    /// <param name="random">Returns numbers of at least 0 and less than 1. Null uses a shared <see cref="Random"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="before"/> or <paramref name="after"/> is not a position.</exception>
    public static string? Between(string? before, string? after, Func<double>? random = null)
    {
        var gap = GapBetween(
            before is null ? null : ValueOf(before, nameof(before)),
            after is null ? null : ValueOf(after, nameof(after)),
            1
        );
        return Choose(gap, MaxDigits, random ?? NextRandom);
    }

    /// <summary>
    /// Moves an item within its list and returns the changes to send, in the new order. The list itself is not changed.
    /// </summary>
    /// <remarks>
    /// There is normally one change, and none when the item is in its place. When the gap is too narrow, the nearest neighbors get
    /// new positions as well: there are up to 100 changes, which fit in one batch. Only when a hundred neighbors have the same
    /// position, or almost, do the changes merely make room: apply them and call again, until there are none.
    /// </remarks>
    /// <param name="items">All items of the list, in any order.</param>
    /// <param name="id">The id of the item to move.</param>
    /// <param name="index">The new place: the number of other items that come before it.</param>
    /// <param name="random">Returns numbers of at least 0 and less than 1. Null uses a shared <see cref="Random"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No item has the id, or the index is out of range.</exception>
    /// <exception cref="ArgumentException">A position is malformed.</exception>
    public static IReadOnlyList<(string Id, string Position)> Move(
        IEnumerable<(string Id, string Position)> items,
        string id,
        int index,
        Func<double>? random = null
    )
    {
        random ??= NextRandom;
        var others = new List<(string Id, string Position)>(items);
        others.Sort(Compare);
        var current = others.FindIndex(item => item.Id == id);
        if (current < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(id), id, "No item has this id.");
        }

        others.RemoveAt(current);
        if (index < 0 || index > others.Count)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, "The index is out of range.");
        }

        if (index == current)
        {
            return [];
        }

        var valueAt = ValuesOf(others, nameof(items));
        if (Choose(GapBetween(valueAt(index - 1), valueAt(index), 1), SoftMaxDigits, random) is { } position)
        {
            return [(id, position)];
        }

        var ids = others.ConvertAll(item => item.Id);
        if (NeighborsAround(index, others.Count, valueAt) is { } around)
        {
            ids.Insert(index, id);
            return Spread(ids.GetRange(around.From, around.To + 1 - around.From), around.Gap, random);
        }

        var nearest = NearestNeighbors(index, others.Count, valueAt);
        return Spread(ids.GetRange(nearest.From, nearest.To - nearest.From), nearest.Gap, random);
    }

    // Finds the fewest neighbors of the place that get wide slots together with the moved item, or if none do, the widest slots.
    private static Neighbors? NeighborsAround(int index, int length, Func<int, BigInteger?> valueAt)
    {
        Neighbors? best = null;
        for (var size = 1; size < MaxChanges && size <= length; size++)
        {
            for (var from = Math.Max(0, index - size); from <= Math.Min(index, length - size); from++)
            {
                var neighbors = NeighborsFrom(from, from + size, size + 1, valueAt);
                best = neighbors.Slot > (best?.Slot ?? Choices) ? neighbors : best;
            }

            if (best?.Slot >= WideSlot)
            {
                break;
            }
        }

        return best;
    }

    // Finds the nearest neighbors that can be spread without the moved item. It is called only for lists of at least a hundred
    // other items. Somewhere in them is a gap, because positions that are almost the same fill only a small part of the range.
    private static Neighbors NearestNeighbors(int index, int length, Func<int, BigInteger?> valueAt)
    {
        for (var distance = 0; ; distance++)
        {
            var left = Math.Max(index - distance - MaxChanges, 0);
            var right = Math.Min(index + distance, length - MaxChanges);
            foreach (var from in (int[])[left, right])
            {
                var neighbors = NeighborsFrom(from, from + MaxChanges, MaxChanges, valueAt);
                if (neighbors.Slot > Choices)
                {
                    return neighbors;
                }
            }
        }
    }

    private static Neighbors NeighborsFrom(int from, int to, int count, Func<int, BigInteger?> valueAt)
    {
        var gap = GapBetween(valueAt(from - 1), valueAt(to), count);
        return new(from, to, gap, (gap.Upper - gap.Lower) / count);
    }

    // Items to spread: those with an index of at least From and less than To. Slot is the room for each of them in Gap.
    private readonly struct Neighbors(int from, int to, Gap gap, BigInteger slot)
    {
        public int From { get; } = from;
        public int To { get; } = to;
        public Gap Gap { get; } = gap;
        public BigInteger Slot { get; } = slot;
    }
}
