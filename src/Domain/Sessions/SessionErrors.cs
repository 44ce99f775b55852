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

    /// <summary>No refresh token of ours, or its session has ended; sign in again.</summary>
    public static readonly Error RefreshTokenInvalid = new(
        ErrorKind.Unauthenticated,
        "refresh_token_invalid",
        "The refresh token is not valid, or its session has ended."
    );

    /// <summary>An old refresh token came back. The session is ended, because somebody else may hold its tokens.</summary>
    public static readonly Error RefreshTokenReused = new(
        ErrorKind.Unauthenticated,
        "refresh_token_reused",
        "This refresh token was used before. Its session is ended; sign in again."
    );
}
