namespace Fitnessify.Domain.Push;

/// <summary>The service that carries a message to a device.</summary>
public enum PushPlatform
{
    /// <summary>Web Push (RFC 8030): browsers, installed web apps, and UnifiedPush on Android.</summary>
    WebPush,

    /// <summary>Firebase Cloud Messaging.</summary>
    Fcm,

    /// <summary>Apple Push Notification service.</summary>
    Apns,
}
