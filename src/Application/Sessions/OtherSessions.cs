using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Sessions;

/// <summary>The current user's sessions but the one that asks.</summary>
internal sealed class OtherSessions(
    ICurrentUser currentUser,
    ISessionRepository sessions,
    IAuditTrail audit,
    IClient client,
    TimeProvider clock
)
{
    /// <summary>Ends them in the unit of work, with an audit event each.</summary>
    public async Task EndAsync(SessionEnd reason, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var live = await sessions.ListLiveAsync(currentUser.Id, now, cancellationToken);
        audit.EndSessions(live.Where(session => session.Id != currentUser.SessionId), reason, client, now);
    }
}
