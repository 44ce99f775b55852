using Fitnessify.Application.Audit;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Sessions;

/// <summary>How sessions end before their time: in the unit of work, with an audit event each.</summary>
internal sealed class SessionRevocation(ISessionRepository sessions, AuditLog audit, TimeProvider clock)
{
    /// <summary>Ends all sessions of a user.</summary>
    /// <param name="ownerId">The user who owns them.</param>
    /// <param name="reason">Why.</param>
    /// <param name="exceptId">This one goes on.</param>
    public void EndAll(Guid ownerId, SessionEnd reason, Guid? exceptId = null) =>
        End(ownerId, exceptId, keep: 0, reason);

    /// <summary>Ends the oldest sessions of a user who begins another.</summary>
    /// <param name="ownerId">The user who owns them.</param>
    /// <param name="most">How many may live, with the one that begins.</param>
    public void MakeRoom(Guid ownerId, int most) => End(ownerId, null, keep: most - 1, SessionEnd.TooMany);

    private void End(Guid ownerId, Guid? exceptId, int keep, SessionEnd reason)
    {
        var now = clock.Now();
        sessions.Revoke(
            ownerId,
            exceptId,
            keep,
            reason,
            now,
            session => audit.Record(AuditEventType.SessionEnded, ownerId, session.Id, session.Device)
        );
    }
}
