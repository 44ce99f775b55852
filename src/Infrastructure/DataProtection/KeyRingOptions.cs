namespace Fitnessify.Infrastructure.DataProtection;

/// <summary>Section <c>DataProtection</c>: how the key ring is protected at rest.</summary>
public sealed class KeyRingOptions
{
    /// <summary>A PKCS #12 file that encrypts the keys behind the tokens; without one they stand in the database as they are.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>Opens the file, and the previous ones.</summary>
    public string? CertificatePassword { get; init; }

    /// <summary>The files that this one has replaced: the keys that they have encrypted go on being read.</summary>
    public string[] PreviousCertificatePaths { get; init; } = [];
}
