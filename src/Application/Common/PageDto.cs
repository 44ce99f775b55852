namespace Fitnessify.Application.Common;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">In order; empty, never null.</param>
/// <param name="NextCursor">Send it as cursor for the next page; null on the last.</param>
public sealed record PageDto<T>(IReadOnlyList<T> Items, string? NextCursor);
