using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>Expected failures of authentication.</summary>
public static class AuthErrors
{
    /// <summary>The login is unknown or the password is wrong; the answer never says which.</summary>
    public static readonly Error InvalidCredentials = new(
        ErrorKind.Unauthenticated,
        "invalid_credentials",
        "The login or the password is wrong."
    );

    /// <summary>
    /// The act asks who the user is: neither was a password given, nor has the session been reauthenticated in the last minutes.
    /// </summary>
    public static readonly Error ReauthenticationRequired = new(
        ErrorKind.Forbidden,
        "reauthentication_required",
        "This asks who you are: send the password, or reauthenticate this session first."
    );

    /// <summary>The password, passkey or identity that was given to show who the user is does not show it.</summary>
    public static readonly Error ReauthenticationFailed = new(
        ErrorKind.Forbidden,
        "reauthentication_failed",
        "The password is wrong, or the passkey or the token is not valid for this account."
    );

    /// <summary>Without this password, passkey or identity nothing would be left to sign in with.</summary>
    public static readonly Error LastCredential = new(
        ErrorKind.Conflict,
        "last_credential",
        "This is the last way to sign in to this account. Add another one first."
    );

    /// <summary>There were too many failed attempts for this login or from this IP address.</summary>
    public static readonly Error TooManyAttempts = new(
        ErrorKind.Throttled,
        "too_many_attempts",
        "Too many failed attempts. Try again after the time in Retry-After."
    );

    /// <summary>
    /// The mailed token is used, expired, replaced by a newer one, for another account or unknown; the answer never says which.
    /// </summary>
    public static readonly Error TokenInvalidOrExpired = new(
        ErrorKind.Unprocessable,
        "token_invalid_or_expired",
        "This link has been used, has expired or has been replaced by a newer one. Ask for another."
    );
}
