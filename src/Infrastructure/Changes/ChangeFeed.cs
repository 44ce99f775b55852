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

        // Most often no list has changed, and then this is all.
        List<IVersioned> found =
        [
            .. await ReadTasksAsync(Changed<TaskItem>(ownerId, last), limit + 1, cancellationToken),
        ];
        // A deletion that was purged while the changes were read shows only afterwards.
        var state = await queries.SyncState(context, ownerId, cancellationToken);
        if (state.LastListVersion > last)
        {
            (found, state) = await ReadBothAsync(ownerId, last, limit + 1, cancellationToken);
        }

        if (since is not null && known.Epoch != state.Epoch)
        {
            return ChangeErrors.SyncTokenExpired;
        }

        // What was purged before a full sync began does not matter on its later pages.
        if (last > 0 && last < state.PurgedThrough && known.PurgedThrough < state.PurgedThrough)
        {
            return ChangeErrors.SyncTokenExpired;
        }

        var items = found.Take(limit).ToList();
        var next = new SyncPosition(state.Epoch, items is [.., var end] ? end.Version : last, state.PurgedThrough);
        return new ChangePage(items, syncTokens.Write(ownerId, next), found.Count > limit);
    }

    /// <summary>Reads tasks and lists up to a value that the counter had before.</summary>
    /// <remarks>
    /// Without that bound, a list that changes after the lists were read, followed by a task that changes before the tasks are
    /// read, would be skipped: the sync would continue after the task.
    /// </remarks>
    private async Task<(List<IVersioned> Found, SyncState State)> ReadBothAsync(
        Guid ownerId,
        long last,
        int count,
        CancellationToken cancellationToken
    )
    {
        var through = (await queries.SyncState(context, ownerId, cancellationToken)).Value;
        // Each kind is read as if the other had not changed.
        var lists = await Changed<TaskList>(ownerId, last)
            .Where(list => list.Version <= through)
            .OrderBy(list => list.Version)
            .Take(count)
            .ToListAsync(cancellationToken);
        var tasks = await ReadTasksAsync(
            Changed<TaskItem>(ownerId, last).Where(task => task.Version <= through),
            count,
            cancellationToken
        );
        return (
            [.. tasks.Concat<IVersioned>(lists).OrderBy(item => item.Version).Take(count)],
            await queries.SyncState(context, ownerId, cancellationToken)
        );
    }

    // These are ranges of two indexes, so that a live task is only in one index by its version.
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

    private IQueryable<T> Changed<T>(Guid ownerId, long last)
        where T : class, IVersioned =>
        context.Set<T>().AsNoTracking().Where(item => item.OwnerId == ownerId && item.Version > last);
}
