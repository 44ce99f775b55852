using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Sessions;

/// <summary>The reasons why a request counts as not signed in.</summary>
public static class SessionErrors
{
    /// <summary>The request has no access token, or one that this server did not issue.</summary>
    public static readonly Error Unauthenticated = new(
        ErrorKind.Unauthenticated,
        "unauthenticated",
        "This needs a valid access token in the Authorization header."
    );

    /// <summary>The access token has expired, and the client has to refresh it.</summary>
    public static readonly Error TokenExpired = new(
        ErrorKind.Unauthenticated,
        "token_expired",
        "The access token has expired."
    );

    /// <summary>The session of the access token was revoked or has expired, and the user has to sign in again.</summary>
    public static readonly Error SessionRevoked = new(
        ErrorKind.Unauthenticated,
        "session_revoked",
        "The session of this access token has ended."
    );

    /// <summary>The refresh token is not valid, or its session was revoked or has expired; the user has to sign in again.</summary>
    public static readonly Error RefreshTokenInvalid = new(
        ErrorKind.Unauthenticated,
        "refresh_token_invalid",
        "The refresh token is not valid, or its session has ended."
    );

    /// <summary>An old refresh token was reused. The session is revoked, because somebody else may hold its tokens.</summary>
    public static readonly Error RefreshTokenReused = new(
        ErrorKind.Unauthenticated,
        "refresh_token_reused",
        "This refresh token was used before. Its session is ended; sign in again."
    );
}
