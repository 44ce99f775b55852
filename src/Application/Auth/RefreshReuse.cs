using Fitnessify.Application.Audit;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>What becomes of a session when a token comes back that does not count any more (RFC 9700, 4.14.2).</summary>
internal sealed class RefreshReuse(ICredentialGuard guard, AuditLog audit, IUnitOfWork unitOfWork, TimeProvider clock)
{
    /// <summary>Ends it: of the device and whoever else holds its tokens, nobody knows which is which.</summary>
    /// <returns><c>refresh_token_reused</c>; or <c>refresh_token_invalid</c> when it has ended meanwhile.</returns>
    public async Task<Error> EndAsync(Session session, CancellationToken cancellationToken)
    {
        // Of two that come back at once, one ends it and is told of.
        guard.RequireLive(session.OwnerId, session.Id);
        End(session);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        return saved.Error switch
        {
            null => SessionErrors.RefreshTokenReused,
            var error when error == SessionErrors.SessionRevoked => SessionErrors.RefreshTokenInvalid,
            var error => error,
        };
    }

    /// <summary>Ends it in the unit of work, with what else that saves.</summary>
    public void End(Session session)
    {
        session.Revoke(SessionEnd.RefreshReused, clock.Now());
        audit.RecordRefusedStranger(AuditEventType.RefreshReused, session.OwnerId, session.Id, session.Device);
    }
}
