using System.Text;

namespace Fitnessify.Domain.Common;

/// <summary>Creates keys that are equal for texts that look the same.</summary>
public static class TextKeys
{
    private const char CombiningDotAbove = '\u0307';

    /// <summary>
    /// Folds a label: compatibility forms are composed (NFKC), case is folded (Unicode, 5.18), and the Turkish dotted and
    /// dotless i become I, because the language of a text is unknown.
    /// </summary>
    /// <param name="text">A text without lone surrogates.</param>
    public static string Fold(string text) => Fold(text, keepsAccents: true);

    /// <summary>Folds a text for a search: the same, without the accents of Latin, Greek and Cyrillic letters.</summary>
    /// <param name="text">A text without lone surrogates.</param>
    public static string FoldWithoutAccents(string text) => Fold(text, keepsAccents: false);

    private static string Fold(string text, bool keepsAccents)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
        {
            return text.ToUpperInvariant();
        }

        // Uppercasing each decomposed letter equals full case folding, except for the letters below.
        var folded = new StringBuilder(text.Length);
        foreach (var character in text.Normalize(NormalizationForm.FormKD).ToUpperInvariant())
        {
            if (!keepsAccents && IsAccent(character))
            {
                continue;
            }

            _ = character switch
            {
                'ß' or 'ẞ' => folded.Append("SS"),
                'և' => folded.Append("ԵՒ"),
                'ı' => folded.Append('I'),
                CombiningDotAbove when folded.Length > 0 && folded[^1] == 'I' => folded,
                _ => folded.Append(character),
            };
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    // These are the Unicode blocks of combining diacritical marks. Vowel signs and voicing marks of other scripts are not
    // accents.
    private static bool IsAccent(char character) =>
        character
            is (>= '\u0300' and <= '\u036F')
                or (>= '\u1AB0' and <= '\u1AFF')
                or (>= '\u1DC0' and <= '\u1DFF')
                or (>= '\u20D0' and <= '\u20FF');
}
