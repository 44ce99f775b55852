using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Auth;

/// <summary>Expected failures of showing who one is.</summary>
public static class AuthErrors
{
    /// <summary>Unknown login or wrong password; never says which.</summary>
    public static readonly Error InvalidCredentials = new(
        ErrorKind.Unauthenticated,
        "invalid_credentials",
        "The login or the password is wrong."
    );

    /// <summary>The password that was asked for again is wrong.</summary>
    public static readonly Error ReauthenticationFailed = new(
        ErrorKind.Forbidden,
        "reauthentication_failed",
        "The password is wrong."
    );

    /// <summary>Too many wrong passwords lately, for this login or from this address.</summary>
    public static readonly Error TooManyAttempts = new(
        ErrorKind.Throttled,
        "too_many_attempts",
        "Too many failed attempts. Try again after the time in Retry-After."
    );

    /// <summary>A mailed token that is used, expired, replaced by a newer one, somebody else's, or none of ours; never says which.</summary>
    public static readonly Error TokenInvalidOrExpired = new(
        ErrorKind.Unprocessable,
        "token_invalid_or_expired",
        "This link has been used, has expired or has been replaced by a newer one. Ask for another."
    );
}
