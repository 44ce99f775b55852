namespace Fitnessify.Application.Push;

/// <summary>What an app can register for.</summary>
/// <param name="WebPushPublicKey">
/// The key to subscribe with in a browser (RFC 8292), an uncompressed point on P-256 in base64url; null if there is no Web Push.
/// </param>
/// <param name="Fcm">Whether tokens of Firebase Cloud Messaging are accepted.</param>
/// <param name="Apns">Whether tokens of the Apple Push Notification service are accepted.</param>
public sealed record PushConfigDto(string? WebPushPublicKey, bool Fcm, bool Apns);
