using System.Text.RegularExpressions;
using Fitnessify.Application.Common;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Accounts;

/// <summary>The shape of codes.</summary>
internal static partial class MfaCodeRules
{
    // Several times as long as any that is issued.
    private const int RecoveryCodeMaxLength = 64;

    /// <summary>Six digits, as an authenticator app shows them.</summary>
    public static IRuleBuilderOptions<T, string?> Code<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches(CodePattern()).WithMessage("A code has six digits.");

    /// <summary>Something that may be a recovery code; whether it is one is for the use case to say.</summary>
    public static IRuleBuilderOptions<T, string?> RecoveryCode<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(RecoveryCodeMaxLength).PlainText();

    /// <summary>Something, unless there is the other.</summary>
    public static IRuleBuilderOptions<T, string?> GivenUnless<T>(
        this IRuleBuilder<T, string?> rule,
        Func<T, string?> other
    ) =>
        rule.Must((request, value) => !string.IsNullOrWhiteSpace(value) || !string.IsNullOrWhiteSpace(other(request)))
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("Give a code or a recovery code.");

    /// <summary>Nothing, when there is the other.</summary>
    public static IRuleBuilderOptions<T, string?> NotBeside<T>(
        this IRuleBuilder<T, string?> rule,
        Func<T, string?> other
    ) =>
        rule.Must((request, value) => value is null || string.IsNullOrWhiteSpace(other(request)))
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage("Give a code or a recovery code, not both.");

    [GeneratedRegex(@"\A[0-9]{6}\z")]
    private static partial Regex CodePattern();
}
