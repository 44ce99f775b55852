using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Sessions;

/// <summary>
/// Answers for each request whether its session still lives and what its user may do. Cached for at most half of
/// <c>Sessions:RevocationSeconds</c>; what this instance changes shows at once.
/// </summary>
public interface ILiveSessions
{
    /// <summary>The session, or null when it is unknown, revoked, expired, or its user is disabled or gone.</summary>
    ValueTask<LiveSession?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// The session of an access token. Its first use after a refresh is stored, so that the refresh token before it buys
    /// nothing any more.
    /// </summary>
    /// <param name="token">What the token says.</param>
    /// <param name="isWrite">Whether the request changes something: then that use is stored before anything else. Otherwise it is tried, and again with the next request.</param>
    /// <returns>The session; <c>session_revoked</c>; <c>token_expired</c> when two refreshes came after the token; or <c>refresh_token_reused</c> when it is void, and then the session has to be ended.</returns>
    ValueTask<Result<LiveSession>> UseAsync(AccessClaim token, bool isWrite, CancellationToken cancellationToken);

    /// <summary>Those of the sessions that live, as the database knows it, in one query.</summary>
    Task<IReadOnlySet<Guid>> FilterAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>What authorization needs of a live session.</summary>
/// <param name="Id">The session.</param>
/// <param name="OwnerId">Its user.</param>
/// <param name="ExpiresAt">UTC.</param>
/// <param name="Permissions">What the user's roles permit at the moment.</param>
/// <param name="Counters">Which of its tokens count.</param>
public sealed record LiveSession(
    Guid Id,
    Guid OwnerId,
    DateTimeOffset ExpiresAt,
    IReadOnlySet<string> Permissions,
    RefreshCounters Counters
);

/// <summary>What an access token says.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Counter">Under which counter of the session it was issued.</param>
public readonly record struct AccessClaim(Guid SessionId, int Counter);
