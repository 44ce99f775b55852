namespace Fitnessify.Domain.Sessions;

/// <summary>
/// Answers for each request whether its session still lives and what its user may do. Cached for at most half of
/// <c>Sessions:RevocationSeconds</c>; what this instance changes shows at once.
/// </summary>
public interface ILiveSessions
{
    /// <summary>The session, or null when it is unknown, revoked, expired, or its user is disabled or gone.</summary>
    ValueTask<LiveSession?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Those of the sessions that live, as the database knows it, in one query.</summary>
    Task<IReadOnlySet<Guid>> FilterAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}

/// <summary>What authorization needs of a live session.</summary>
/// <param name="Id">The session.</param>
/// <param name="OwnerId">Its user.</param>
/// <param name="ExpiresAt">UTC.</param>
/// <param name="Permissions">What the user's roles permit at the moment.</param>
public sealed record LiveSession(Guid Id, Guid OwnerId, DateTimeOffset ExpiresAt, IReadOnlySet<string> Permissions);
