using Fitnessify.Domain.Notifications;

namespace Fitnessify.Domain.Push;

/// <summary>
/// Stores the messages to devices. Those of notifications need no call: every save that adds a notification also adds a message
/// to each device of its owner.
/// </summary>
public interface IPushDeliveries
{
    /// <summary>Adds a test to the unit of work. It takes the place of one that waits for the same device.</summary>
    void PutTest(PushDelivery test);

    /// <summary>
    /// Takes a notification back in the unit of work: what was not sent is removed, and the devices that may show it are told.
    /// Those of the session show it to the user who has just dealt with it, and are told nothing.
    /// </summary>
    /// <param name="notification">The notification that was read.</param>
    /// <param name="sessionId">The id of the session that has read it.</param>
    /// <param name="now">The current time in UTC.</param>
    void Dismiss(Notification notification, Guid sessionId, DateTimeOffset now);

    /// <summary>Does the same for all notifications of a user in a range of sequence numbers.</summary>
    void DismissAll(Guid ownerId, SequenceRange range, Guid sessionId, DateTimeOffset now);

    /// <summary>
    /// Makes the unsent notifications of a user due now, in the unit of work. One that may be claimed stays claimed, but can no
    /// longer be postponed for a reason from before; without a claim it is due two leases after the last change.
    /// </summary>
    void Hasten(Guid ownerId, DateTimeOffset now, TimeSpan lease);

    /// <summary>
    /// Claims messages that are due, the longest due first, and counts the attempt. No other instance gets them before the
    /// lease ends; a message is due again if its outcome is not stored by then. Dismissals are claimed only if nothing else is
    /// due: those of one user must not delay the notifications of another.
    /// </summary>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="max">The largest number of messages.</param>
    /// <param name="lease">The time of the claim; longer than sending them takes.</param>
    Task<IReadOnlyList<PushDelivery>> TakeDueAsync(
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Reads what these messages hold, by their ids, as things stand now. There is none for a device that was removed, whose
    /// session has ended, or whose owner is disabled.
    /// </summary>
    Task<IReadOnlyDictionary<Guid, PushContent>> ReadAsync(
        IReadOnlyList<PushDelivery> deliveries,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Stores the outcome of claimed messages at once and together. A message whose notification was read meanwhile has become
    /// a dismissal, which is then due. One that is postponed, but was hastened since the claim, is due now instead.
    /// </summary>
    /// <param name="deliveries">The messages after their attempts.</param>
    /// <param name="dead">The devices that do not exist any more; one that was put again meanwhile stays.</param>
    /// <param name="now">The current time in UTC.</param>
    Task StoreAsync(
        IReadOnlyList<PushDelivery> deliveries,
        IReadOnlyList<Device> dead,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );
}

/// <summary>What a message holds, and whether it may go.</summary>
/// <param name="Device">The device.</param>
/// <param name="Settings">How the owner wants to be notified.</param>
/// <param name="Locale">The language of the account.</param>
/// <param name="TimeZone">The time zone of the account.</param>
/// <param name="Notification">The notification; null if there is none.</param>
/// <param name="IsOpen">Whether the notification is unread, and its task is open and still due when it was.</param>
public sealed record PushContent(
    Device Device,
    NotificationSettings Settings,
    string Locale,
    string TimeZone,
    Notification? Notification,
    bool IsOpen
);
