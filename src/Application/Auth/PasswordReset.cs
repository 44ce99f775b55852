using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Auth;

/// <summary>All that a new password in place of a forgotten one brings with it.</summary>
internal sealed class PasswordReset(
    IAccountRepository accounts,
    ISessionRepository sessions,
    ISignInThrottle throttle,
    IMailOutbox outbox,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Stores the password, ends all sessions, forgets failed sign-ins, and tells the user. The address is confirmed with it.</summary>
    public async Task<Result> SaveAsync(Credentials account, string passwordHash, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        // Whoever brings the token reads what is sent there. An address that somebody in a stolen session has asked for
        // would let them in again.
        var change = new AccountChange(
            PasswordHash: passwordHash,
            ConfirmedEmail: account.EmailConfirmed ? null : account.Email,
            DropsPendingEmail: true
        );
        await accounts.ChangeAsync(account.UserId, change, cancellationToken);
        var live = await sessions.ListLiveAsync(account.UserId, now, cancellationToken);
        audit.EndSessions(live, SessionEnd.PasswordReset, client, now);
        await throttle.ForgetAsync(account.Identifiers, cancellationToken);
        outbox.Add(AccountMails.PasswordChanged(account.UserId, now));
        audit.Add(AuditEvent.Of(AuditEventType.PasswordReset, account.UserId, client, now));
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
