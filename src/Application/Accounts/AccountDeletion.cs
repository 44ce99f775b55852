using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Application.Accounts;

/// <summary>What leaves with an account at once, whoever deletes it.</summary>
internal sealed class AccountDeletion(
    IAccountRepository accounts,
    IIdentityRepository identities,
    ISignInThrottle throttle,
    TimeProvider clock
)
{
    /// <summary>Removes it, in the unit of work; false when the account has gone already.</summary>
    public async Task<bool> RemoveAsync(Guid userId, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(userId, cancellationToken) is not { } account)
        {
            return false;
        }

        await throttle.ForgetAsync(Credentials.IdentifiersOf(account), cancellationToken);
        // At once, so that the identities can register again.
        identities.Remove(userId, id: null);
        account.Delete(clock.Now());
        return true;
    }
}
