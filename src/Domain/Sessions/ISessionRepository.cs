namespace Fitnessify.Domain.Sessions;

/// <summary>Stored sessions.</summary>
public interface ISessionRepository
{
    /// <summary>Adds a session to the unit of work.</summary>
    void Add(Session session);

    /// <summary>The session for a change, or null when there is none, or its user is disabled or gone.</summary>
    Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The sessions of a user that still live, for a change; newest first.</summary>
    Task<IReadOnlyList<Session>> ListLiveAsync(Guid ownerId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Stores what <see cref="Session.Refresh"/> has changed, in one statement, unless somebody else was quicker: only one
    /// caller can take a session from one counter to the next.
    /// </summary>
    /// <returns>Whether it was this caller.</returns>
    Task<bool> TryStoreRefreshAsync(Session session, CancellationToken cancellationToken);

    /// <summary>The live sessions of a user but the newest ones, for a change.</summary>
    /// <param name="ownerId">Whose.</param>
    /// <param name="keep">How many of the newest to leave out.</param>
    /// <param name="now">UTC.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Session>> ListBeyondAsync(
        Guid ownerId,
        int keep,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );
}
