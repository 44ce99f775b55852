using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mfa;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>Ends what rests on the credentials of an account before they change (ASVS 5.0, 7.4.3).</summary>
internal sealed class CredentialChanges(
    IAccountTokens accountTokens,
    ISessionRepository sessions,
    IChallengeTokens challengeTokens,
    IMfaRepository factors
)
{
    /// <summary>
    /// Ends reauthentications, and first steps whose second step is still to come, in the unit of work, because a passkey, an
    /// identity or recovery codes are added.
    /// </summary>
    public void Added(Guid userId)
    {
        sessions.EndReauthentications(userId);
        challengeTokens.Withdraw(userId);
    }

    /// <summary>
    /// Ends the same, and also a setup of the second factor and a change of the address, in the unit of work, because a passkey or
    /// an identity is removed: whoever stole it has not only signed in.
    /// </summary>
    public void Removed(Guid userId)
    {
        Added(userId);
        factors.RemoveUnconfirmed(userId);
        accountTokens.WithdrawEmailChange(userId);
    }
}
