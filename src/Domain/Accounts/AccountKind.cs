namespace Fitnessify.Domain.Accounts;

/// <summary>Whether the user of an account has registered. Stored by name.</summary>
public enum AccountKind
{
    /// <summary>The user has registered, and can sign in.</summary>
    Member,

    /// <summary>The user has not registered: the only way to the account is the session that has created it.</summary>
    Guest,
}
