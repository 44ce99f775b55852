using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Fitnessify.Domain.Common;

/// <summary>Cleans texts that are pasted from address books, mails and web pages.</summary>
public static class PastedText
{
    private const char LeftToRightOverride = '\u202D';
    private const char RightToLeftOverride = '\u202E';

    // Unicode counts these as letters or symbols, but they are not visible: Hangul fillers and an empty Braille pattern.
    private const string Blanks = "\u115F\u1160\u2800\u3164\uFFA0";

    /// <summary>Returns one line without invisible direction marks, which address books add, and without surrounding white space.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? OneLine(string? text) => text is null ? null : Without(text, IsDirectionMark).Trim();

    /// <summary>Does the same for an optional text; returns null if nothing is visible.</summary>
    public static string? Name(string? text) => OneLine(text) is var line && IsVisible(line) ? line : null;

    /// <summary>
    /// Returns the lines with line feeds as ends, without the overrides that make a text read differently than it is (Unicode
    /// Technical Report 36, 2.5).
    /// </summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Lines(string? text) =>
        text is null
            ? null
            : Without(text, character => character is LeftToRightOverride or RightToLeftOverride)
                .Replace("\r\n", "\n", StringComparison.Ordinal)
                .Replace('\r', '\n');

    /// <summary>Returns whether the text has a visible character.</summary>
    public static bool IsVisible([NotNullWhen(true)] string? text) =>
        text is not null
        && text.EnumerateRunes().Any(rune => IsDrawn(rune) && !(rune.IsBmp && Blanks.Contains((char)rune.Value)));

    /// <summary>Returns whether the character is an embedding, an override, an isolate or the end of one.</summary>
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
