using Fitnessify.Domain.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Claims work that waits in a table. A claim is a later time of the next attempt.</summary>
internal static class Leases
{
    /// <summary>
    /// Claims rows until the given time, the longest due first. Several instances may have read the same rows; each row is
    /// claimed by only one of them, because the update compares the time that was read, and only while it is still due.
    /// </summary>
    /// <param name="context">The database.</param>
    /// <param name="due">The condition for rows that are due.</param>
    /// <param name="max">The largest number of rows.</param>
    /// <param name="until">The end of the lease.</param>
    /// <param name="further">What else is stored with the claim, or null.</param>
    /// <returns>The claimed rows as they were read.</returns>
    public static async Task<IReadOnlyList<T>> TakeAsync<T>(
        this AppDbContext context,
        IQueryable<T> due,
        int max,
        DateTimeOffset until,
        CancellationToken cancellationToken,
        Action<UpdateSettersBuilder<T>>? further = null
    )
        where T : class, ILeased
    {
        var found = await due.AsNoTracking().OrderBy(row => row.NextAttemptAt).Take(max).ToListAsync(cancellationToken);
        return found.Count == 0
            ? []
            : await context.WriteAsync(
                () =>
                    context.InTransactionAsync(
                        () => ClaimAsync(due, found, until, further, cancellationToken),
                        cancellationToken
                    ),
                cancellationToken
            );
    }

    private static async Task<IReadOnlyList<T>> ClaimAsync<T>(
        IQueryable<T> due,
        List<T> found,
        DateTimeOffset until,
        Action<UpdateSettersBuilder<T>>? further,
        CancellationToken cancellationToken
    )
        where T : class, ILeased
    {
        List<T> claimed = [];
        foreach (var row in found)
        {
            var (id, readAt) = (row.Id, row.NextAttemptAt);
            var updated = await due.Where(stored => stored.Id == id && stored.NextAttemptAt == readAt)
                .ExecuteUpdateAsync(
                    set =>
                    {
                        set.SetProperty(stored => stored.NextAttemptAt, until);
                        further?.Invoke(set);
                    },
                    cancellationToken
                );
            if (updated == 1)
            {
                claimed.Add(row);
            }
        }

        return claimed;
    }
}
