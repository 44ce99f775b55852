using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Sessions;

/// <summary>How sessions end before their time.</summary>
internal static class SessionEndings
{
    /// <summary>Ends them in the unit of work, with an audit event each.</summary>
    public static void EndSessions(
        this IAuditTrail audit,
        IEnumerable<Session> sessions,
        SessionEnd reason,
        IClient client,
        DateTimeOffset now
    )
    {
        foreach (var session in sessions)
        {
            session.Revoke(reason, now);
            audit.Add(
                AuditEvent.Of(AuditEventType.SessionEnded, session.OwnerId, client, now, session.Id, session.Device)
            );
        }
    }
}
