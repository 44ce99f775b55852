using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Domain.Push;

/// <summary>Where messages to a device go.</summary>
/// <param name="Platform">The service.</param>
/// <param name="Value">The endpoint of a Web Push subscription, or the token that FCM or APNs gave the app.</param>
/// <param name="Keys">The keys of a Web Push subscription; null for the other services.</param>
public sealed record PushAddress(PushPlatform Platform, string Value, WebPushKeys? Keys)
{
    /// <summary>The longest endpoint or token in ASCII characters.</summary>
    public const int ValueMaxLength = 2000;

    /// <summary>The SHA-256 digest of service and value, by which one address belongs to one device.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes($"{Platform}\n{Value}"));
}

/// <summary>The keys that messages to a Web Push subscription are encrypted with (RFC 8291, 2).</summary>
/// <param name="P256dh">The public key, an uncompressed point on P-256, in base64url.</param>
/// <param name="Auth">The authentication secret in base64url.</param>
public sealed record WebPushKeys(string P256dh, string Auth)
{
    /// <summary>The length of <see cref="P256dh"/> in bytes.</summary>
    public const int P256dhBytes = 65;

    /// <summary>The length of <see cref="Auth"/> in bytes.</summary>
    public const int AuthBytes = 16;

    /// <summary>The longest text form of a key in characters, with padding.</summary>
    public const int MaxLength = 88;
}
