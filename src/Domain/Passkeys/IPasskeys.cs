namespace Fitnessify.Domain.Passkeys;

/// <summary>The passkeys of the accounts, and the ceremonies of Web Authentication that make and use them.</summary>
public interface IPasskeys
{
    /// <summary>What an authenticator has to be asked to make a passkey for the user.</summary>
    Task<PasskeyChallenge> AskForNewAsync(Guid userId, string username, CancellationToken cancellationToken);

    /// <summary>Checks what the authenticator has made, and adds it in the unit of work. That somebody was quicker with it shows when that is saved.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="state">From <see cref="AskForNewAsync"/>.</param>
    /// <param name="credential">The answer as JSON.</param>
    /// <param name="name">What to call it.</param>
    /// <param name="now">UTC.</param>
    /// <returns>Null when the answer does not hold.</returns>
    Task<Passkey?> AddAsync(
        Guid userId,
        string state,
        string credential,
        string? name,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>What an authenticator has to be asked to sign in, whoever it belongs to.</summary>
    Task<PasskeyChallenge> AskToSignInAsync(CancellationToken cancellationToken);

    /// <summary>Checks the answer, and notes the use of the passkey in the unit of work.</summary>
    /// <returns>Whose passkey it is; null when the answer does not hold.</returns>
    Task<Guid?> VerifyAsync(string state, string credential, CancellationToken cancellationToken);

    /// <summary>The user's passkeys, oldest first.</summary>
    Task<IReadOnlyList<Passkey>> ListAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Removes one of the user's passkeys, in the unit of work; or with null for the id all that there are when that is saved.</summary>
    /// <returns>False when they have none of this id.</returns>
    Task<bool> RemoveAsync(Guid userId, string? id, CancellationToken cancellationToken);
}
