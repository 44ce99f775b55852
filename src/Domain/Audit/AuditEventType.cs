namespace Fitnessify.Domain.Audit;

/// <summary>What happened. Stored by name: members may be added, never renamed.</summary>
public enum AuditEventType
{
    /// <summary>An account was created.</summary>
    Registered,

    /// <summary>A session began.</summary>
    SignedIn,

    /// <summary>A sign-in was refused.</summary>
    SignInFailed,

    /// <summary>The right password was given; the second factor was still to come.</summary>
    MfaRequired,

    /// <summary>A password or code was not looked at, because there had been too many wrong ones; recorded once a term.</summary>
    TooManyAttempts,

    /// <summary>A session was refreshed from another network than before.</summary>
    SessionMoved,

    /// <summary>A session was ended by its own user, on its own device.</summary>
    SignedOut,

    /// <summary>A session was ended from another device.</summary>
    SessionEnded,

    /// <summary>An old refresh token was used again, and the session was ended for it.</summary>
    RefreshReused,

    /// <summary>A signed-in user gave a wrong password or a wrong code where it is asked for again.</summary>
    ReauthenticationFailed,

    /// <summary>The username was changed.</summary>
    UsernameChanged,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>The account was deleted.</summary>
    AccountDeleted,

    /// <summary>An admin, or the operator of the server, gave the account other roles.</summary>
    RolesChanged,

    /// <summary>An admin disabled the account.</summary>
    AccountDisabled,

    /// <summary>An admin enabled the account again.</summary>
    AccountEnabled,

    /// <summary>An admin ended all sessions of the account.</summary>
    AllSessionsEnded,

    /// <summary>An admin cleared the count of wrong passwords.</summary>
    AccountUnlocked,

    /// <summary>All that is stored about the user was handed out to them.</summary>
    DataExported,

    /// <summary>The address was confirmed.</summary>
    EmailConfirmed,

    /// <summary>Another address was asked for; it counts once it is confirmed.</summary>
    EmailChangeRequested,

    /// <summary>The address was replaced by another, confirmed one.</summary>
    EmailChanged,

    /// <summary>A forgotten password was replaced.</summary>
    PasswordReset,

    /// <summary>The second factor was switched on, or, refused, a code to do so was wrong.</summary>
    MfaEnabled,

    /// <summary>The second factor was switched off.</summary>
    MfaDisabled,

    /// <summary>A recovery code was used to sign in.</summary>
    RecoveryCodeUsed,

    /// <summary>New recovery codes took the place of the old ones.</summary>
    RecoveryCodesReplaced,

    /// <summary>An admin switched the second factor of the account off.</summary>
    MfaReset,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,

    /// <summary>The operator of the server put the database back to an earlier state; all sessions ended.</summary>
    DatabaseRestored,
}

/// <summary>How it ended.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Succeeded,

    /// <summary>It was refused.</summary>
    Failed,
}

/// <summary>How somebody signed in. Stored by name.</summary>
public enum SignInMethod
{
    /// <summary>With the password alone.</summary>
    Password,

    /// <summary>With the password and a code of an authenticator app.</summary>
    Totp,

    /// <summary>With the password and a recovery code.</summary>
    RecoveryCode,

    /// <summary>With a passkey.</summary>
    Passkey,
}
