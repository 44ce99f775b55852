using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Fitnessify.Infrastructure.Common;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Fitnessify.Infrastructure.Push;

/// <summary>
/// A service account of Google, with which the server asks for access tokens
/// (https://developers.google.com/identity/protocols/oauth2/service-account).
/// </summary>
internal sealed class FcmAccount
{
    private const string Scope = "https://www.googleapis.com/auth/firebase.messaging";

    // NIST SP 800-131A forbids shorter keys.
    private const int MinKeyBits = 2048;

    // The assertion is made for one request. Google permits an hour.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly string _email;
    private readonly SigningCredentials _credentials;

    private FcmAccount(KeyFile file, RSA key)
    {
        (ProjectId, TokenUrl, _email) = (file.ProjectId!, file.TokenUri!, file.ClientEmail!);
        _credentials = new SigningCredentials(
            new RsaSecurityKey(key) { KeyId = file.PrivateKeyId },
            SecurityAlgorithms.RsaSha256
        );
    }

    public string ProjectId { get; }

    /// <summary>Gets the token endpoint.</summary>
    public string TokenUrl { get; }

    /// <summary>Reads the file.</summary>
    /// <exception cref="SettingsException">The file holds no such account.</exception>
    public static FcmAccount Load(string setting, string path)
    {
        var file = Read(path) ?? throw Refuse(setting, "it is not a JSON file that can be read");
        (string Name, string? Value)[] members =
        [
            ("project_id", file.ProjectId),
            ("client_email", file.ClientEmail),
            ("private_key_id", file.PrivateKeyId),
            ("private_key", file.PrivateKey),
            ("token_uri", file.TokenUri),
        ];
        if (members.FirstOrDefault(member => string.IsNullOrWhiteSpace(member.Value)).Name is { } missing)
        {
            throw Refuse(setting, $"it has no {missing}");
        }

        if (!Uri.TryCreate(file.TokenUri, UriKind.Absolute, out var url) || !PushClients.IsSecure(url))
        {
            throw Refuse(setting, "its token_uri is not an https URL");
        }

        var key =
            Import(file.PrivateKey!)
            ?? throw Refuse(
                setting,
                $"its private_key is not a PEM text (PKCS #8) of an RSA key with {MinKeyBits} bits or more"
            );
        return new FcmAccount(file, key);
    }

    /// <summary>Returns the parameters that ask for an access token (RFC 7523, 2.1).</summary>
    public IEnumerable<KeyValuePair<string, string>> WriteGrant(DateTimeOffset now)
    {
        Dictionary<string, object> payload = new()
        {
            ["iss"] = _email,
            ["scope"] = Scope,
            ["aud"] = TokenUrl,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        };
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return
        [
            new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"),
            new("assertion", handler.CreateToken(JsonSerializer.Serialize(payload), _credentials)),
        ];
    }

    private static KeyFile? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<KeyFile>(File.ReadAllText(path));
        }
        catch (Exception exception)
            when (exception
                    is JsonException
                        or ArgumentException
                        or NotSupportedException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            return null;
        }
    }

    private static RSA? Import(string pem)
    {
        var key = RSA.Create();
        try
        {
            if (PemEncoding.TryFind(pem, out var fields) && pem[fields.Label] == "PRIVATE KEY")
            {
                key.ImportFromPem(pem);
                if (key.KeySize >= MinKeyBits)
                {
                    return key;
                }
            }
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // The caller reports what is required.
        }

        key.Dispose();
        return null;
    }

    private static SettingsException Refuse(string setting, string problem) =>
        new(
            setting,
            $"cannot be used, because {problem}; give the key file of a service account, as Google hands it out."
        );

    private sealed record KeyFile(
        [property: JsonPropertyName("project_id")] string? ProjectId,
        [property: JsonPropertyName("client_email")] string? ClientEmail,
        [property: JsonPropertyName("private_key_id")] string? PrivateKeyId,
        [property: JsonPropertyName("private_key")] string? PrivateKey,
        [property: JsonPropertyName("token_uri")] string? TokenUri
    );
}
