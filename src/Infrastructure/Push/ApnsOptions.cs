namespace Fitnessify.Infrastructure.Push;

/// <summary>Section <c>Push:Apns</c>: Apple's push service, for apps on iOS. All of it but the URL is set, or nothing.</summary>
internal sealed class ApnsOptions
{
    /// <summary>The file of a key for Apple's push service (<c>.p8</c>); without it, APNs is off.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Apple's identifier of the key.</summary>
    public string? KeyId { get; init; }

    /// <summary>Apple's identifier of the developer team that owns the key.</summary>
    public string? TeamId { get; init; }

    /// <summary>The bundle id of the app.</summary>
    public string? Topic { get; init; }

    /// <summary>The service; <c>https://api.sandbox.push.apple.com</c> for development builds, or http for a double on this machine.</summary>
    public string Url { get; init; } = "https://api.push.apple.com";
}
