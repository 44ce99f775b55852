using Fitnessify.Application.Common;
using FluentValidation;

namespace Fitnessify.Application.Auth;

/// <summary>The shape of mailed tokens.</summary>
internal static class TokenRules
{
    // Several times as long as any that is issued.
    private const int MaxLength = 4096;

    /// <summary>Something that may be a token; whether it is one is for the use case to say.</summary>
    public static IRuleBuilderOptions<T, string?> Token<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().MaximumLength(MaxLength).PlainText();
}
