using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fitnessify.Infrastructure.Common;

/// <summary>
/// A key that Apple has handed out to a developer team. It signs the tokens by which Apple recognizes the team: client secrets of
/// Sign in with Apple, and provider tokens of its push service.
/// </summary>
internal sealed class AppleKey
{
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

    /// <summary>Returns a token (RFC 7519) that the team issues now.</summary>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="claims">The claims in addition to those about the issuer and the time.</param>
    public string Sign(DateTimeOffset now, params IEnumerable<KeyValuePair<string, object>> claims)
    {
        Dictionary<string, object> payload = new(claims) { ["iss"] = _teamId, ["iat"] = now.ToUnixTimeSeconds() };
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(JsonSerializer.Serialize(payload), _credentials);
    }
}
