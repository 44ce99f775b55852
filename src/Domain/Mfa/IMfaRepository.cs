namespace Fitnessify.Domain.Mfa;

/// <summary>
/// Stores the MFA of accounts: the seed of an authenticator app, and recovery codes. Each code works once: if two requests use
/// the same code, the save of the later one fails with <c>mfa_code_invalid</c>.
/// </summary>
public interface IMfaRepository
{
    /// <summary>Returns the status; <see cref="MfaStatus.Off"/> also if the account does not exist.</summary>
    Task<MfaStatus> GetAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>
    /// Creates a seed in the unit of work and replaces an unconfirmed one. If MFA is already enabled, the save fails with
    /// <c>state_conflict</c>.
    /// </summary>
    /// <returns>The seed, as <see cref="Totp"/> uses it.</returns>
    byte[] Begin(Guid userId);

    /// <summary>Enables MFA in the unit of work if the code comes from the unconfirmed seed. The code is then used up.</summary>
    /// <param name="userId">The id of the account.</param>
    /// <param name="code">The code that the app displays.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <returns>False if the code is wrong, or if there is no unconfirmed seed.</returns>
    Task<bool> TryConfirmAsync(Guid userId, string code, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Marks a code as used in the unit of work.</summary>
    /// <returns>False if the code is wrong or was used before, or if MFA is disabled.</returns>
    Task<bool> TryUseAsync(Guid userId, MfaCode code, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Creates new recovery codes in the unit of work and invalidates the old ones.</summary>
    /// <returns>The codes as they are displayed. Only their hashes are stored, so they cannot be displayed again.</returns>
    Task<IReadOnlyList<string>> ReplaceRecoveryCodesAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Deletes a seed that was not confirmed yet, in the unit of work.</summary>
    void RemoveUnconfirmed(Guid userId);

    /// <summary>Disables MFA, if it is enabled, and deletes the seed and the codes, in the unit of work.</summary>
    void Remove(Guid userId);
}

/// <summary>The status of an account's MFA.</summary>
/// <param name="IsEnabled">Whether sign-in requires a second factor.</param>
/// <param name="EnabledAt">The time in UTC at which MFA was enabled; null while it is disabled.</param>
/// <param name="RecoveryCodesLeft">The number of unused recovery codes.</param>
public sealed record MfaStatus(bool IsEnabled, DateTimeOffset? EnabledAt, int RecoveryCodesLeft)
{
    /// <summary>MFA is not set up, or not confirmed.</summary>
    public static readonly MfaStatus Off = new(false, null, 0);
}

/// <summary>The second factor that a user presents; exactly one of the two is set.</summary>
/// <param name="Code">Six digits from the authenticator app.</param>
/// <param name="RecoveryCode">The recovery code as the user typed it.</param>
public sealed record MfaCode(string? Code, string? RecoveryCode);
