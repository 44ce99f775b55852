using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fitnessify.Domain.Push;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Why Apple has not accepted a message.</summary>
/// <param name="Reason">Apple's code, or null if there is none that is known.</param>
/// <param name="Effect">What follows from the code.</param>
/// <param name="InvalidSince">The time in UTC since when the token of the device is known to be invalid, or null.</param>
internal sealed record ApnsRefusal(string? Reason, PushOutcomeKind Effect, DateTimeOffset? InvalidSince);

/// <summary>
/// Apple's codes and what follows from them
/// (https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns). Nothing else of a
/// response is logged.
/// </summary>
internal static class ApnsReasons
{
    public const string ExpiredProviderToken = nameof(ExpiredProviderToken);
    public const string InvalidProviderToken = nameof(InvalidProviderToken);

    // The end of the year 9999.
    private const long MaxMilliseconds = 253_402_300_799_999;

    private static readonly FrozenDictionary<string, PushOutcomeKind> Effects = new (
        PushOutcomeKind Effect,
        string[] Reasons
    )[]
    {
        (PushOutcomeKind.Dead, ["BadDeviceToken", "ExpiredToken", "Unregistered"]),
        (
            PushOutcomeKind.Refused,
            [
                "BadCollapseId",
                "BadExpirationDate",
                "BadMessageId",
                "BadPriority",
                "BadTopic",
                "DeviceTokenNotForTopic",
                "DuplicateHeaders",
                "InvalidPushType",
                "MissingDeviceToken",
                "MissingTopic",
                "PayloadEmpty",
                "PayloadTooLarge",
                "TopicDisallowed",
            ]
        ),
        (
            PushOutcomeKind.Failed,
            [
                ExpiredProviderToken,
                InvalidProviderToken,
                "BadCertificate",
                "BadCertificateEnvironment",
                "BadEnvironmentKeyIdInToken",
                "BadPath",
                "Forbidden",
                "IdleTimeout",
                "InternalServerError",
                "MethodNotAllowed",
                "MissingProviderToken",
                "ServiceUnavailable",
                "Shutdown",
                "TooManyProviderTokenUpdates",
                "TooManyRequests",
                "UnrelatedKeyIdInToken",
            ]
        ),
    }
        .SelectMany(group => group.Reasons, (group, reason) => KeyValuePair.Create(reason, group.Effect))
        .ToFrozenDictionary();

    private static readonly ApnsRefusal Unknown = new(null, PushOutcomeKind.Failed, null);

    public static ApnsRefusal Read(ReadOnlySpan<byte> answer)
    {
        try
        {
            return
                JsonSerializer.Deserialize<Answer>(answer) is { Reason: { } reason } read
                && Effects.TryGetValue(reason, out var effect)
                ? new ApnsRefusal(reason, effect, ReadTime(read.Timestamp))
                : Unknown;
        }
        catch (JsonException)
        {
            // Proxies answer with pages, and a long answer is cut off.
            return Unknown;
        }
    }

    private static DateTimeOffset? ReadTime(long? milliseconds) =>
        milliseconds is >= 0 and <= MaxMilliseconds
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.Value)
            : null;

    private sealed record Answer(
        [property: JsonPropertyName("reason")] string? Reason,
        [property: JsonPropertyName("timestamp")] long? Timestamp
    );
}
