using Fitnessify.Domain.Audit;

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
    /// Stores what <see cref="Session.Refresh"/> or <see cref="Session.Replace"/> has changed, in one statement, unless somebody
    /// else was quicker: only one caller can take a session from one counter to the next, and nobody replaces tokens that
    /// are in use.
    /// </summary>
    /// <param name="session">As it is after the refresh.</param>
    /// <param name="moved">Stored with it, or null.</param>
    /// <returns>Whether it was this caller.</returns>
    Task<bool> TryStoreRefreshAsync(Session session, AuditEvent? moved, CancellationToken cancellationToken);

    /// <summary>
    /// Revokes live sessions of a user, in the unit of work. Which sessions live shows in the transaction of the save, where
    /// nobody can begin another until the commit.
    /// </summary>
    /// <param name="ownerId">The user who owns them.</param>
    /// <param name="exceptId">This session goes on.</param>
    /// <param name="keep">So many of the newest others go on too.</param>
    /// <param name="reason">Why they are revoked.</param>
    /// <param name="now">UTC.</param>
    /// <param name="revoked">Called for each revoked session, within the unit of work.</param>
    void Revoke(Guid ownerId, Guid? exceptId, int keep, SessionEnd reason, DateTimeOffset now, Action<Session> revoked);

    /// <summary>Revokes all live sessions of a user, in the unit of work, without a word about each.</summary>
    void RevokeAll(Guid ownerId, SessionEnd reason, DateTimeOffset now);
}
