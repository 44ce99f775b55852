using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Domain.Push;

/// <summary>What a delivery is for.</summary>
public enum PushKind
{
    /// <summary>It shows a notification.</summary>
    Notification,

    /// <summary>It takes back a notification that was read, completed or snoozed elsewhere.</summary>
    Dismissal,

    /// <summary>It shows the user that messages arrive.</summary>
    Test,
}

/// <summary>
/// A message to one device. That of a notification is stored in the transaction of the notification, and a job sends it. After
/// it was sent it stays for <see cref="DaysKept"/> days, or until the notification is read, so that the device can be told.
/// </summary>
public sealed class PushDelivery : ILeased
{
    /// <summary>The largest number of notifications that wait for one device. Those beyond it are not pushed.</summary>
    public const int MaxWaiting = 100;

    /// <summary>The days for which it is known what a device shows. Later, a notification that is read stays there.</summary>
    public const int DaysKept = 7;

    /// <summary>The age from which a message is not sent any more.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>The time for which an instance claims a message, three times the time limit of an attempt.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));

    // So many messages to a device at once are as many as a person can look at; the next ones give way to those of other users.
    private const int Burst = 10;

    private PushDelivery() { }

    /// <inheritdoc />
    public Guid Id { get; private init; }

    /// <summary>The id of the user who owns the device.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>The id of the device.</summary>
    public Guid DeviceId { get; private init; }

    /// <summary>The id of the notification, or of a test; a device shows a second message with the same id in place of the first.</summary>
    public Guid MessageId { get; private init; }

    /// <summary>What the message is for.</summary>
    public PushKind Kind { get; private init; }

    /// <summary>The time in UTC from which the lifetime counts.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <inheritdoc />
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>
    /// The number of attempts that were begun. The database counts one with the lease, so that zero means that nothing was sent;
    /// a claimed message has the number from before its claim.
    /// </summary>
    public int Attempts { get; private set; }

    /// <summary>The end of the lease in which the message was postponed; null if it was not postponed.</summary>
    public DateTimeOffset? PostponedFrom { get; private set; }

    /// <summary>The time in UTC at which the service has accepted the message; null while it is to be sent.</summary>
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Whether nothing is to be done any more, so that the row is deleted.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The time in UTC from which the message is of no use any more.</summary>
    public DateTimeOffset ExpiresAt => CreatedAt + Lifetime;

    /// <summary>Creates the message of a notification.</summary>
    /// <param name="notification">The notification.</param>
    /// <param name="deviceId">The id of the device.</param>
    /// <param name="position">How many messages to the same device come before it.</param>
    public static PushDelivery Of(Notification notification, Guid deviceId, int position)
    {
        ArgumentNullException.ThrowIfNull(notification);
        return Create(
            notification.OwnerId,
            deviceId,
            notification.Id,
            PushKind.Notification,
            notification.CreatedAt,
            TimeSpan.FromSeconds(position / Burst)
        );
    }

    /// <summary>Creates a test.</summary>
    public static PushDelivery Test(Device device, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Create(device.OwnerId, device.Id, Guid.CreateVersion7(now), PushKind.Test, now, TimeSpan.Zero);
    }

    /// <inheritdoc />
    public void Claim(DateTimeOffset until) => NextAttemptAt = until;

    /// <summary>Records that the service has accepted the message.</summary>
    public void Sent(DateTimeOffset now)
    {
        SentAt = now;
        IsFinished = Kind != PushKind.Notification;
    }

    /// <summary>Records that there is nothing to send any more.</summary>
    public void Drop() => IsFinished = true;

    /// <summary>Postpones the claimed message; this is no attempt.</summary>
    public void Postpone(DateTimeOffset until) => (PostponedFrom, NextAttemptAt) = (NextAttemptAt, until);

    /// <summary>Records a failed attempt. The pause grows with each one, and a message that is too old by then is dropped.</summary>
    /// <param name="retryAfter">The pause that the service asks for; null if it asks for none.</param>
    /// <param name="now">The current time in UTC.</param>
    public void Failed(TimeSpan? retryAfter, DateTimeOffset now)
    {
        Attempts++;
        var pause = Pauses.After(Attempts);
        if (retryAfter > pause)
        {
            // A service may ask for a pause that no date could hold.
            pause = retryAfter < Lifetime ? retryAfter.Value : Lifetime;
        }

        NextAttemptAt = now + pause;
        IsFinished = NextAttemptAt >= ExpiresAt;
    }

    private static PushDelivery Create(
        Guid ownerId,
        Guid deviceId,
        Guid messageId,
        PushKind kind,
        DateTimeOffset now,
        TimeSpan delay
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = ownerId,
            DeviceId = deviceId,
            MessageId = messageId,
            Kind = kind,
            CreatedAt = now,
            NextAttemptAt = now + delay,
        };
}
