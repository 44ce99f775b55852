using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fitnessify.Infrastructure.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Fitnessify.Infrastructure.DataProtection;

/// <summary>Stores the keys of Data Protection in the database for all instances.</summary>
internal static class DataProtectionServices
{
    public static void AddDataProtectionKeys(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ServerSecrets>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(
            provider => new ConfigureOptions<KeyManagementOptions>(options =>
                options.XmlRepository = new DataProtectionKeyRepository(
                    provider.GetRequiredService<IServiceScopeFactory>()
                )
            )
        );

        var dataProtection = services
            .AddDataProtection()
            .SetApplicationName("Fitnessify")
            // The default encrypts with AES-CBC and adds an HMAC in a second pass; AES-GCM does both in one. It applies to new
            // keys.
            .UseCryptographicAlgorithms(
                new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM }
            );
        var options = services.AddSettings<KeyRingOptions>(configuration, "DataProtection");
        if (options.CertificatePath is { } path)
        {
            dataProtection.ProtectKeysWithCertificate(
                LoadCertificate("DataProtection:CertificatePath", path, options.CertificatePassword)
            );
        }

        dataProtection.UnprotectKeysWithAnyCertificate([
            .. options.PreviousCertificatePaths.Select(
                (previous, i) =>
                    LoadCertificate(
                        $"DataProtection:PreviousCertificatePaths:{i}",
                        previous,
                        options.CertificatePassword
                    )
            ),
        ]);
    }

    private static X509Certificate2 LoadCertificate(string key, string path, string? password)
    {
        X509Certificate2? certificate = null;
        try
        {
            certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (Exception exception)
            when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // The exception below reports what is required.
        }

        // Encryption needs only the public key, but without the private key the next start could not read the ring.
        using var privateKey = certificate?.GetRSAPrivateKey();
        return privateKey is not null
            ? certificate!
            : throw new SettingsException(
                key,
                "cannot be used; give a PKCS #12 file with an RSA certificate and its private key, and the file's "
                    + "password in DataProtection:CertificatePassword."
            );
    }
}
