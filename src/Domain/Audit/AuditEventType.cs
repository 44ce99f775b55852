namespace Fitnessify.Domain.Audit;

/// <summary>What happened. Stored by name: members may be added, never renamed.</summary>
public enum AuditEventType
{
    /// <summary>An account was created.</summary>
    Registered,

    /// <summary>An account was created for a guest.</summary>
    GuestCreated,

    /// <summary>What a guest had became the account's, whose user has signed in with it.</summary>
    GuestMerged,

    /// <summary>A session was started.</summary>
    SignedIn,

    /// <summary>A sign-in was refused.</summary>
    SignInFailed,

    /// <summary>The right password was given; the second factor was still missing.</summary>
    MfaRequired,

    /// <summary>A password or code was not checked because of too many failures. The event is recorded once per lockout.</summary>
    TooManyAttempts,

    /// <summary>A session was refreshed from another network than before.</summary>
    SessionMoved,

    /// <summary>A session was revoked by its own user, on its own device.</summary>
    SignedOut,

    /// <summary>A session was revoked from another device.</summary>
    SessionEnded,

    /// <summary>An old refresh token was reused, and the session was revoked (RFC 9700, 4.14.2).</summary>
    RefreshReused,

    /// <summary>A signed-in user failed to show who they are.</summary>
    ReauthenticationFailed,

    /// <summary>The username was changed.</summary>
    UsernameChanged,

    /// <summary>The password was changed.</summary>
    PasswordChanged,

    /// <summary>The account was deleted.</summary>
    AccountDeleted,

    /// <summary>An admin, or the operator of the server, changed the roles of the account.</summary>
    RolesChanged,

    /// <summary>An admin disabled the account.</summary>
    AccountDisabled,

    /// <summary>An admin enabled the account again.</summary>
    AccountEnabled,

    /// <summary>An admin revoked all sessions of the account.</summary>
    AllSessionsEnded,

    /// <summary>An admin removed the lockout of the account.</summary>
    AccountUnlocked,

    /// <summary>The user downloaded all data that is stored about them.</summary>
    DataExported,

    /// <summary>The address was confirmed.</summary>
    EmailConfirmed,

    /// <summary>A change of the address was requested; it takes effect once the new one is confirmed.</summary>
    EmailChangeRequested,

    /// <summary>The address was replaced by another, confirmed one.</summary>
    EmailChanged,

    /// <summary>A forgotten password was reset.</summary>
    PasswordReset,

    /// <summary>MFA was enabled; or, if refused, the code for it was wrong.</summary>
    MfaEnabled,

    /// <summary>MFA was disabled.</summary>
    MfaDisabled,

    /// <summary>A recovery code was used to sign in.</summary>
    RecoveryCodeUsed,

    /// <summary>The recovery codes were replaced.</summary>
    RecoveryCodesReplaced,

    /// <summary>An admin disabled MFA of the account.</summary>
    MfaReset,

    /// <summary>A passkey was added.</summary>
    PasskeyAdded,

    /// <summary>A passkey was removed.</summary>
    PasskeyRemoved,

    /// <summary>An identity was linked to the account.</summary>
    IdentityLinked,

    /// <summary>An identity was removed from the account, by the user or because its provider has ended it.</summary>
    IdentityUnlinked,

    /// <summary>The user showed again who they are.</summary>
    Reauthenticated,

    /// <summary>The operator of the server restored the database from a backup, and all sessions were revoked.</summary>
    DatabaseRestored,
}

/// <summary>How it ended.</summary>
public enum AuditOutcome
{
    /// <summary>The action was done.</summary>
    Succeeded,

    /// <summary>The action was refused.</summary>
    Failed,
}

/// <summary>How somebody signed in. Stored by name.</summary>
public enum SignInMethod
{
    /// <summary>The user signed in with the password alone.</summary>
    Password,

    /// <summary>The user signed in with the password or an identity, and a code of an authenticator app.</summary>
    Totp,

    /// <summary>The user signed in with the password or an identity, and a recovery code.</summary>
    RecoveryCode,

    /// <summary>The user signed in with a passkey.</summary>
    Passkey,

    /// <summary>The user signed in with an identity alone.</summary>
    Identity,

    /// <summary>The user began as a guest, without showing who they are.</summary>
    Guest,
}
