using Fitnessify.Domain.Notifications;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>The current subscriptions, and the sequence number up to which all of them are served.</summary>
internal sealed class NotificationSubscriptions
{
    private const int MaxPerUser = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<NotificationSubscription>> _byOwner = [];
    private long _position;
    private bool _isClosed;

    /// <summary>The sequence number after which to read; null without subscriptions.</summary>
    public long? Position
    {
        get
        {
            lock (_lock)
            {
                return _byOwner.Count == 0 ? null : _position;
            }
        }
    }

    /// <summary>The sessions of the subscriptions.</summary>
    public IReadOnlyCollection<Guid> Sessions
    {
        get
        {
            lock (_lock)
            {
                return [.. _byOwner.Values.SelectMany(owned => owned).Select(of => of.SessionId).Distinct()];
            }
        }
    }

    /// <summary>Adds a subscription that starts after this sequence number.</summary>
    public INotificationSubscription Add(Guid ownerId, Guid sessionId, long startsAfter)
    {
        var subscription = new NotificationSubscription(Remove, ownerId, sessionId, startsAfter);
        lock (_lock)
        {
            if (_isClosed)
            {
                subscription.End();
                return subscription;
            }

            // The others may be served beyond this number already. The notifications are read again, and each subscription
            // skips the ones that it had.
            _position = _byOwner.Count == 0 ? startsAfter : Math.Min(_position, startsAfter);
            if (!_byOwner.TryGetValue(ownerId, out var owned))
            {
                _byOwner[ownerId] = owned = [];
            }

            owned.Add(subscription);
            if (owned.Count > MaxPerUser)
            {
                owned[0].End();
                owned.RemoveAt(0);
            }
        }

        return subscription;
    }

    /// <summary>Queues the notifications that follow a sequence number in the subscriptions of their owners.</summary>
    public void Publish(long position, IReadOnlyList<Notification> notifications)
    {
        lock (_lock)
        {
            foreach (var notification in notifications)
            {
                foreach (var subscription in _byOwner.GetValueOrDefault(notification.OwnerId, []))
                {
                    subscription.Tell(notification);
                }
            }

            // The position stays if a subscription with an earlier start was added meanwhile.
            if (_position == position && notifications is [.., var last])
            {
                _position = last.Sequence;
            }
        }
    }

    /// <summary>Closes the subscriptions of these sessions.</summary>
    public void Close(IReadOnlySet<Guid> sessions) => Close(subscription => sessions.Contains(subscription.SessionId));

    /// <summary>Closes all subscriptions, and every later one at once.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        Close(_ => true);
    }

    private void Close(Func<NotificationSubscription, bool> isMeant)
    {
        lock (_lock)
        {
            foreach (var subscription in _byOwner.Values.SelectMany(owned => owned).Where(isMeant))
            {
                subscription.End();
            }
        }
    }

    private void Remove(NotificationSubscription subscription)
    {
        lock (_lock)
        {
            if (
                _byOwner.TryGetValue(subscription.OwnerId, out var owned)
                && owned.Remove(subscription)
                && owned.Count == 0
            )
            {
                _byOwner.Remove(subscription.OwnerId);
            }
        }
    }
}
