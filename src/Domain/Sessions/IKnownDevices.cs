namespace Fitnessify.Domain.Sessions;

/// <summary>Tells the devices of an account from strangers, before the password is looked at.</summary>
public interface IKnownDevices
{
    /// <summary>
    /// What the caller is known by: a session of the account, live or ended, by its refresh token; or a network in which the
    /// account was used within 30 days. Null for a stranger. It takes as long when there is no account.
    /// </summary>
    /// <param name="userId">The account; null when nobody has the login.</param>
    /// <param name="deviceToken">A refresh token that the device had, or null.</param>
    Task<string?> FindAsync(Guid? userId, string? deviceToken, CancellationToken cancellationToken);

    /// <summary>
    /// Whether a user who has signed in before, as far as is remembered, never has on a device of this name; or, without a name,
    /// in the network of the caller.
    /// </summary>
    Task<bool> IsNewAsync(Guid userId, string? device, CancellationToken cancellationToken);
}
