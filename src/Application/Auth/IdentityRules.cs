using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using FluentValidation;

namespace Fitnessify.Application.Auth;

/// <summary>The shape of what an app received from a provider.</summary>
internal static class IdentityRules
{
    // Several times as long as what providers issue.
    private const int NonceMaxLength = 256;
    private const int AuthorizationCodeMaxLength = 4096;
    private const int LinkTokenMaxLength = 8192;

    /// <summary>The name of a provider; whether it is configured is for the use case to say.</summary>
    public static IRuleBuilderOptions<T, string?> Provider<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().MaximumLength(LinkedIdentity.ProviderMaxLength).PlainText();

    /// <summary>An ID token. The body limits its length, and one that is too long is as wrong as any other.</summary>
    public static IRuleBuilderOptions<T, string?> IdToken<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().PlainText();

    /// <summary>The nonce that the app has made.</summary>
    public static IRuleBuilderOptions<T, string?> Nonce<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().MaximumLength(NonceMaxLength).PlainText();

    /// <summary>An authorization code, or null.</summary>
    public static IRuleBuilderOptions<T, string?> AuthorizationCode<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(AuthorizationCodeMaxLength).PlainText();

    /// <summary>Something that may be a link token; whether it is one is for the use case to say.</summary>
    public static IRuleBuilderOptions<T, string?> LinkToken<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().MaximumLength(LinkTokenMaxLength).PlainText();

    /// <summary>Nothing, because the link token stands for it.</summary>
    public static IRuleBuilderOptions<T, string?> NotBesideLinkToken<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Null()
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage("The link token stands for an ID token; give one of the two.");
}
