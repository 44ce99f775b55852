using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Mfa;

/// <summary>How the second factor stands.</summary>
/// <param name="Enabled">Whether sign-in takes one.</param>
/// <param name="RecoveryCodesLeft">How many have not been used.</param>
public sealed record MfaDto(bool Enabled, int RecoveryCodesLeft)
{
    internal static MfaDto From(MfaStatus factor) => new(factor.IsEnabled, factor.RecoveryCodesLeft);
}
