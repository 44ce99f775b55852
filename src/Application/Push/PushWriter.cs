using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Push;

/// <summary>Decides whether a message still goes, and what it holds.</summary>
internal static class PushWriter
{
    /// <summary>Returns the message to send now; null if it was dropped or postponed.</summary>
    /// <param name="delivery">The claimed delivery.</param>
    /// <param name="content">What it holds; null if the device is gone.</param>
    /// <param name="now">The current time in UTC.</param>
    public static PushMessage? Write(PushDelivery delivery, PushContent? content, DateTimeOffset now)
    {
        if (content is null || now >= delivery.ExpiresAt)
        {
            delivery.Drop();
            return null;
        }

        var message = delivery.Kind switch
        {
            PushKind.Notification => WriteNotification(delivery, content),
            PushKind.Dismissal => WriteDismissal(delivery, content),
            PushKind.Test => Message(delivery, content, PushMessageType.Test, null, null),
            _ => throw new ArgumentOutOfRangeException(nameof(delivery)),
        };
        if (message is null)
        {
            delivery.Drop();
            return null;
        }

        var allowedAt = delivery.Kind == PushKind.Notification ? AllowedAt(content, now) : now;
        if (allowedAt > now)
        {
            delivery.Postpone(allowedAt);
            return null;
        }

        return message;
    }

    private static DateTimeOffset AllowedAt(PushContent content, DateTimeOffset now) =>
        content.Settings.AllowedAt(now, TimeZoneExtensions.FindOrUtc(content.TimeZone));

    private static PushMessage? WriteNotification(PushDelivery delivery, PushContent content) =>
        content is { Settings.Push: true, IsOpen: true, Notification: { } notification }
            ? Message(
                delivery,
                content,
                notification.Type switch
                {
                    NotificationType.TaskOverdue => PushMessageType.TaskOverdue,
                    NotificationType.TaskReminder => PushMessageType.TaskReminder,
                    _ => throw new ArgumentOutOfRangeException(nameof(content)),
                },
                notification.TaskId,
                content.Device.Preview ? notification.Title : null
            )
            : null;

    private static PushMessage? WriteDismissal(PushDelivery delivery, PushContent content) =>
        content is { Device.AcceptsSilentMessages: true }
            ? Message(delivery, content, PushMessageType.Dismiss, content.Notification?.TaskId, null)
            : null;

    private static PushMessage Message(
        PushDelivery delivery,
        PushContent content,
        PushMessageType type,
        Guid? taskId,
        string? title
    ) => new(delivery.MessageId, type, taskId, title, content.Device.Locale ?? content.Locale, delivery.ExpiresAt);
}
