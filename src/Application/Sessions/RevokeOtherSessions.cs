using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Sessions;

/// <summary>Signs all own devices out but the one that asks.</summary>
public sealed record RevokeOtherSessionsCommand : IRequest<Result>;

internal sealed class RevokeOtherSessionsHandler(
    ICurrentUser currentUser,
    IAccountRepository accounts,
    IAccountTokens tokens,
    ICredentialGuard guard,
    SessionRevocation endings,
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
        endings.EndAll(account.UserId, SessionEnd.EndedElsewhere, exceptId: currentUser.SessionId);
        // Whoever is to be thrown out may have asked for one.
        tokens.WithdrawResets(account.UserId, account.Email);
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
