using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Push;
using FluentValidation;

namespace Fitnessify.Application.Push;

/// <summary>Where and how a device is notified: an endpoint with its keys for Web Push, or else a token.</summary>
/// <param name="Platform">The service that carries the messages.</param>
/// <param name="Endpoint">For webPush: the URL of the subscription.</param>
/// <param name="P256dh">For webPush: the public key of the subscription, in base64url.</param>
/// <param name="Auth">For webPush: the authentication secret of the subscription, in base64url.</param>
/// <param name="Token">For fcm: the registration token. For apns: the device token, in hexadecimal digits.</param>
/// <param name="Locale">The language tag (BCP 47) of texts that the server writes; null for that of the account.</param>
/// <param name="Preview">Whether messages hold the title of the task, which a locked screen may show.</param>
public sealed record DeviceInput(
    PushPlatform? Platform,
    string? Endpoint = null,
    string? P256dh = null,
    string? Auth = null,
    string? Token = null,
    string? Locale = null,
    bool Preview = false
);

internal sealed class DeviceInputValidator : RequestValidator<DeviceInput>
{
    public DeviceInputValidator()
    {
        RuleFor(input => input.Platform).NotNull();
        RuleFor(input => input.Endpoint)
            .OnlyFor(PushPlatform.WebPush)
            .MaximumLength(PushAddress.ValueMaxLength)
            .Endpoint();
        RuleFor(input => input.P256dh).OnlyFor(PushPlatform.WebPush).MaximumLength(WebPushKeys.MaxLength).PublicKey();
        RuleFor(input => input.Auth)
            .OnlyFor(PushPlatform.WebPush)
            .MaximumLength(WebPushKeys.MaxLength)
            .Base64UrlOf(WebPushKeys.AuthBytes);
        RuleFor(input => input.Token)
            .OnlyFor(PushPlatform.Fcm, PushPlatform.Apns)
            .MaximumLength(PushAddress.ValueMaxLength)
            .Token();
        RuleFor(input => input.Locale).Locale();
    }
}
