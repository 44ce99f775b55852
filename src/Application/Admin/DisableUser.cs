using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Keeps a user out, and ends all their sessions.</summary>
/// <param name="Id">The user.</param>
public sealed record DisableUserCommand(Guid Id) : IRequest<Result>;

internal sealed class DisableUserHandler(
    ISessionRepository sessions,
    IAccountRepository accounts,
    IAccountTokens tokens,
    IChallengeTokens challengeTokens,
    AdminUnitOfWork acts,
    TimeProvider clock
) : IRequestHandler<DisableUserCommand, Result>
{
    public async Task<Result> Handle(DisableUserCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        if (await accounts.FindAsync(request.Id, cancellationToken) is { } account)
        {
            // Not to work when the account is enabled again.
            tokens.WithdrawRequests(account.Id, account.Address);
            account.Disable(now);
        }

        sessions.RevokeAll(request.Id, SessionEnd.AccountDisabled, now);
        challengeTokens.Withdraw(request.Id);
        return await acts.SaveAsync(
            request.Id,
            Permissions.ManageUsers,
            AuditEventType.AccountDisabled,
            cancellationToken
        );
    }
}
