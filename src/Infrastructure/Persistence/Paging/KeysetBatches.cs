using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Paging;

/// <summary>
/// Finds the end of a batch of rows that are numbered per owner. A statement on a range of numbers uses the index; for "the
/// first 500 rows" of a table with a key of two columns, EF Core would compare every row with a subquery.
/// </summary>
internal static class KeysetBatches
{
    /// <summary>Returns the greatest of the <paramref name="size"/> lowest numbers; null if there is none.</summary>
    public static async Task<long?> EndOfBatchAsync(
        this IQueryable<long> numbers,
        int size,
        CancellationToken cancellationToken
    ) => (await BatchAsync(numbers, size, cancellationToken))?.Last;

    /// <summary>Returns the least and the greatest of the <paramref name="size"/> lowest numbers; null if there is none.</summary>
    public static async Task<(long First, long Last)?> BatchAsync(
        this IQueryable<long> numbers,
        int size,
        CancellationToken cancellationToken
    ) =>
        await numbers.Order().Take(size).ToListAsync(cancellationToken) is [var first, ..] and [.., var last]
            ? (first, last)
            : null;
}
