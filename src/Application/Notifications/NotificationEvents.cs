using System.Globalization;
using System.Text.Json;

namespace Fitnessify.Application.Notifications;

/// <summary>The events of a notification stream, which ends with the session.</summary>
/// <param name="Stream">The events, which can be enumerated once.</param>
public sealed record NotificationEvents(IAsyncEnumerable<NotificationEvent> Stream);

/// <summary>An event of the stream.</summary>
/// <param name="Name">The name: ready, heartbeat, or the type of the notification.</param>
/// <param name="Notification">The notification; null for other events.</param>
/// <param name="Id">The id from which a client can resume; null for other events.</param>
public sealed record NotificationEvent(string Name, NotificationDto? Notification, NotificationEventId? Id = null)
{
    /// <summary>The first event of a stream.</summary>
    public static NotificationEvent Ready { get; } = new("ready", null);

    /// <summary>The event that keeps an idle connection open.</summary>
    public static NotificationEvent Heartbeat { get; } = new("heartbeat", null);

    /// <summary>Creates the event of a notification.</summary>
    public static NotificationEvent Of(NotificationDto notification, long epoch)
    {
        ArgumentNullException.ThrowIfNull(notification);
        return new(
            JsonNamingPolicy.CamelCase.ConvertName(notification.Type.ToString()),
            notification,
            new NotificationEventId(epoch, notification.Id)
        );
    }
}

/// <summary>The id of an event: the id of the notification, and the epoch in which it was sent.</summary>
/// <param name="Epoch">
/// The epoch, which changes when the database is restored; null if the client sent only the id of the notification.
/// </param>
/// <param name="NotificationId">The id of the notification.</param>
public sealed record NotificationEventId(long? Epoch, Guid NotificationId)
{
    private const char Separator = '.';

    /// <summary>Parses the format of <see cref="ToString"/>, and the id of a notification alone; returns null for any other text.</summary>
    public static NotificationEventId? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(Separator);
        return parts.Length > 2 || !Guid.TryParse(parts[^1], out var id) ? null
            : parts.Length == 1 ? new(null, id)
            : ulong.TryParse(parts[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var epoch)
                ? new(unchecked((long)epoch), id)
            : null;
    }

    /// <inheritdoc />
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{unchecked((ulong?)Epoch):x}{Separator}{NotificationId}");
}
