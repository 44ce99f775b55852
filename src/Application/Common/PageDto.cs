using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Common;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">In order; empty, never null.</param>
/// <param name="NextCursor">Send it as cursor for the next page; null on the last.</param>
public sealed record PageDto<T>(IReadOnlyList<T> Items, string? NextCursor);

internal static class PageMapping
{
    /// <summary>Maps each item of the page, or returns the failure.</summary>
    public static Result<PageDto<TDto>> ToDto<T, TDto>(this Result<Page<T>> page, Func<T, TDto> map) =>
        page.IsSuccess ? new PageDto<TDto>([.. page.Value.Items.Select(map)], page.Value.NextCursor) : page.Error;
}
