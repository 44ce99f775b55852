using System.Text.Json;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Passkeys;

/// <summary>The shape of an authenticator's answer; what is in it is for Web Authentication to judge.</summary>
internal static class PasskeyRules
{
    /// <summary>What <c>PublicKeyCredential.toJSON()</c> makes.</summary>
    public static IRuleBuilderOptions<T, JsonElement> Credential<T>(this IRuleBuilder<T, JsonElement> rule) =>
        // NotEmpty for the API document, which takes from it that the member is required.
        rule.NotEmpty()
            .Must(credential => credential.ValueKind != JsonValueKind.Null)
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("'{PropertyName}' must hold the answer of the authenticator.")
            .Must(credential => credential.ValueKind == JsonValueKind.Object)
            .WithErrorCode(FieldErrorCodes.InvalidType)
            .WithMessage("'{PropertyName}' must be an object.");
}
