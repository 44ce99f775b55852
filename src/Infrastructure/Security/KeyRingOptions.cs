namespace Fitnessify.Infrastructure.Security;

/// <summary>Section <c>DataProtection</c>: how the key ring is protected at rest.</summary>
public sealed class KeyRingOptions
{
    /// <summary>A PKCS #12 file; without one the keys stand in the database as they are.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>Opens the file.</summary>
    public string? CertificatePassword { get; init; }
}
