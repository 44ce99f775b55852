using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Domain.Accounts;

/// <summary>Makes usernames from the names of people who register without choosing one.</summary>
public static class UsernameSuggestion
{
    private const string Default = "user";
    private const string GuestAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int GuestLength = 16;

    // Leaves room for the separator and the digits.
    private const int BaseMaxLength = Account.UsernameMaxLength - 1 - DigitCount;
    private const int DigitCount = 6;

    /// <summary>Returns a username for a guest. With so many random characters it is never taken.</summary>
    public static string ForGuest() => $"guest-{RandomNumberGenerator.GetString(GuestAlphabet, GuestLength)}";

    /// <summary>Returns a username that fits the rules; it may be taken.</summary>
    /// <param name="name">The name of the person, in any script, or null.</param>
    /// <param name="isDistinct">Whether to add random digits, because the plain one is taken.</param>
    public static string From(string? name, bool isDistinct)
    {
        var plain = Simplify(name ?? "");
        if (plain.Length < Account.UsernameMinLength || ReservedUsernames.Contains(plain))
        {
            // Without digits, the default would be refused as reserved.
            return WithDigits(plain.Length == 0 ? Default : plain);
        }

        return isDistinct ? WithDigits(plain) : plain;
    }

    private static string WithDigits(string plain) =>
        $"{plain}-{RandomNumberGenerator.GetString("0123456789", DigitCount)}";

    // "José Müller" becomes "jose.muller".
    private static string Simplify(string name)
    {
        var simple = new StringBuilder();
        foreach (var character in Decompose(name))
        {
            if (char.IsAsciiLetterOrDigit(character))
            {
                simple.Append(char.ToLowerInvariant(character));
            }
            else if (
                CharUnicodeInfo.GetUnicodeCategory(character) != UnicodeCategory.NonSpacingMark
                && simple.Length > 0
                && simple[^1] != '.'
            )
            {
                simple.Append('.');
            }

            if (simple.Length == BaseMaxLength)
            {
                break;
            }
        }

        return simple.ToString().Trim('.');
    }

    // Separates base characters from their marks. What string.Normalize refuses, lone surrogates and U+FFFE, becomes U+FFFD.
    private static string Decompose(string name)
    {
        var valid = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            valid.Append(rune.Value == 0xFFFE ? Rune.ReplacementChar : rune);
        }

        return valid.ToString().Normalize(NormalizationForm.FormKD);
    }
}
