using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Sessions;

/// <summary>Revokes all sessions of the current user except the one of the request.</summary>
public sealed record RevokeOtherSessionsCommand : IRequest<Result>;

internal sealed class RevokeOtherSessionsHandler(
    ICurrentUser currentUser,
    IAccountRepository accounts,
    IAccountTokens tokens,
    ICredentialGuard guard,
    SessionRevocation revocation,
    IUnitOfWork unitOfWork
) : IRequestHandler<RevokeOtherSessionsCommand, Result>
{
    public async Task<Result> Handle(RevokeOtherSessionsCommand request, CancellationToken cancellationToken)
    {
        if (await accounts.FindCredentialsAsync(currentUser.Id, cancellationToken) is not { } account)
        {
            return SessionErrors.SessionRevoked;
        }

        guard.RequireLive(currentUser.Id, currentUser.SessionId);
        revocation.RevokeAll(account.UserId, SessionEnd.EndedElsewhere, exceptId: currentUser.SessionId);
        // Somebody who uses one of the revoked sessions may have requested a password reset, or a change of the address.
        tokens.WithdrawRequests(account.UserId, account.Email);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
