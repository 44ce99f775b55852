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

        // Most often nothing has changed.
        var (found, after) =
            before.Value <= last
                ? ([], before)
                : (
                    await ReadAsync(ownerId, last, before.Value, limit + 1, cancellationToken),
                    // A deletion that was purged while the changes were read shows only afterwards.
                    await queries.SyncState(context, ownerId, cancellationToken)
                );
        // What was purged before a full sync began does not matter on its later pages.
        if (last > 0 && last < after.PurgedThrough && known.PurgedThrough < after.PurgedThrough)
        {
            return ChangeErrors.SyncTokenExpired;
        }

        var items = found.Take(limit).ToList();
        var next = new SyncPosition(before.Epoch, items is [.., var end] ? end.Version : last, after.PurgedThrough);
        return new ChangePage(items, syncTokens.Write(ownerId, next), found.Count > limit);
    }

    /// <summary>Reads changes up to a value that the counter had before.</summary>
    /// <remarks>
    /// Without that bound, a list that changes after the lists were read, followed by a task that changes before the tasks are
    /// read, would be skipped: the sync would continue after the task.
    /// </remarks>
    private async Task<List<IVersioned>> ReadAsync(
        Guid ownerId,
        long last,
        long through,
        int count,
        CancellationToken cancellationToken
    )
    {
        // Each kind is read as if the other had not changed.
        var lists = await Changed<TaskList>(ownerId, last, through).Take(count).ToListAsync(cancellationToken);
        var tasks = Changed<TaskItem>(ownerId, last, through);
        // These are ranges of two indexes, so that a live task is only in one index by its version.
        var found = await tasks
            .Where(task => task.DeletedAt == null)
            .Take(count)
            .Concat(tasks.Where(task => task.DeletedAt != null).Take(count))
            .OrderBy(task => task.Version)
            .Take(count)
            .ToListAsync(cancellationToken);
        return lists.Count == 0
            ? [.. found]
            : [.. found.Concat<IVersioned>(lists).OrderBy(item => item.Version).Take(count)];
    }

    private IQueryable<T> Changed<T>(Guid ownerId, long last, long through)
        where T : class, IVersioned =>
        context
            .Set<T>()
            .AsNoTracking()
            .Where(item => item.OwnerId == ownerId && item.Version > last && item.Version <= through)
            .OrderBy(item => item.Version);
}
