using System.Text;

namespace Fitnessify.Domain.Common;

/// <summary>Keys under which texts that look the same are the same.</summary>
public static class TextKeys
{
    private const char CombiningDotAbove = '\u0307';

    /// <summary>
    /// For labels: compatibility forms composed (NFKC), in any case (full case folding of Unicode, 5.18), and the Turkish letters
    /// dotted I and dotless i as I, because nobody's language is known.
    /// </summary>
    /// <param name="text">Without lone surrogates.</param>
    public static string Fold(string text) => Fold(text, keepsAccents: true);

    /// <summary>For a search: the same without the accents of Latin, Greek and Cyrillic letters.</summary>
    /// <param name="text">Without lone surrogates.</param>
    public static string FoldWithoutAccents(string text) => Fold(text, keepsAccents: false);

    private static string Fold(string text, bool keepsAccents)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text))
        {
            return text.ToUpperInvariant();
        }

        // Of what is taken apart, capitals letter by letter are all that full case folding asks for, but for these.
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

    // The blocks of Unicode for combining diacritical marks. Vowel signs and voicing marks of other scripts are no accents.
    private static bool IsAccent(char character) =>
        character
            is (>= '\u0300' and <= '\u036F')
                or (>= '\u1AB0' and <= '\u1AFF')
                or (>= '\u1DC0' and <= '\u1DFF')
                or (>= '\u20D0' and <= '\u20FF');
}
