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

    /// <summary>The password at a reauthentication is wrong.</summary>
    public static readonly Error ReauthenticationFailed = new(
        ErrorKind.Forbidden,
        "reauthentication_failed",
        "The password is wrong."
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
