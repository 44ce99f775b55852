using System.Collections.Frozen;
using System.Text.Json;
using Fitnessify.Domain.Common;
using FluentValidation;

namespace Fitnessify.Application.Common;

/// <summary>Rules for texts of any kind.</summary>
internal static class TextRules
{
    private const string Multiline = "\n\t\u202A\u202B\u202C\u2066\u2067\u2068\u2069";

    /// <summary>
    /// Accepts text without control characters, lone surrogates, and the direction marks that let a text be displayed
    /// differently than it is stored (Unicode Technical Report 36, 2.5). <see cref="PastedText"/> has removed the latter from
    /// pasted text.
    /// </summary>
    public static IRuleBuilderOptions<T, string?> PlainText<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsPlain(text))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("'{PropertyName}' must not hold control characters, lone surrogates or marks of direction.");

    /// <summary>Accepts plain text with at least one visible character and at most so many UTF-16 units.</summary>
    public static IRuleBuilderOptions<T, string?> VisibleText<T>(this IRuleBuilder<T, string?> rule, int maxLength) =>
        rule.NotEmpty()
            .Must(PastedText.IsVisible)
            .WithErrorCode(FieldErrorCodes.Required)
            .WithMessage("'{PropertyName}' needs something that can be seen.")
            .MaximumLength(maxLength)
            .PlainText();

    /// <summary>Accepts the place of an item among others, or null.</summary>
    public static IRuleBuilderOptions<T, string?> Position<T>(this IRuleBuilder<T, string?> rule) =>
        rule.MaximumLength(Positions.MaxLength)
            .Matches(Positions.Pattern)
            .WithMessage($"A position is 1 to {Positions.MaxLength} of 0-9A-Za-z and does not end in 0.");

    /// <summary>Accepts the same as <see cref="PlainText{T}"/>, line breaks, tabs and the direction marks of bidirectional texts.</summary>
    public static IRuleBuilderOptions<T, string?> MultilineText<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || IsPlain(text, Multiline))
            .WithErrorCode(FieldErrorCodes.InvalidFormat)
            .WithMessage("'{PropertyName}' must not hold control characters but newline and tab, or lone surrogates.");

    /// <summary>Accepts the wire names of an enumeration.</summary>
    public static IRuleBuilderOptions<T, string> NameOf<T, TEnum>(this IRuleBuilder<T, string> rule)
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>().Select(JsonNamingPolicy.CamelCase.ConvertName).ToFrozenSet();
        return rule.Must(names.Contains)
            .WithErrorCode(FieldErrorCodes.NotAllowed)
            .WithMessage($"Use one of {string.Join(", ", names.Order())}.");
    }

    /// <summary>Returns whether <see cref="PlainText{T}"/> accepts the text.</summary>
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
            else if (IsNonCharacter(character) || char.IsControl(character) || PastedText.IsDirectionMark(character))
            {
                return false;
            }
        }

        return true;
    }

    // These are lone surrogates and the swapped byte order mark; string.Normalize throws an exception for them.
    private static bool IsNonCharacter(char character) => char.IsSurrogate(character) || character == '\uFFFE';
}
