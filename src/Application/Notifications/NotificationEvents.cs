using System.Globalization;
using System.Text.Json;

namespace Fitnessify.Application.Notifications;

/// <summary>What happens from now on, as long as the session lives.</summary>
/// <param name="Stream">To be read once.</param>
public sealed record NotificationEvents(IAsyncEnumerable<NotificationEvent> Stream);

/// <summary>Something in the stream.</summary>
/// <param name="Name">ready, heartbeat, or the type of the notification.</param>
/// <param name="Notification">Null but for notifications.</param>
/// <param name="Id">Where to go on after it; null but for notifications.</param>
public sealed record NotificationEvent(string Name, NotificationDto? Notification, NotificationEventId? Id = null)
{
    /// <summary>The stream has begun.</summary>
    public static NotificationEvent Ready { get; } = new("ready", null);

    /// <summary>The stream is alive.</summary>
    public static NotificationEvent Heartbeat { get; } = new("heartbeat", null);

    /// <summary>A notification.</summary>
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

/// <summary>Names an event of the stream: the notification, and the generation of numbers in which it was told.</summary>
/// <param name="Epoch">Another one after a restore of the database; null when somebody has sent the notification's id alone.</param>
/// <param name="NotificationId">The notification.</param>
public sealed record NotificationEventId(long? Epoch, Guid NotificationId)
{
    private const char Separator = '.';

    /// <summary>Reads what <see cref="ToString"/> writes, and the notification's id alone; null when it is something else.</summary>
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
