namespace Fitnessify.Domain.Common;

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Limit">How many items at most, <see cref="MinLimit"/> to <see cref="MaxLimit"/>.</param>
/// <param name="Cursor">From the page before; null for the first.</param>
public sealed record PageRequest(int Limit, string? Cursor)
{
    /// <summary>Items.</summary>
    public const int MinLimit = 1;

    /// <summary>Items.</summary>
    public const int MaxLimit = 200;

    /// <summary>Items, when the caller does not say.</summary>
    public const int DefaultLimit = 50;
}

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">In order; empty, never null.</param>
/// <param name="NextCursor">Leads to the next page; null on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
