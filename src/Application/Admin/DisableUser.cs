using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
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
    IAdministration administration,
    IAccountRepository accounts,
    IAccountTokens tokens,
    IChallengeTokens challengeTokens,
    AdminUnitOfWork acts,
    TimeProvider clock
) : IRequestHandler<DisableUserCommand, Result>
{
    public async Task<Result> Handle(DisableUserCommand request, CancellationToken cancellationToken)
    {
        // Not to work when the account is enabled again.
        if (await accounts.FindCredentialsAsync(request.Id, cancellationToken) is { } account)
        {
            tokens.WithdrawResets(account.UserId, account.Email);
        }

        var now = clock.Now();
        administration.SetDisabled(request.Id, now);
        administration.EndSessions(request.Id, SessionEnd.AccountDisabled, now);
        challengeTokens.Withdraw(request.Id);
        return await acts.SaveAsync(
            request.Id,
            Permissions.ManageUsers,
            AuditEventType.AccountDisabled,
            cancellationToken
        );
    }
}
