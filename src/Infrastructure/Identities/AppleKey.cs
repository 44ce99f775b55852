using System.Security.Cryptography;
using System.Text.Json;
using Fitnessify.Infrastructure.Common;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>
/// The key of the app at Apple. It signs the client secrets
/// (https://developer.apple.com/documentation/accountorganizationaldatasharing/creating-a-client-secret).
/// </summary>
internal sealed class AppleKey
{
    // The secret is made for one request. Apple permits six months.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly string? P256 = ECCurve.NamedCurves.nistP256.Oid.Value;

    private readonly string _teamId;
    private readonly SigningCredentials _credentials;

    private AppleKey(ECDsa key, string keyId, string teamId) =>
        (_teamId, _credentials) = (
            teamId,
            new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = keyId }, SecurityAlgorithms.EcdsaSha256)
        );

    /// <summary>Reads the file.</summary>
    /// <exception cref="SettingsException">The file holds no such key.</exception>
    public static AppleKey Load(string setting, string path, string keyId, string teamId)
    {
        var key = ECDsa.Create();
        try
        {
            var pem = File.ReadAllText(path);
            if (PemEncoding.TryFind(pem, out var fields) && pem[fields.Label] == "PRIVATE KEY")
            {
                key.ImportFromPem(pem);
                if (key.ExportParameters(false).Curve is { IsNamed: true } curve && curve.Oid.Value == P256)
                {
                    return new AppleKey(key, keyId, teamId);
                }
            }
        }
        catch (Exception exception)
            when (exception
                    is CryptographicException
                        or ArgumentException
                        or NotSupportedException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            // The exception below reports what is required.
        }

        key.Dispose();
        throw new SettingsException(
            setting,
            "cannot be used; give the file that Apple hands out, a PEM file (PKCS #8) with an EC key on P-256."
        );
    }

    /// <summary>Returns the client secret of an app.</summary>
    public string Sign(string issuer, string clientId, DateTimeOffset now)
    {
        var issuedAt = now.ToUnixTimeSeconds();
        Dictionary<string, object> payload = new()
        {
            ["iss"] = _teamId,
            ["iat"] = issuedAt,
            ["exp"] = issuedAt + (long)Lifetime.TotalSeconds,
            ["aud"] = issuer,
            ["sub"] = clientId,
        };
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(JsonSerializer.Serialize(payload), _credentials);
    }
}
