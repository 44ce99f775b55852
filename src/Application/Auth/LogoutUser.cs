using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Auth;

/// <summary>Ends the session that asks.</summary>
public sealed record LogoutUserCommand : IRequest<Result>;

internal sealed class LogoutUserHandler(
    ICurrentUser currentUser,
    ISessionRepository sessions,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LogoutUserCommand, Result>
{
    public async Task<Result> Handle(LogoutUserCommand request, CancellationToken cancellationToken)
    {
        var session = await sessions.FindAsync(currentUser.Id, currentUser.SessionId, cancellationToken);
        session?.Revoke(SessionEnd.SignedOut, clock.Now());
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
