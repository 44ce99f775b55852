namespace Fitnessify.Infrastructure.Push;

/// <summary>Section <c>Push:Fcm</c>: Firebase Cloud Messaging, for apps on Android.</summary>
internal sealed class FcmOptions
{
    /// <summary>The file of a service account that may send messages (JSON, from the console of Firebase); without it, FCM is off.</summary>
    public string? ServiceAccountPath { get; init; }

    /// <summary>The service: https, or http for a double on this machine.</summary>
    public string Url { get; init; } = "https://fcm.googleapis.com";
}
