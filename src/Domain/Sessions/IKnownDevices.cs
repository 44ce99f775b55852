namespace Fitnessify.Domain.Sessions;

/// <summary>Distinguishes the devices of an account from unknown ones, before the password is checked.</summary>
public interface IKnownDevices
{
    /// <summary>
    /// Returns what identifies a known device: a session of the account, live or not, that its refresh token names; or a
    /// network in which the account was used within the last 30 days. Returns null for an unknown device. The call takes
    /// equally long if there is no account.
    /// </summary>
    /// <param name="userId">The id of the account; null if the login belongs to nobody.</param>
    /// <param name="deviceToken">A refresh token that the device had, or null.</param>
    Task<string?> FindAsync(Guid? userId, string? deviceToken, CancellationToken cancellationToken);

    /// <summary>
    /// Returns whether the user has signed in before, but, as far as is stored, never on a device with this name; or, without a
    /// name, never in the caller's network.
    /// </summary>
    Task<bool> IsNewAsync(Guid userId, string? device, CancellationToken cancellationToken);
}
