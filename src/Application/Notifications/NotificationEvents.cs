using System.Text.Json;

namespace Fitnessify.Application.Notifications;

/// <summary>What happens from now on, as long as the session lives.</summary>
/// <param name="Stream">To be read once.</param>
public sealed record NotificationEvents(IAsyncEnumerable<NotificationEvent> Stream);

/// <summary>Something in the stream.</summary>
/// <param name="Name">ready, heartbeat, or the type of the notification.</param>
/// <param name="Notification">Null but for notifications.</param>
public sealed record NotificationEvent(string Name, NotificationDto? Notification)
{
    /// <summary>The stream has begun.</summary>
    public static NotificationEvent Ready { get; } = new("ready", null);

    /// <summary>The stream is alive.</summary>
    public static NotificationEvent Heartbeat { get; } = new("heartbeat", null);

    /// <summary>A notification.</summary>
    public static NotificationEvent Of(NotificationDto notification)
    {
        ArgumentNullException.ThrowIfNull(notification);
        return new(JsonNamingPolicy.CamelCase.ConvertName(notification.Type.ToString()), notification);
    }
}
