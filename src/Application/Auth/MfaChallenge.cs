using Fitnessify.Application.Audit;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Auth;

/// <summary>What follows on the right password where that is not enough.</summary>
internal sealed class MfaChallenge(
    IChallengeTokens challengeTokens,
    IMfaRepository factors,
    ICredentialGuard guard,
    IMailOutbox outbox,
    AuditLog audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Saves a challenge token for the second step, with all that the first has changed, and a mail for the case that nobody takes it.</summary>
    /// <returns><c>mfa_required</c> with what the second step takes; <c>invalid_credentials</c> when the account has changed since the password was compared.</returns>
    public async Task<Error> SaveAsync(Credentials account, string? device, CancellationToken cancellationToken)
    {
        guard.Require(account, AuthErrors.InvalidCredentials);
        var factor = await factors.GetAsync(account.UserId, cancellationToken);
        var now = clock.Now();
        var challengeToken = challengeTokens.Issue(ChallengePurpose.SignInCode, account.UserId, device, now);
        outbox.Add(
            AccountMails.SignInNotCompleted(
                account.UserId,
                challengeToken.Id,
                provider: null,
                device,
                client.IpAddress,
                now
            )
        );
        audit.RecordRefusedStranger(AuditEventType.MfaRequired, account.UserId, device: device);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        string[] methods =
            factor.RecoveryCodesLeft > 0 ? [MfaMethods.Totp, MfaMethods.RecoveryCode] : [MfaMethods.Totp];
        return saved.IsSuccess ? MfaErrors.MfaRequiredFor(challengeToken.Text, methods) : saved.Error;
    }
}
