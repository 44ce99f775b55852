namespace Fitnessify.Domain.Accounts;

/// <summary>The names of the ways in which a user can sign in; part of the API contract.</summary>
public static class CredentialNames
{
    /// <summary>The account has a password.</summary>
    public const string Password = "password";

    /// <summary>The account has at least one passkey.</summary>
    public const string Passkey = "passkey";

    /// <summary>Returns the methods of an account: password, passkey, and the providers of its identities.</summary>
    /// <param name="hasPassword">Whether the account has a password.</param>
    /// <param name="hasPasskey">Whether the account has a passkey.</param>
    /// <param name="providers">The provider of each linked identity.</param>
    public static IReadOnlyList<string> Of(bool hasPassword, bool hasPasskey, IEnumerable<string> providers)
    {
        IEnumerable<string> password = hasPassword ? [Password] : [];
        IEnumerable<string> passkey = hasPasskey ? [Passkey] : [];
        return [.. password, .. passkey, .. providers.Distinct().Order(StringComparer.Ordinal)];
    }
}
