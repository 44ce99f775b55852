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
    /// <param name="ownerId">The user who owns them.</param>
    /// <param name="isUnread">Only unread ones, or only read ones; all when null.</param>
    /// <param name="page">Which part.</param>
    Task<Result<Page<Notification>>> ListAsync(
        Guid ownerId,
        bool? isUnread,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>How many are unread.</summary>
    Task<int> CountUnreadAsync(Guid ownerId, CancellationToken cancellationToken);

    /// <summary>Marks the oldest that are unread now as read, at once: each call is a transaction of its own.</summary>
    /// <param name="ownerId">The user who owns them.</param>
    /// <param name="through">The last of them in the order in which they became visible; null for all.</param>
    /// <param name="now">UTC.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>How many; 0 when none is left.</returns>
    Task<int> ReadOldestAsync(
        Guid ownerId,
        Notification? through,
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    );
}

/// <summary>Notifications in the order in which they became visible.</summary>
public interface INotificationSequence
{
    /// <summary>The place of a notification; null when there is none of this id.</summary>
    Task<long?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Those after a place, oldest first.</summary>
    /// <param name="ownerId">The user who owns them.</param>
    /// <param name="after">The place.</param>
    /// <param name="onlyUnread">Without those that have been read.</param>
    /// <param name="limit">How many at most.</param>
    Task<IReadOnlyList<Notification>> ListAfterAsync(
        Guid ownerId,
        long after,
        bool onlyUnread,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>The generation of the places: after a restore of the database it is another one.</summary>
    Task<long> ReadEpochAsync(CancellationToken cancellationToken);
}
