using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Sessions;

/// <summary>Signs all own devices out but the one that asks.</summary>
public sealed record EndOtherSessionsCommand : IRequest<Result>;

internal sealed class EndOtherSessionsHandler(
    ICurrentUser currentUser,
    IAccountRepository accounts,
    IAccountTokens tokens,
    ICredentialGuard guard,
    SessionEndings endings,
    IUnitOfWork unitOfWork
) : IRequestHandler<EndOtherSessionsCommand, Result>
{
    public async Task<Result> Handle(EndOtherSessionsCommand request, CancellationToken cancellationToken)
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
