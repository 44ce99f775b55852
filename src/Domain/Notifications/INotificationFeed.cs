using System.Diagnostics.CodeAnalysis;

namespace Fitnessify.Domain.Notifications;

/// <summary>Delivers new notifications of all instances as they appear.</summary>
public interface INotificationFeed
{
    /// <summary>Subscribes a session to its user's notifications. If the user has too many subscriptions, the oldest one ends.</summary>
    Task<INotificationSubscription> SubscribeAsync(Guid ownerId, Guid sessionId, CancellationToken cancellationToken);
}

/// <summary>
/// A subscription that ends when it is disposed, the session ends, the server stops, or the reader has fallen too far behind.
/// </summary>
public interface INotificationSubscription : IDisposable
{
    /// <summary>The sequence number after which the subscription starts.</summary>
    long StartsAfter { get; }

    /// <summary>Waits for the next notification.</summary>
    /// <returns>False if the subscription has ended.</returns>
    ValueTask<bool> WaitAsync(CancellationToken cancellationToken);

    /// <summary>Returns the next notification, each once and in sequence; false if there is none at the moment.</summary>
    bool TryRead([MaybeNullWhen(false)] out Notification notification);
}
