using Fitnessify.Application.Audit;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Sessions;

/// <summary>Revokes one session of the current user.</summary>
/// <param name="Id">The session.</param>
public sealed record RevokeSessionCommand(Guid Id) : IRequest<Result>;

internal sealed class RevokeSessionHandler(
    ICurrentUser currentUser,
    ICredentialGuard guard,
    ISessionRepository sessions,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RevokeSessionCommand, Result>
{
    public async Task<Result> Handle(RevokeSessionCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var live = await sessions.ListLiveAsync(currentUser.Id, now, cancellationToken);
        if (live.SingleOrDefault(session => session.Id == request.Id) is not { } revoked)
        {
            return CommonErrors.NotFound;
        }

        guard.RequireLive(currentUser.Id, currentUser.SessionId);
        revoked.Revoke(SessionEnd.EndedElsewhere, now);
        audit.Record(AuditEventType.SessionEnded, currentUser.Id, revoked.Id, revoked.Device);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
