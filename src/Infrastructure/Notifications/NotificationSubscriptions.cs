using Fitnessify.Domain.Notifications;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>Who listens at the moment, and up to where all of them have been told.</summary>
internal sealed class NotificationSubscriptions
{
    private const int MaxPerUser = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<NotificationSubscription>> _byOwner = [];
    private long _position;
    private bool _isClosed;

    /// <summary>Where in the sequence to read on; null when nobody listens.</summary>
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

    /// <summary>The sessions on whose behalf somebody listens.</summary>
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

    /// <summary>Begins to listen after this place.</summary>
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

            // Others may have been told of more since the place was read: it is read again, and each hears it only once.
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

    /// <summary>Tells everybody what came after a place.</summary>
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

            // Unless somebody has begun to listen from further back meanwhile.
            if (_position == position && notifications is [.., var last])
            {
                _position = last.Sequence;
            }
        }
    }

    /// <summary>Ends those of these sessions.</summary>
    public void Close(IReadOnlySet<Guid> sessions) => Close(subscription => sessions.Contains(subscription.SessionId));

    /// <summary>Ends all, those to come too.</summary>
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
