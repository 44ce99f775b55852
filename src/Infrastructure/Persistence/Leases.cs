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
    /// <returns>The claimed rows with the end of the lease, and otherwise as they were read.</returns>
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
        if (found.Count == 0)
        {
            return [];
        }

        var claimed = await context.WriteAsync(
            () =>
                context.InTransactionAsync(
                    () => ClaimAsync(due, found, until, further, cancellationToken),
                    cancellationToken
                ),
            cancellationToken
        );
        // Not before the commit: a claim that is repeated compares the times that were read.
        claimed.ForEach(row => row.Claim(until));
        return claimed;
    }

    /// <summary>
    /// Makes rows due now, because what decides about them changes. One that may be claimed stays claimed, but its time changes,
    /// so that <see cref="PostponeAsync"/> does not store what was decided before.
    /// </summary>
    /// <param name="rows">All rows about which a new decision is wanted.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="lease">The time of a claim.</param>
    public static Task<int> HastenAsync<T>(
        this IQueryable<T> rows,
        DateTimeOffset now,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
        where T : class, ILeased
    {
        // A claim may be younger than `now`, and the clock of its instance may be ahead. A second lease allows for both, and a third for
        // a change before this one, whose time was later.
        var kept = now + (2 * lease);
        var claimedBefore = now + (3 * lease);
        // Rows that are due are written, too: an instance that claims one meanwhile waits for this transaction, and then reads
        // what it has changed.
        return rows.ExecuteUpdateAsync(
            set =>
                set.SetProperty(
                    row => row.NextAttemptAt,
                    row => row.NextAttemptAt > now && row.NextAttemptAt < claimedBefore ? kept : now
                ),
            cancellationToken
        );
    }

    /// <summary>
    /// Postpones a claimed row. If its time has changed since the claim, it is due now instead. Once the lease has ended, that
    /// may be the claim of another instance, which keeps the row.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="claimedUntil">The end of the lease.</param>
    /// <param name="until">The new time of the next attempt.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="further">What else is stored, or null.</param>
    /// <returns>How many rows were changed.</returns>
    public static Task<int> PostponeAsync<T>(
        this IQueryable<T> row,
        DateTimeOffset claimedUntil,
        DateTimeOffset until,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        Action<UpdateSettersBuilder<T>>? further = null
    )
        where T : class, ILeased
    {
        var isClaimed = now < claimedUntil;
        return row.Where(stored => isClaimed || stored.NextAttemptAt == claimedUntil)
            .ExecuteUpdateAsync(
                set =>
                {
                    set.SetProperty(
                        stored => stored.NextAttemptAt,
                        stored => stored.NextAttemptAt == claimedUntil ? until : now
                    );
                    further?.Invoke(set);
                },
                cancellationToken
            );
    }

    private static async Task<List<T>> ClaimAsync<T>(
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
