using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Fitnessify.Testing;

/// <summary>
/// A request to Apple's push service and Apple's rules for it
/// (https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns).
/// </summary>
internal sealed class TestApnsRequest(string device, IHeaderDictionary headers, byte[] body)
{
    private const int MaxPayloadBytes = 4096;
    private const int MaxCollapseIdBytes = 64;

    private JsonElement _payload;

    public string? Header(string name) => headers.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>Returns why Apple would not accept it, or null.</summary>
    public TestPushFault? Refuse(string topic, DateTimeOffset now)
    {
        var (status, reason) =
            device.Length == 0 || !device.All(char.IsAsciiHexDigit) ? (400, "BadDeviceToken")
            : Header("apns-topic") is not { } sent ? (400, "MissingTopic")
            : sent != topic ? (400, "DeviceTokenNotForTopic")
            : Header("apns-push-type") is not ("alert" or "background") ? (400, "InvalidPushType")
            : !HasPriority() ? (400, "BadPriority")
            : !HasExpiration(now) ? (400, "BadExpirationDate")
            : Encoding.UTF8.GetByteCount(Header("apns-collapse-id") ?? "") > MaxCollapseIdBytes ? (400, "BadCollapseId")
            : Header("apns-id") is { } id && !Guid.TryParseExact(id, "D", out _) ? (400, "BadMessageId")
            : body.Length == 0 ? (400, "PayloadEmpty")
            : body.Length > MaxPayloadBytes ? (413, "PayloadTooLarge")
            // Apple accepts such a payload and shows nothing.
            : !TryParse() ? (400, "InvalidPushType")
            : (200, "");
        return status == 200 ? null : TestApns.Error(status, reason);
    }

    /// <summary>Returns the message of a request that is not refused.</summary>
    public PushedMessage Read() =>
        new(
            device,
            _payload.GetProperty("id").GetString()!,
            _payload.GetProperty("type").GetString()!,
            _payload.TryGetProperty("taskId", out var taskId) ? taskId.GetString() : null,
            _payload.GetProperty("aps").TryGetProperty("alert", out var alert)
            && alert.TryGetProperty("body", out var title)
                ? title.GetString()
                : null,
            Header("apns-collapse-id") ?? "",
            _payload,
            headers.ToDictionary(header => header.Key, header => header.Value.ToString())
        );

    // A message in the background must not have the priority of one that is shown.
    private bool HasPriority() =>
        (Header("apns-push-type"), Header("apns-priority")) is ("alert", "10" or "5") or ("background", "5");

    private bool HasExpiration(DateTimeOffset now) =>
        long.TryParse(Header("apns-expiration"), NumberStyles.None, CultureInfo.InvariantCulture, out var expiration)
        && expiration > now.ToUnixTimeSeconds();

    private bool TryParse()
    {
        try
        {
            _payload = JsonSerializer.Deserialize<JsonElement>(body);
            var aps = _payload.GetProperty("aps");
            var isSilent = !aps.TryGetProperty("alert", out _);
            return isSilent == (Header("apns-push-type") == "background")
                && isSilent == (aps.TryGetProperty("content-available", out var flag) && flag.GetInt32() == 1)
                && isSilent != aps.TryGetProperty("sound", out _);
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
