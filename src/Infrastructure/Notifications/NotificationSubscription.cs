using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>A subscription with a queue of undelivered notifications.</summary>
internal sealed class NotificationSubscription(
    Action<NotificationSubscription> remove,
    Guid ownerId,
    Guid sessionId,
    long startsAfter
) : INotificationSubscription
{
    // A reader so far behind is disconnected, or will reconnect and resume.
    private const int MaxWaiting = 1000;

    private readonly Channel<Notification> _waiting = Channel.CreateBounded<Notification>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true }
    );

    private long? _toldThrough;

    public Guid OwnerId => ownerId;

    public Guid SessionId => sessionId;

    public long StartsAfter { get; } = startsAfter;

    /// <summary>Queues the notification, unless it was queued before; ends the subscription if the queue is full.</summary>
    public void Tell(Notification notification)
    {
        if (notification.Sequence <= (_toldThrough ?? StartsAfter))
        {
            return;
        }

        _toldThrough = notification.Sequence;
        if (!_waiting.Writer.TryWrite(notification))
        {
            End();
        }
    }

    /// <summary>Ends the subscription after the queued notifications.</summary>
    public void End() => _waiting.Writer.TryComplete();

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        _waiting.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead([MaybeNullWhen(false)] out Notification notification) =>
        _waiting.Reader.TryRead(out notification);

    public void Dispose() => remove(this);
}
