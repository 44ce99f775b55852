using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Lets a user try passwords and codes again who has given too many wrong ones.</summary>
/// <param name="Id">The user.</param>
public sealed record UnlockUserCommand(Guid Id) : IRequest<Result>;

internal sealed class UnlockUserHandler(IAccountRepository accounts, ISignInThrottle throttle, AdminUnitOfWork acts)
    : IRequestHandler<UnlockUserCommand, Result>
{
    public async Task<Result> Handle(UnlockUserCommand request, CancellationToken cancellationToken)
    {
        if (await accounts.FindCredentialsAsync(request.Id, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        await throttle.ForgetAsync([.. user.Identifiers, user.MfaIdentifier], cancellationToken);
        return await acts.SaveAsync(
            request.Id,
            Permissions.ManageUsers,
            AuditEventType.AccountUnlocked,
            cancellationToken
        );
    }
}
