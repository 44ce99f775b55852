using System.Collections.Frozen;
using System.Text.Json;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Common;

/// <summary>Rules for text of any kind.</summary>
internal static class TextRules
{
    private const string Multiline = "\n\t\u202A\u202B\u202C\u2066\u2067\u2068\u2069";

    /// <summary>
    /// No control character, nothing that is no character at all, and none of the marks that turn the direction of the
    /// text around and so make it read otherwise than it is (Unicode Technical Report 36, 2.5). What people paste has lost them.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsPlain(text))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("'{PropertyName}' must not hold control characters, lone surrogates or marks of direction.");

    /// <summary>The same, but with line breaks, tabs, and what keeps texts of two directions in order.</summary>
    public static IRuleBuilderOptions<T, string?> MultilineText<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsPlain(text, Multiline))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("'{PropertyName}' must not hold control characters but newline and tab, or lone surrogates.");

    /// <summary>The wire name of a member of an enumeration.</summary>
    public static IRuleBuilderOptions<T, string> NameOf<T, TEnum>(this IRuleBuilder<T, string> rule)
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToFrozenSet();
        return rule.Must(names.Contains)
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage($"Use one of {string.Join(", ", names.Order())}.");
    }

    /// <summary>What <see cref="PlainText{T}"/> asks for.</summary>
    public static bool IsPlain(string text) => IsPlain(text, allowed: "");

    private static bool IsPlain(string text, string allowed)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (char.IsHighSurrogate(character) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (allowed.Contains(character, StringComparison.Ordinal))
            {
                continue;
            }
            else if (IsNoCharacter(character) || char.IsControl(character) || PastedText.IsDirectionMark(character))
            {
                return false;
            }
        }

        return true;
    }

    // Half of a surrogate pair, or a swapped byte order mark: string.Normalize throws at both.
    private static bool IsNoCharacter(char character) => char.IsSurrogate(character) || character == '\uFFFE';
}
