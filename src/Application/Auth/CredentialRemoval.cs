using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>
/// Ends what may have been begun with a passkey or an identity that is removed: whoever stole it has not only signed in (ASVS 5.0,
/// 7.4.3).
/// </summary>
internal sealed class CredentialRemoval(
    IAccountRepository accounts,
    IAccountTokens accountTokens,
    ISessionRepository sessions,
    IChallengeTokens challengeTokens,
    IMfaRepository factors
)
{
    /// <summary>
    /// Ends reauthentications, first steps whose second step is still to come, a setup of the second factor and a change of the
    /// address, in the unit of work.
    /// </summary>
    public void EndBegun(Guid userId)
    {
        sessions.EndReauthentications(userId);
        challengeTokens.Withdraw(userId);
        factors.RemoveUnconfirmed(userId);
        // The link goes first, while the pending address shows that there is one. Without it, a confirmation at the same moment fails.
        accountTokens.WithdrawPendingConfirmation(userId);
        accounts.CancelEmailChange(userId);
    }
}
