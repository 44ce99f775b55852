using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Paging;

/// <summary>
/// Where a batch of rows ends that are numbered within their owner. A statement about a range of numbers is one about a range
/// of an index; of "the first 500 rows", with a key of two columns, EF Core makes a comparison of all rows with these.
/// </summary>
internal static class KeysetBatches
{
    /// <summary>The greatest of the lowest numbers, of so many at most; null when there is none.</summary>
    public static async Task<long?> EndOfBatchAsync(
        this IQueryable<long> numbers,
        int size,
        CancellationToken cancellationToken
    ) => await numbers.Order().Take(size).ToListAsync(cancellationToken) is [.., var last] ? last : null;
}
