using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Notifications;

/// <summary>Stored notifications. Whatever belongs to somebody else is not found.</summary>
public interface INotificationRepository
{
    /// <summary>Adds a notification to the unit of work. A second one for the same task and due time shows as <c>state_conflict</c> when that is saved.</summary>
    void Add(Notification notification);

    /// <summary>The notification for a change, or null.</summary>
    Task<Notification?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>A page of notifications, newest first, or <c>invalid_cursor</c>.</summary>
    /// <param name="ownerId">Whose.</param>
    /// <param name="isUnread">Only unread ones, or only read ones; all when null.</param>
    /// <param name="page">Which part.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Result<Page<Notification>>> ListAsync(
        Guid ownerId,
        bool? isUnread,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>How many are unread.</summary>
    Task<int> CountUnreadAsync(Guid ownerId, CancellationToken cancellationToken);

    /// <summary>Marks the oldest that are unread now as read, at most this many, at once: each call is a transaction of its own.</summary>
    /// <returns>How many; 0 when none is left.</returns>
    Task<int> ReadOldestAsync(Guid ownerId, DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>Notifications in the order in which they became visible.</summary>
public interface INotificationSequence
{
    /// <summary>The place of a notification; null when there is none of this id.</summary>
    Task<long?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Those after a place, oldest first.</summary>
    Task<IReadOnlyList<Notification>> ListAfterAsync(
        Guid ownerId,
        long after,
        int limit,
        CancellationToken cancellationToken
    );
}
