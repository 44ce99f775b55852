namespace Fitnessify.Domain.Common;

/// <summary>The part of a list that is requested.</summary>
/// <param name="Limit">The largest number of items, from <see cref="MinLimit"/> to <see cref="MaxLimit"/>.</param>
/// <param name="Cursor">The cursor of the page before; null for the first page.</param>
public sealed record PageRequest(int Limit, string? Cursor)
{
    /// <summary>The smallest page size.</summary>
    public const int MinLimit = 1;

    /// <summary>The largest page size.</summary>
    public const int MaxLimit = 200;

    /// <summary>The page size if the caller names none.</summary>
    public const int DefaultLimit = 50;
}

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">In order; empty, never null.</param>
/// <param name="NextCursor">The cursor of the next page; null on the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
