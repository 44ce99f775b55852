using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Lets a user in again; they have to sign in anew.</summary>
/// <param name="Id">The user.</param>
public sealed record EnableUserCommand(Guid Id) : IRequest<Result>;

internal sealed class EnableUserHandler(IAdministration administration, AdminUnitOfWork acts, TimeProvider clock)
    : IRequestHandler<EnableUserCommand, Result>
{
    public Task<Result> Handle(EnableUserCommand request, CancellationToken cancellationToken)
    {
        administration.SetDisabled(request.Id, null);
        // Also one that began in the moment in which the account was disabled.
        administration.EndSessions(request.Id, SessionEnd.AccountDisabled, clock.Now());
        return acts.SaveAsync(request.Id, Permissions.ManageUsers, AuditEventType.AccountEnabled, cancellationToken);
    }
}
