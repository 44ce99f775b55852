namespace Fitnessify.Domain.Mfa;

/// <summary>
/// The second factor of accounts: an authenticator app, and recovery codes for the day without it. Each code works once: that
/// somebody was quicker with it shows as <c>mfa_code_invalid</c> when the unit of work is saved.
/// </summary>
public interface IMfaRepository
{
    /// <summary>How things stand; <see cref="MfaStatus.Off"/> also when the account is gone.</summary>
    Task<MfaStatus> GetAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Makes a seed, in the unit of work, in place of one that was not confirmed. That one is confirmed already shows as <c>state_conflict</c> when that is saved.</summary>
    /// <returns>The seed (see <see cref="Totp"/>).</returns>
    byte[] Begin(Guid userId);

    /// <summary>Switches the factor on, in the unit of work, if the code comes from the seed that waits for it. It is used up with that.</summary>
    /// <param name="userId">The account.</param>
    /// <param name="code">From the app.</param>
    /// <param name="now">UTC.</param>
    /// <returns>False when the code is wrong, or when no seed waits.</returns>
    Task<bool> TryConfirmAsync(Guid userId, string code, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Uses a code up, in the unit of work.</summary>
    /// <returns>False when it is wrong or was used, or when the factor is off.</returns>
    Task<bool> TryUseAsync(Guid userId, MfaCode code, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Makes new recovery codes, in the unit of work; the old ones are worthless then.</summary>
    /// <returns>The codes as people read them. Nobody can tell them later.</returns>
    Task<IReadOnlyList<string>> ReplaceRecoveryCodesAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Switches the factor off, if it is on, and forgets all of it, in the unit of work.</summary>
    void Remove(Guid userId);
}

/// <summary>How the second factor of an account stands.</summary>
/// <param name="IsEnabled">Whether sign-in takes one.</param>
/// <param name="EnabledAt">UTC; null while it is off.</param>
/// <param name="RecoveryCodesLeft">How many work.</param>
public sealed record MfaStatus(bool IsEnabled, DateTimeOffset? EnabledAt, int RecoveryCodesLeft)
{
    /// <summary>Not set up, or not confirmed.</summary>
    public static readonly MfaStatus Off = new(false, null, 0);
}

/// <summary>What somebody shows as second factor; one of the two.</summary>
/// <param name="Code">Six digits from the authenticator app.</param>
/// <param name="RecoveryCode">As typed.</param>
public sealed record MfaCode(string? Code, string? RecoveryCode);
