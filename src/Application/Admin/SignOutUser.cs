using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Ends all sessions of a user.</summary>
/// <param name="Id">The user.</param>
public sealed record SignOutUserCommand(Guid Id) : IRequest<Result>;

internal sealed class SignOutUserHandler(
    ISessionRepository sessions,
    IAccountRepository accounts,
    IAccountTokens tokens,
    AdminUnitOfWork acts,
    TimeProvider clock
) : IRequestHandler<SignOutUserCommand, Result>
{
    public async Task<Result> Handle(SignOutUserCommand request, CancellationToken cancellationToken)
    {
        // Whoever is to be thrown out may have asked for these.
        if (await accounts.FindCredentialsAsync(request.Id, cancellationToken) is { } account)
        {
            tokens.WithdrawRequests(account.UserId, account.Email);
        }

        sessions.RevokeAll(request.Id, SessionEnd.EndedByAdmin, clock.Now());
        return await acts.SaveAsync(
            request.Id,
            Permissions.ManageUsers,
            AuditEventType.AllSessionsEnded,
            cancellationToken
        );
    }
}
