using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fitnessify.Infrastructure.Push;

/// <summary>The codes of FCM's errors. Nothing else of a response is logged.</summary>
internal static class FcmErrors
{
    public const string Unregistered = "UNREGISTERED";
    public const string InvalidArgument = "INVALID_ARGUMENT";
    public const string SenderIdMismatch = "SENDER_ID_MISMATCH";

    /// <summary>The credentials of another service that FCM uses are wrong; the access token is not.</summary>
    public const string ThirdPartyAuthError = "THIRD_PARTY_AUTH_ERROR";

    // https://firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode, and those of google.rpc.Code that it does not repeat.
    private static readonly string[] Codes =
    [
        Unregistered,
        InvalidArgument,
        SenderIdMismatch,
        ThirdPartyAuthError,
        "QUOTA_EXCEEDED",
        "UNAVAILABLE",
        "INTERNAL",
        "UNAUTHENTICATED",
        "PERMISSION_DENIED",
        "NOT_FOUND",
        "RESOURCE_EXHAUSTED",
        "DEADLINE_EXCEEDED",
    ];

    /// <summary>Returns FCM's own code, or else the general one; null if the response has none that is known.</summary>
    public static string? ReadCode(ReadOnlySpan<byte> answer)
    {
        try
        {
            var error = JsonSerializer.Deserialize<Answer>(answer)?.Error;
            var details = error?.Details?.Select(detail => detail?.ErrorCode) ?? [];
            return details.Append(error?.Status).FirstOrDefault(code => Codes.Contains(code));
        }
        catch (JsonException)
        {
            // Proxies answer with pages, and a long answer is cut off.
            return null;
        }
    }

    private sealed record Answer([property: JsonPropertyName("error")] Error? Error);

    private sealed record Error(
        [property: JsonPropertyName("status")] string? Status,
        [property: JsonPropertyName("details")] Detail?[]? Details
    );

    private sealed record Detail([property: JsonPropertyName("errorCode")] string? ErrorCode);
}
