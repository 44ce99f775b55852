using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Domain.Notifications;

/// <summary>Tells of new notifications, of whichever instance.</summary>
public interface INotificationFeed
{
    /// <summary>Begins to listen on behalf of a session. A user who listens very often at once stops with the oldest.</summary>
    Task<INotificationSubscription> SubscribeAsync(Guid ownerId, Guid sessionId, CancellationToken cancellationToken);
}

/// <summary>Listens until it is disposed, the session ends, the server stops, or the reader has fallen far behind.</summary>
public interface INotificationSubscription : IDisposable
{
    /// <summary>The place in the sequence after which it listens.</summary>
    long StartsAfter { get; }

    /// <summary>Waits for the next.</summary>
    /// <returns>False when there will be none any more.</returns>
    ValueTask<bool> WaitAsync(CancellationToken cancellationToken);

    /// <summary>The next, each once and in the order of the sequence; false when there is none at the moment.</summary>
    bool TryRead([MaybeNullWhen(false)] out Notification notification);
}
