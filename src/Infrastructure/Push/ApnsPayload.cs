using System.Text.Json;
using Fitnessify.Domain.Push;

namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// Writes what APNs carries (https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification): a
/// notification that the system shows without the app, which may change it before, or a silent message that wakes the app.
/// </summary>
internal static class ApnsPayload
{
    /// <summary>The largest payload that Apple accepts, in bytes.</summary>
    public const int MaxBytes = 4096;

    public static byte[] Write(PushMessage message)
    {
        Dictionary<string, object> payload = new()
        {
            ["aps"] = message.IsSilent ? new Dictionary<string, object> { ["content-available"] = 1 } : Show(message),
            ["id"] = message.Id,
            ["type"] = message.TypeName,
        };
        if (message.TaskId is { } taskId)
        {
            payload["taskId"] = taskId;
        }

        return JsonSerializer.SerializeToUtf8Bytes(payload);
    }

    private static Dictionary<string, object> Show(PushMessage message)
    {
        Dictionary<string, string> alert = new() { ["title"] = PushTexts.In(message.Locale)[message.Type] };
        if (message.Title is { } title)
        {
            alert["body"] = title;
        }

        return new()
        {
            ["alert"] = alert,
            ["sound"] = "default",
            ["mutable-content"] = 1,
            ["category"] = message.TypeName,
        };
    }
}
