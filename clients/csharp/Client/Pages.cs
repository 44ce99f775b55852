using System.Runtime.CompilerServices;

namespace Fitnessify.Client;

/// <summary>A part of a list.</summary>
internal interface IPage<T>
{
    IReadOnlyList<T> Items { get; }

    string? NextCursor { get; }
}

/// <summary>Reads lists page by page.</summary>
internal static class Pages
{
    /// <summary>The number of items on a page, which is the most that the server sends.</summary>
    public const int Limit = 200;

    public static async IAsyncEnumerable<T> ReadAsync<TPage, T>(
        Func<string?, CancellationToken, Task<TPage>> list,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
        where TPage : IPage<T>
    {
        string? cursor = null;
        do
        {
            var page = await list(cursor, cancellationToken).ConfigureAwait(false);
            foreach (var item in page.Items)
            {
                yield return item;
            }

            cursor = page.NextCursor;
        } while (cursor is not null);
    }
}
