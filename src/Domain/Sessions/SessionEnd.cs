namespace Fitnessify.Domain.Sessions;

/// <summary>Why a session ended before its time.</summary>
public enum SessionEnd
{
    /// <summary>Its own user signed out.</summary>
    SignedOut,

    /// <summary>Its own user ended it from another device.</summary>
    EndedElsewhere,

    /// <summary>An old refresh token was used again: somebody may have stolen it (RFC 9700, 4.14.2).</summary>
    RefreshReused,

    /// <summary>The password was changed in another session.</summary>
    PasswordChanged,

    /// <summary>The user signed in on more devices than are allowed; the oldest made room.</summary>
    TooMany,

    /// <summary>An admin signed the user out everywhere.</summary>
    EndedByAdmin,

    /// <summary>An admin disabled the account.</summary>
    AccountDisabled,

    /// <summary>A forgotten password was replaced.</summary>
    PasswordReset,

    /// <summary>The database was put back to an earlier state.</summary>
    DatabaseRestored,
}
