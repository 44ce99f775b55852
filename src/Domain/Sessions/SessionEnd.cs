namespace Fitnessify.Domain.Sessions;

/// <summary>Why a session ended before its time.</summary>
public enum SessionEnd
{
    /// <summary>The user signed out on the device of the session.</summary>
    SignedOut,

    /// <summary>The user revoked it from another device.</summary>
    EndedElsewhere,

    /// <summary>An old refresh token was reused, which can mean that it was stolen (RFC 9700, 4.14.2).</summary>
    RefreshReused,

    /// <summary>The password was changed in another session.</summary>
    PasswordChanged,

    /// <summary>The user signed in on more devices than are allowed, and this was the oldest session.</summary>
    TooMany,

    /// <summary>An admin signed the user out everywhere.</summary>
    EndedByAdmin,

    /// <summary>An admin disabled the account.</summary>
    AccountDisabled,

    /// <summary>A forgotten password was reset.</summary>
    PasswordReset,

    /// <summary>The identity that had signed in was removed from the account.</summary>
    IdentityRemoved,

    /// <summary>The database was restored from a backup.</summary>
    DatabaseRestored,
}
