using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using FluentValidation;

namespace Fitnessify.Application.Push;

/// <summary>Rules for the addresses of devices.</summary>
internal static partial class PushRules
{
    // The first byte of an uncompressed point (SEC 1, 2.3.3).
    private const byte Uncompressed = 4;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>Requires the value for these platforms, and accepts none for others.</summary>
    public static IRuleBuilderOptions<DeviceInput, string?> OnlyFor(
        this IRuleBuilder<DeviceInput, string?> rule,
        params PushPlatform[] platforms
    ) =>
        rule.Must((input, text) => !string.IsNullOrEmpty(text) || !IsFor(input, platforms))
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("'{PropertyName}' is needed for this platform.")
            .Must((input, text) => text is null || input.Platform is null || IsFor(input, platforms))
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage("'{PropertyName}' is not for this platform; leave it out.");

    /// <summary>Accepts an absolute https or http URL without user or fragment, or null. Which hosts are allowed is configured.</summary>
    public static IRuleBuilderOptions<T, string?> Endpoint<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsEndpoint(text))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Send the endpoint of the subscription as it is.");

    /// <summary>Accepts the base64url form of so many bytes, with or without padding, or null.</summary>
    public static IRuleBuilderOptions<T, string?> Base64UrlOf<T>(this IRuleBuilder<T, string?> rule, int length) =>
        rule.Must(text => text is null || Decode(text)?.Length == length)
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage($"'{{PropertyName}}' must be {length} bytes in base64url.");

    /// <summary>Accepts the base64url form of an uncompressed point on P-256 (RFC 8291, 3.1), or null.</summary>
    public static IRuleBuilderOptions<T, string?> PublicKey<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsPoint(Decode(text)))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("'{PropertyName}' must be an uncompressed point on P-256 in base64url.");

    /// <summary>Accepts the token of a platform, or null.</summary>
    public static IRuleBuilderOptions<DeviceInput, string?> Token(this IRuleBuilder<DeviceInput, string?> rule) =>
        rule.Must(
                (input, text) =>
                    text is null || (input.Platform == PushPlatform.Apns ? ApnsToken() : FcmToken()).IsMatch(text)
            )
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("Send the token as the platform gives it; that of APNs in hexadecimal digits.");

    private static bool IsFor(DeviceInput input, PushPlatform[] platforms) =>
        input.Platform is { } platform && platforms.Contains(platform);

    private static bool IsEndpoint(string text) =>
        text.All(character => character is > ' ' and <= '~')
        && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url.UserInfo.Length + url.Fragment.Length == 0;

    private static byte[]? Decode(string text)
    {
        var trimmed = text.AsSpan().TrimEnd('=');
        // This decoder also takes white space and another padding, which not every library that encrypts messages does.
        return trimmed.ContainsAnyExcept(Alphabet) || !Base64Url.IsValid(trimmed)
            ? null
            : Base64Url.DecodeFromChars(trimmed);
    }

    private static bool IsPoint(byte[]? bytes)
    {
        if (bytes is not { Length: WebPushKeys.P256dhBytes } || bytes[0] != Uncompressed)
        {
            return false;
        }

        try
        {
            using var key = ECDiffieHellman.Create(
                new ECParameters
                {
                    Curve = ECCurve.NamedCurves.nistP256,
                    Q = new ECPoint { X = bytes[1..33], Y = bytes[33..] },
                }
            );
            return true;
        }
        catch (CryptographicException)
        {
            // The point is not on the curve.
            return false;
        }
    }

    [GeneratedRegex(@"\A(?:[0-9A-Fa-f]{2}){16,100}\z")]
    private static partial Regex ApnsToken();

    [GeneratedRegex(@"\A[A-Za-z0-9_:.-]+\z")]
    private static partial Regex FcmToken();
}
