using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Notifications;

/// <summary>Stores notifications. Those of another user are never found.</summary>
public interface INotificationRepository
{
    /// <summary>Adds a notification to the unit of work.</summary>
    void Add(Notification notification);

    /// <summary>Loads a notification for a change in the unit of work; null if there is none.</summary>
    Task<Notification?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Lists notifications, newest first.</summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="isUnread">True for the unread ones, false for the read ones, null for all.</param>
    /// <param name="page">The page that is wanted.</param>
    /// <returns>A page of notifications, or <c>invalid_cursor</c>.</returns>
    Task<Result<Page<Notification>>> ListAsync(
        Guid ownerId,
        bool? isUnread,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>Returns the number of unread notifications.</summary>
    Task<int> CountUnreadAsync(Guid ownerId, CancellationToken cancellationToken);

    /// <summary>Marks the oldest unread notifications as read in the unit of work.</summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="through">The last notification to be marked, in the order in which they became visible; null for all.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="limit">The largest number of notifications to mark.</param>
    /// <returns>The sequence numbers between which they all are; null if none is left.</returns>
    Task<SequenceRange?> ReadOldestAsync(
        Guid ownerId,
        Notification? through,
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Deletes the oldest notifications of the users who have more than they may keep.</summary>
    /// <param name="ownerIds">The ids of the users.</param>
    /// <param name="keep">The largest number of notifications of one user.</param>
    Task TrimAsync(IReadOnlyCollection<Guid> ownerIds, int keep, CancellationToken cancellationToken);
}

/// <summary>A range of sequence numbers.</summary>
/// <param name="First">The first number.</param>
/// <param name="Last">The last number.</param>
public readonly record struct SequenceRange(long First, long Last);

/// <summary>Reads notifications in the order in which they became visible.</summary>
public interface INotificationSequence
{
    /// <summary>Returns the sequence number of a notification; null if there is none with this id.</summary>
    Task<long?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Lists the notifications after a sequence number, oldest first.</summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="after">The sequence number.</param>
    /// <param name="onlyUnread">Whether notifications that have been read are left out.</param>
    /// <param name="limit">The largest number of notifications.</param>
    Task<IReadOnlyList<Notification>> ListAfterAsync(
        Guid ownerId,
        long after,
        bool onlyUnread,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Returns the epoch of the sequence numbers, which changes when the database is restored.</summary>
    Task<long> ReadEpochAsync(CancellationToken cancellationToken);
}
