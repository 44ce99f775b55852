using System.Text.Json;
using Fitnessify.Application.Audit;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Auth;

/// <summary>What follows on the right password, or on an identity, where that is not enough.</summary>
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
    /// <param name="account">As it was when its user took the first step.</param>
    /// <param name="content">What the second step needs of the first.</param>
    /// <param name="otherwise">The answer when the account has changed since.</param>
    /// <returns><c>mfa_required</c> with what the second step takes; or why the save failed.</returns>
    public async Task<Error> SaveAsync(
        Credentials account,
        MfaChallengeContent content,
        Error otherwise,
        CancellationToken cancellationToken
    )
    {
        guard.Require(account, otherwise);
        var factor = await factors.GetAsync(account.UserId, cancellationToken);
        var (now, device) = (clock.Now(), content.Device);
        var challengeToken = challengeTokens.Issue(
            ChallengePurpose.SignInCode,
            account.UserId,
            JsonSerializer.Serialize(content),
            now
        );
        outbox.Add(
            AccountMails.SignInNotCompleted(
                account.UserId,
                challengeToken.Id,
                content.Provider,
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

/// <summary>What the second step of a sign-in needs of the first.</summary>
/// <param name="Device">What to call the device, or null.</param>
/// <param name="IdentityId">The linked identity that took the first step; null for the password.</param>
/// <param name="Provider">The provider of that identity, or null.</param>
/// <param name="GuestSessionId">
/// The session of a guest whose token the first step has brought along, or null. The token itself may be renewed before the second.
/// </param>
internal sealed record MfaChallengeContent(
    string? Device,
    Guid? IdentityId = null,
    string? Provider = null,
    Guid? GuestSessionId = null
)
{
    /// <summary>Reads the content of a challenge token.</summary>
    public static MfaChallengeContent Of(ChallengeToken challengeToken) =>
        JsonSerializer.Deserialize<MfaChallengeContent>(challengeToken.Content!)!;
}
