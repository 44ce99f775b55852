using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Fitnessify.Domain.Common;

/// <summary>Texts as they come out of address books, mails and web pages.</summary>
public static class PastedText
{
    private const char LeftToRightOverride = '\u202D';
    private const char RightToLeftOverride = '\u202E';

    // Letters and symbols to Unicode, but nothing is drawn: fillers of Hangul, an empty Braille pattern.
    private const string Blanks = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>One line without the marks that turn its direction, which nobody sees and address books add, and without white space around it.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? OneLine(string? text) => text is null ? null : Without(text, IsDirectionMark).Trim();

    /// <summary>The same for what need not be there: null when there is nothing to see.</summary>
    public static string? Name(string? text) => OneLine(text) is var line && IsVisible(line) ? line : null;

    /// <summary>Lines that all end in a line feed, without the marks that make a text read otherwise than it is (Unicode Technical Report 36, 2.5).</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Lines(string? text) =>
        text is null
            ? null
            : Without(text, character => character is LeftToRightOverride or RightToLeftOverride)
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace('\r', '\n');

    /// <summary>Whether there is anything to see.</summary>
    public static bool IsVisible([NotNullWhen(true)] string? text) =>
        text is not null
        && text.EnumerateRunes().Any(rune => IsDrawn(rune) && !(rune.IsBmp && Blanks.Contains((char)rune.Value)));

    /// <summary>Embeddings, overrides and isolates, and what ends them.</summary>
    public static bool IsDirectionMark(char character) =>
        character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsDrawn(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.NonSpacingMark
            );

    private static string Without(string text, Func<char, bool> isLeftOut) =>
        text.Any(isLeftOut) ? string.Concat(text.Where(character => !isLeftOut(character))) : text;
}
