using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Passkeys;
using MediatR;

namespace Fitnessify.Application.Admin;

/// <summary>Switches the second factor of a user off who has lost it, and removes their passkeys: those may lie on what was lost.</summary>
/// <param name="Id">The user.</param>
public sealed record ResetMfaCommand(Guid Id) : IRequest<Result>;

internal sealed class ResetMfaHandler(
    IAccountRepository accounts,
    IMfaRepository factors,
    IPasskeys passkeys,
    ICredentialGuard guard,
    IChallengeTokens challengeTokens,
    ISignInThrottle throttle,
    IMailOutbox outbox,
    AdminUnitOfWork acts,
    TimeProvider clock
) : IRequestHandler<ResetMfaCommand, Result>
{
    public async Task<Result> Handle(ResetMfaCommand request, CancellationToken cancellationToken)
    {
        if (await accounts.FindCredentialsAsync(request.Id, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        factors.Remove(user.UserId);
        await passkeys.RemoveAsync(user.UserId, id: null, cancellationToken);
        guard.RequireCredential(user.UserId);
        challengeTokens.Withdraw(user.UserId);
        await throttle.ForgetAsync([user.MfaIdentifier], cancellationToken);
        if (user.MfaEnabled)
        {
            outbox.Add(AccountMails.MfaDisabled(user.UserId, clock.Now()));
        }

        return await acts.SaveAsync(request.Id, Permissions.ManageUsers, AuditEventType.MfaReset, cancellationToken);
    }
}
