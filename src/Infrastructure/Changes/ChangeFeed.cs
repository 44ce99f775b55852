using Fitnessify.Domain.Changes;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Changes;

internal sealed class ChangeFeed(AppDbContext context, ChangeQueries queries, SyncTokens syncTokens) : IChangeFeed
{
    public async Task<Result<ChangePage>> ReadAsync(
        Guid ownerId,
        string? since,
        int limit,
        CancellationToken cancellationToken
    )
    {
        SyncPosition? position = since is null ? default(SyncPosition) : syncTokens.Read(ownerId, since);
        if (position is not { Version: var last } known)
        {
            return ChangeErrors.InvalidSyncToken;
        }

        var before = await queries.SyncState(context, ownerId, cancellationToken);
        if (since is not null && known.Epoch != before.Epoch)
        {
            return ChangeErrors.SyncTokenExpired;
        }

        var found = before.Value > last ? await ReadAsync(ownerId, last, before, limit + 1, cancellationToken) : [];
        // A deletion that was purged while the changes were read shows only afterwards. Without changes, or from the beginning,
        // there is no deletion to miss.
        var after =
            found.Count == 0 || last == 0 ? before : await queries.SyncState(context, ownerId, cancellationToken);
        // What was purged before a full sync began does not matter on its later pages.
        if (last > 0 && last < after.PurgedThrough && known.PurgedThrough < after.PurgedThrough)
        {
            return ChangeErrors.SyncTokenExpired;
        }

        var items = found.Take(limit).ToList();
        var next = new SyncPosition(before.Epoch, items is [.., var end] ? end.Version : last, after.PurgedThrough);
        return new ChangePage(items, syncTokens.Write(ownerId, next), found.Count > limit);
    }

    /// <summary>Reads changes up to the value that the counter had before.</summary>
    /// <remarks>
    /// The changes are ranges of three indexes, which are not read at one moment. Without that bound, a change that is made in a
    /// range that has been read, followed by one in a range that has not, would be skipped: the sync would continue after the
    /// second.
    /// </remarks>
    private async Task<List<IVersioned>> ReadAsync(
        Guid ownerId,
        long last,
        SyncState state,
        int count,
        CancellationToken cancellationToken
    )
    {
        var tasks = await ReadTasksAsync(Changed<TaskItem>(ownerId, last, state.Value), count, cancellationToken);
        // Most often no list has changed.
        if (state.LastListVersion <= last)
        {
            return [.. tasks];
        }

        var lists = await Changed<TaskList>(ownerId, last, state.Value)
            .OrderBy(list => list.Version)
            .Take(count)
            .ToListAsync(cancellationToken);
        return [.. tasks.Concat<IVersioned>(lists).OrderBy(item => item.Version).Take(count)];
    }

    // A task that is not in the trash is only in one index by its version, and one that is there only in another.
    private static Task<List<TaskItem>> ReadTasksAsync(
        IQueryable<TaskItem> tasks,
        int count,
        CancellationToken cancellationToken
    ) =>
        tasks
            .Where(task => task.DeletedAt == null)
            .OrderBy(task => task.Version)
            .Take(count)
            .Concat(tasks.Where(task => task.DeletedAt != null).OrderBy(task => task.Version).Take(count))
            .OrderBy(task => task.Version)
            .Take(count)
            .ToListAsync(cancellationToken);

    private IQueryable<T> Changed<T>(Guid ownerId, long last, long through)
        where T : class, IVersioned =>
        context
            .Set<T>()
            .AsNoTracking()
            .Where(item => item.OwnerId == ownerId && item.Version > last && item.Version <= through);
}
