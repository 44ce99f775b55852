using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>One who listens.</summary>
internal sealed class NotificationSubscription(
    Action<NotificationSubscription> remove,
    Guid ownerId,
    Guid sessionId,
    long startsAfter
) : INotificationSubscription
{
    // A reader who is that far behind has gone, or will be back and resume.
    private const int MaxWaiting = 1000;

    private readonly Channel<Notification> _waiting = Channel.CreateBounded<Notification>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true }
    );

    private long? _toldThrough;

    public Guid OwnerId => ownerId;

    public Guid SessionId => sessionId;

    public long StartsAfter { get; } = startsAfter;

    /// <summary>Tells what has not been told; ends when too much waits already.</summary>
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

    /// <summary>After what is waiting there will be none any more.</summary>
    public void End() => _waiting.Writer.TryComplete();

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        _waiting.Reader.WaitToReadAsync(cancellationToken);

    public bool TryRead([MaybeNullWhen(false)] out Notification notification) =>
        _waiting.Reader.TryRead(out notification);

    public void Dispose() => remove(this);
}
