using System.Text.RegularExpressions;

namespace Fitnessify.Domain.Accounts;

/// <summary>The form of the addresses that an account can have, wherever they come from.</summary>
public static partial class EmailAddress
{
    /// <summary>Returns whether an account can have the address.</summary>
    public static bool IsAllowed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= Account.EmailMaxLength
            && Pattern().IsMatch(text)
            && HasShortLocalPart(text)
            && !PlaceholderAddress.IsReserved(text);
    }

    /// <summary>Returns whether the part before the @ is at most <see cref="Account.EmailLocalPartMaxLength"/> long.</summary>
    public static bool HasShortLocalPart(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.IndexOf('@', StringComparison.Ordinal) <= Account.EmailLocalPartMaxLength;
    }

    /// <summary>The grammar of the WHATWG's "valid e-mail address", but with at least one dot in the domain.</summary>
    [GeneratedRegex(
        @"\A[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+\z"
    )]
    public static partial Regex Pattern();
}
