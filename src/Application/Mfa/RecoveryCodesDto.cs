namespace Fitnessify.Application.Mfa;

/// <summary>Codes for the day without the authenticator app; shown once.</summary>
/// <param name="RecoveryCodes">Each works once.</param>
public sealed record RecoveryCodesDto(IReadOnlyList<string> RecoveryCodes);
