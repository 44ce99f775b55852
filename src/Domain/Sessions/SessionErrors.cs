using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Sessions;

/// <summary>Why a request counts as not signed in.</summary>
public static class SessionErrors
{
    /// <summary>No access token, or one that was not issued here.</summary>
    public static readonly Error Unauthenticated = new(
        ErrorKind.Unauthenticated,
        "unauthenticated",
        "This needs a valid access token in the Authorization header."
    );

    /// <summary>The access token is genuine, but too old; refresh it.</summary>
    public static readonly Error TokenExpired = new(
        ErrorKind.Unauthenticated,
        "token_expired",
        "The access token has expired."
    );

    /// <summary>The session of the access token has ended; sign in again.</summary>
    public static readonly Error SessionRevoked = new(
        ErrorKind.Unauthenticated,
        "session_revoked",
        "The session of this access token has ended."
    );
}
