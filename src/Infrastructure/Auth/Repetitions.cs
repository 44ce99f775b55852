using System.Text;

namespace Fitnessify.Infrastructure.Auth;

/// <summary>
/// Takes repetitions out of a text: whoever guesses <c>ab</c> guesses <c>abababab</c> next. The port of zxcvbn finds only
/// single characters that repeat; its reference finds what is repeated, and so does this.
/// </summary>
internal static class Repetitions
{
    // Shorter ones, as in "book", are part of words.
    private const int ShortestRun = 3;

    /// <summary>The text with each run of the same thing replaced by that thing, and the guesses that how often takes.</summary>
    /// <param name="text">What may repeat itself, also with an incomplete end as in <c>ab-ab-ab</c>.</param>
    /// <returns>The text, which is the same when nothing repeats, and the guesses in bits.</returns>
    public static (string Text, double Bits) Collapse(string text)
    {
        var (collapsed, bits) = (new StringBuilder(), 0.0);
        for (var i = 0; i < text.Length; )
        {
            var (period, length) = LongestRun(text.AsSpan(i));
            if (length < ShortestRun)
            {
                collapsed.Append(text[i++]);
                continue;
            }

            var (unit, unitBits) = Collapse(text.Substring(i, period));
            collapsed.Append(unit);
            bits += unitBits + Math.Log2(Math.Ceiling((double)length / period));
            i += length;
        }

        return (collapsed.ToString(), bits);
    }

    // At the beginning of the text; of runs that are as long, the one of the shortest period.
    private static (int Period, int Length) LongestRun(ReadOnlySpan<char> text)
    {
        var longest = (Period: 0, Length: 0);
        for (var period = 1; 2 * period <= text.Length; period++)
        {
            var length = period + text.CommonPrefixLength(text[period..]);
            if (length >= 2 * period && length > longest.Length)
            {
                longest = (period, length);
            }
        }

        return longest;
    }
}
