using Fitnessify.Application.Audit;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Sessions;

/// <summary>Revokes sessions in the unit of work and records an audit event for each.</summary>
internal sealed class SessionRevocation(ISessionRepository sessions, AuditLog audit, TimeProvider clock)
{
    /// <summary>Revokes all live sessions of a user.</summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="reason">The reason of the revocation.</param>
    /// <param name="exceptId">The id of a session that stays live, or null.</param>
    public void RevokeAll(Guid ownerId, SessionEnd reason, Guid? exceptId = null) =>
        Revoke(ownerId, exceptId, keep: 0, reason);

    /// <summary>Revokes the live sessions that were started with an identity that is removed.</summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="identityId">The id of the linked identity.</param>
    /// <param name="exceptId">The id of a session that stays live, or null.</param>
    public void RevokeOf(Guid ownerId, Guid identityId, Guid? exceptId = null) =>
        sessions.RevokeOf(ownerId, identityId, exceptId, clock.Now(), session => RecordEnd(ownerId, session));

    /// <summary>Revokes the oldest sessions of a user who starts another one.</summary>
    /// <param name="ownerId">The id of the user who owns them.</param>
    /// <param name="limit">The largest number of live sessions, with the new one.</param>
    public void RevokeOldest(Guid ownerId, int limit) => Revoke(ownerId, null, keep: limit - 1, SessionEnd.TooMany);

    private void Revoke(Guid ownerId, Guid? exceptId, int keep, SessionEnd reason)
    {
        var now = clock.Now();
        sessions.Revoke(ownerId, exceptId, keep, reason, now, session => RecordEnd(ownerId, session));
    }

    private void RecordEnd(Guid ownerId, Session session) =>
        audit.Record(AuditEventType.SessionEnded, ownerId, session.Id, session.Device);
}
