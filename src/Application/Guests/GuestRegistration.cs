using Fitnessify.Application.Audit;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Guests;

/// <summary>What each way has in common in which a guest becomes a member.</summary>
internal sealed class GuestRegistration(
    SessionLifetime lifetime,
    ICurrentUser currentUser,
    IAccountRepository accounts,
    ISessionRepository sessions,
    ICredentialGuard guard,
    AuditLog audit,
    TimeProvider clock
)
{
    /// <summary>
    /// Loads the account of the current user, and makes the save depend on it being the same and on the session being live.
    /// </summary>
    /// <returns>The account; or <c>state_conflict</c> if it is a member's.</returns>
    public async Task<Result<Account>> BeginAsync(CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(currentUser.Id, cancellationToken) is not { } account)
        {
            return SessionErrors.SessionRevoked;
        }

        if (account.Kind != AccountKind.Guest)
        {
            return GuestErrors.AlreadyMember;
        }

        guard.RequireLive(account.Id, currentUser.SessionId);
        guard.Require(account, GuestErrors.AlreadyMember);
        return account;
    }

    /// <summary>Does in the unit of work what follows once the guest is a member.</summary>
    public void Complete(Account registered)
    {
        sessions.Authenticate(registered.Id, lifetime, clock.Now());
        audit.Record(AuditEventType.Registered);
    }
}
