using Fitnessify.Domain.Audit;

namespace Fitnessify.Domain.Sessions;

/// <summary>Stores sessions.</summary>
public interface ISessionRepository
{
    /// <summary>Adds a session to the unit of work.</summary>
    void Add(Session session);

    /// <summary>
    /// Loads a session for a change in the unit of work; null if there is none, or if its account is disabled or deleted.
    /// </summary>
    Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Loads the live sessions of a user for a change, newest first.</summary>
    Task<IReadOnlyList<Session>> ListLiveAsync(Guid ownerId, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Stores the result of <see cref="Session.Refresh"/> or <see cref="Session.Replace"/> in one statement that compares the
    /// counters. Only one caller can move a session from one counter to the next, and tokens that are in use are never
    /// replaced.
    /// </summary>
    /// <param name="session">The session after the refresh.</param>
    /// <param name="moved">The audit event that is stored in the same transaction, or null.</param>
    /// <returns>True if this caller has stored the refresh; false if another one was faster.</returns>
    Task<bool> TryStoreRefreshAsync(Session session, AuditEvent? moved, CancellationToken cancellationToken);

    /// <summary>
    /// Revokes live sessions of a user in the unit of work. They are read in the transaction of the save, where no other
    /// session can be started before the commit.
    /// </summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="exceptId">The id of a session that stays live, or null.</param>
    /// <param name="keep">The number of the newest other sessions that stay live too.</param>
    /// <param name="reason">The reason of the revocation.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="revoked">A callback that is called for each revoked session within the unit of work.</param>
    void Revoke(Guid ownerId, Guid? exceptId, int keep, SessionEnd reason, DateTimeOffset now, Action<Session> revoked);

    /// <summary>Revokes the live sessions that were started with an identity, in the unit of work; see <see cref="Revoke"/>.</summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="identityId">The id of the linked identity.</param>
    /// <param name="exceptId">The id of a session that stays live, or null.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="revoked">A callback that is called for each revoked session within the unit of work.</param>
    void RevokeOf(Guid ownerId, Guid identityId, Guid? exceptId, DateTimeOffset now, Action<Session> revoked);

    /// <summary>
    /// Ends the reauthentications of all sessions of a user in the unit of work, because a passkey, an identity or the recovery
    /// codes change. Changes of the account itself end them by its security stamp.
    /// </summary>
    void EndReauthentications(Guid ownerId);

    /// <summary>
    /// Gives a guest's sessions the lifetimes of members, which count from now on, in the unit of work, because the guest registers.
    /// </summary>
    void Authenticate(Guid ownerId, SessionLifetime lifetime, DateTimeOffset now);

    /// <summary>Revokes all live sessions of a user in the unit of work, without a callback for each.</summary>
    void RevokeAll(Guid ownerId, SessionEnd reason, DateTimeOffset now);
}
