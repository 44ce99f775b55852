using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Lets a user in again; they have to sign in anew.</summary>
/// <param name="Id">The user.</param>
public sealed record EnableUserCommand(Guid Id) : IRequest<Result>;

internal sealed class EnableUserHandler(
    IAccountRepository accounts,
    ISessionRepository sessions,
    AdminUnitOfWork acts,
    TimeProvider clock
) : IRequestHandler<EnableUserCommand, Result>
{
    public async Task<Result> Handle(EnableUserCommand request, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(request.Id, cancellationToken) is { } account)
        {
            account.Enable();
        }

        // Also one that began in the moment in which the account was disabled.
        sessions.RevokeAll(request.Id, SessionEnd.AccountDisabled, clock.Now());
        return await acts.SaveAsync(
            request.Id,
            Permissions.ManageUsers,
            AuditEventType.AccountEnabled,
            cancellationToken
        );
    }
}
