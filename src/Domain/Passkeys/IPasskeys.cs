namespace Fitnessify.Domain.Passkeys;

/// <summary>Stores the passkeys of accounts, and runs the registration and authentication ceremonies of Web Authentication.</summary>
public interface IPasskeys
{
    /// <summary>Creates the challenge for the registration of a passkey.</summary>
    Task<PasskeyChallenge> AskForNewAsync(Guid userId, string username, CancellationToken cancellationToken);

    /// <summary>
    /// Verifies the answer of the authenticator and adds the passkey in the unit of work. If the passkey was registered
    /// meanwhile, the save fails.
    /// </summary>
    /// <param name="userId">The id of the account.</param>
    /// <param name="state">The state from <see cref="AskForNewAsync"/>.</param>
    /// <param name="credential">The answer of the authenticator as JSON.</param>
    /// <param name="name">The name that the user gives the passkey, or null.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <returns>The passkey, or null if the answer is not valid.</returns>
    Task<Passkey?> AddAsync(
        Guid userId,
        string state,
        string credential,
        string? name,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Creates the challenge for a sign-in with any passkey, or for a reauthentication with one of an account.</summary>
    /// <param name="userId">The id of the account, which need not exist any more; null for a sign-in.</param>
    Task<PasskeyChallenge> AskToSignInAsync(Guid? userId, CancellationToken cancellationToken);

    /// <summary>Verifies the answer of the authenticator. It changes nothing; see <see cref="UseAsync"/>.</summary>
    /// <returns>The passkey; null if the answer is not valid.</returns>
    Task<VerifiedPasskey?> VerifyAsync(string state, string credential, CancellationToken cancellationToken);

    /// <summary>
    /// Records the use of a passkey in the unit of work, with the counter of the authenticator: the same answer is not valid
    /// after that. If the passkey is removed before the save, the save fails with <c>passkey_invalid</c>.
    /// </summary>
    /// <returns>False if the passkey was removed since it was verified.</returns>
    Task<bool> UseAsync(VerifiedPasskey passkey, CancellationToken cancellationToken);

    /// <summary>Lists the user's passkeys, oldest first.</summary>
    Task<IReadOnlyList<Passkey>> ListAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Removes one of the user's passkeys in the unit of work, or with a null id all that exist at the time of the save.</summary>
    /// <returns>False if the user has no passkey with this id.</returns>
    Task<bool> RemoveAsync(Guid userId, string? id, CancellationToken cancellationToken);
}
