using Fitnessify.Application.Audit;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Passkeys;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>All that a new password in place of a forgotten one brings with it.</summary>
internal sealed class PasswordReset(
    IAccountRepository accounts,
    IAccountTokens tokens,
    ICredentialGuard guard,
    SessionRevocation revocation,
    IPasskeys passkeys,
    IIdentityRepository identities,
    IMfaRepository factors,
    ISignInThrottle throttle,
    IChallengeTokens challengeTokens,
    IMailOutbox outbox,
    AuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Stores the password, ends all sessions, forgets failed sign-ins, and tells the user. The address is confirmed with it, and no other is pending.</summary>
    public async Task<Result> SaveAsync(
        Credentials verified,
        string address,
        string passwordHash,
        CancellationToken cancellationToken
    )
    {
        guard.Require(verified, AuthErrors.TokenInvalidOrExpired);
        if (await accounts.FindAsync(verified.UserId, cancellationToken) is not { } account)
        {
            return AuthErrors.TokenInvalidOrExpired;
        }

        var now = clock.Now();
        // Whoever brings the token reads what is sent there. An address that is pending may be that of a thief of the old
        // password: it is forgotten, and so is the link that was mailed to it.
        account.ResetPassword(passwordHash, address);
        tokens.WithdrawEmailChange(account.Id);
        revocation.RevokeAll(account.Id, SessionEnd.PasswordReset);
        // Not the wrong codes: whoever reads the mails has no second factor for that.
        await throttle.ForgetAsync(verified.Identifiers, cancellationToken);
        challengeTokens.Withdraw(account.Id);
        if (!verified.EmailConfirmed)
        {
            await RemoveAsync(account.Id, cancellationToken);
        }

        var remainingPasskeys = verified.EmailConfirmed ? await passkeys.ListAsync(account.Id, cancellationToken) : [];
        var remainingIdentities = verified.EmailConfirmed
            ? await identities.ListAsync(account.Id, cancellationToken)
            : [];
        outbox.Add(
            AccountMails.PasswordReset(
                account.Id,
                remainingPasskeys.Select(passkey => passkey.Name),
                remainingIdentities.Select(identity => identity.Provider),
                verified is { EmailConfirmed: true, MfaEnabled: true },
                now
            )
        );
        audit.Record(AuditEventType.PasswordReset, account.Id);
        var saved = await unitOfWork.SaveChangesAsync(cancellationToken);
        // Another account has confirmed the address meanwhile.
        return saved.Error == AccountErrors.EmailTaken ? AuthErrors.TokenInvalidOrExpired : saved;
    }

    // Nobody has shown before that the address is theirs: whoever set these up may have squatted it, and who reads its mail has
    // not (account pre-hijacking).
    private async Task RemoveAsync(Guid userId, CancellationToken cancellationToken)
    {
        await passkeys.RemoveAsync(userId, id: null, cancellationToken);
        identities.Remove(userId, id: null);
        factors.Remove(userId);
    }
}
