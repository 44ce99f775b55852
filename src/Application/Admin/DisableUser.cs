using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Keeps a user out, and ends all their sessions.</summary>
/// <param name="Id">The user.</param>
public sealed record DisableUserCommand(Guid Id) : IRequest<Result>;

internal sealed class DisableUserHandler(
    IAdministration administration,
    IChallengeTokens challengeTokens,
    AdminActs acts,
    TimeProvider clock
) : IRequestHandler<DisableUserCommand, Result>
{
    public Task<Result> Handle(DisableUserCommand request, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        administration.SetDisabled(request.Id, now);
        administration.EndSessions(request.Id, SessionEnd.AccountDisabled, now);
        challengeTokens.Withdraw(request.Id);
        return acts.SaveAsync(request.Id, Permissions.ManageUsers, AuditEventType.AccountDisabled, cancellationToken);
    }
}
