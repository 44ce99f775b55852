using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Mfa;

/// <summary>What an authenticator app needs; shown once.</summary>
/// <param name="Secret">To type, in base 32.</param>
/// <param name="OtpauthUri">The same to scan, as a QR code.</param>
public sealed record TotpEnrolmentDto(string Secret, string OtpauthUri)
{
    private const string Issuer = "Fitnessify";

    internal static TotpEnrolmentDto From(string username, byte[] seed)
    {
        var secret = Totp.ToBase32(seed);
        return new TotpEnrolmentDto(
            secret,
            $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(username)}?secret={secret}&issuer={Issuer}"
                + $"&algorithm=SHA1&digits={Totp.Digits}&period={Totp.StepSeconds}"
        );
    }
}
