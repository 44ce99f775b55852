using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Sessions;

/// <summary>
/// Finds the live session and the permissions of a request. The data is cached for at most half of
/// <c>Sessions:RevocationSeconds</c>; changes by this instance take effect at once.
/// </summary>
public interface ILiveSessions
{
    /// <summary>Returns the session; null if it is unknown, revoked or expired, or if its account is disabled or deleted.</summary>
    ValueTask<LiveSession?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Returns the session of an access token. The first use after a refresh is stored, because it proves that the client
    /// received the new tokens; the previous refresh token is not accepted from then on.
    /// </summary>
    /// <param name="token">The content of the access token.</param>
    /// <param name="isWrite">
    /// Whether the request changes data. If so, the first use is stored before anything else; otherwise a failure to store it
    /// is retried with the next request.
    /// </param>
    /// <returns>
    /// The session; <c>session_revoked</c>; <c>token_expired</c> if the session was refreshed twice since; or
    /// <c>refresh_token_reused</c> if the token was replaced, and then the caller has to revoke the session.
    /// </returns>
    ValueTask<Result<LiveSession>> UseAsync(AccessClaim token, bool isWrite, CancellationToken cancellationToken);

    /// <summary>Returns those of the sessions that are live. One query reads them from the database.</summary>
    Task<IReadOnlySet<Guid>> FilterAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>The part of a live session that authorization needs.</summary>
/// <param name="Id">The id of the session.</param>
/// <param name="OwnerId">The id of its user.</param>
/// <param name="ExpiresAt">The time of expiry in UTC.</param>
/// <param name="Permissions">The permissions that the user's roles grant at the moment.</param>
/// <param name="Counters">The counters that decide which of its tokens are valid.</param>
/// <param name="IsGuest">Whether it is a guest's.</param>
public sealed record LiveSession(
    Guid Id,
    Guid OwnerId,
    DateTimeOffset ExpiresAt,
    IReadOnlySet<string> Permissions,
    RefreshCounters Counters,
    bool IsGuest = false
);

/// <summary>The content of an access token.</summary>
/// <param name="SessionId">The id of the session.</param>
/// <param name="Counter">The refresh counter of the session at the time of issue.</param>
public readonly record struct AccessClaim(Guid SessionId, int Counter);
