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
    ITickets tickets,
    IMailOutbox outbox,
    IAuditTrail audit,
    IClient client,
    IUnitOfWork unitOfWork,
    TimeProvider clock
)
{
    /// <summary>Stores the password, ends all sessions, forgets failed sign-ins, and tells the user. The address is confirmed with it, and no other is pending.</summary>
    public async Task<Result> SaveAsync(Credentials account, string passwordHash, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        // Whoever brings the token reads what is sent there. An address that is pending may be that of a thief of the old
        // password: it is forgotten, and so is the link that was mailed to it.
        var change = new AccountChange(PasswordHash: passwordHash, ConfirmedEmail: account.Email);
        await accounts.ChangeAsync(account.UserId, change, cancellationToken);
        var live = await sessions.ListLiveAsync(account.UserId, now, cancellationToken);
        audit.EndSessions(live, SessionEnd.PasswordReset, client, now);
        // Not the wrong codes: whoever reads the mails has no second factor for that.
        await throttle.ForgetAsync(account.Identifiers, cancellationToken);
        tickets.Withdraw(account.UserId);
        outbox.Add(AccountMails.PasswordChanged(account.UserId, now));
        audit.Add(AuditEvent.Of(AuditEventType.PasswordReset, account.UserId, client, now));
        return await unitOfWork.SaveChangesAsync(cancellationToken);
    }
}
