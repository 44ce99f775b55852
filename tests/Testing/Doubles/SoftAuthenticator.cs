using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fitnessify.Testing;

/// <summary>
/// An authenticator with one passkey (W3C Web Authentication, ES256, attestation "none"), together with the browser in front
/// of it. It signs whatever it is given, so that tests can produce invalid responses.
/// </summary>
internal sealed class SoftAuthenticator(string origin) : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private string? _userHandle;

    public byte[] Id { get; init; } = RandomNumberGenerator.GetBytes(16);

    public string Origin { get; set; } = origin;

    /// <summary>Gets or sets whether the user was verified.</summary>
    public bool IsUserVerified { get; set; } = true;

    /// <summary>Gets or sets the signature counter; it stays 0 in an authenticator that does not count.</summary>
    public uint Counter { get; set; }

    /// <summary>Gets or sets the domain to sign for; null means that of the challenge.</summary>
    public string? RpId { get; set; }

    /// <summary>Responds to the challenge for a new passkey.</summary>
    public string Create(JsonElement options)
    {
        _userHandle = options.GetProperty("user").GetProperty("id").GetString();
        var data = AuthenticatorData(options.GetProperty("rp").GetProperty("id").GetString()!, 0x40);
        // This is CTAP2's canonical CBOR: { "fmt": "none", "attStmt": {}, "authData": bytes }
        byte[] attestation =
        [
            0xA3,
            .. Text("fmt"),
            .. Text("none"),
            .. Text("attStmt"),
            0xA0,
            .. Text("authData"),
            0x58,
            (byte)data.Length,
            .. data,
        ];
        return Credential(
            new
            {
                clientDataJSON = Base64Url.EncodeToString(ClientData("webauthn.create", options)),
                attestationObject = Base64Url.EncodeToString(attestation),
                transports = new[] { "internal" },
            }
        );
    }

    /// <summary>Responds to the challenge for a sign-in.</summary>
    public string Get(JsonElement options)
    {
        var clientData = ClientData("webauthn.get", options);
        var data = AuthenticatorData(options.GetProperty("rpId").GetString()!, 0);
        var signature = _key.SignData(
            [.. data, .. SHA256.HashData(clientData)],
            HashAlgorithmName.SHA256,
            DSASignatureFormat.Rfc3279DerSequence
        );
        return Credential(
            new
            {
                clientDataJSON = Base64Url.EncodeToString(clientData),
                authenticatorData = Base64Url.EncodeToString(data),
                signature = Base64Url.EncodeToString(signature),
                userHandle = _userHandle,
            }
        );
    }

    public void Dispose() => _key.Dispose();

    private string Credential<T>(T response)
    {
        var id = Base64Url.EncodeToString(Id);
        return JsonSerializer.Serialize(
            new
            {
                id,
                rawId = id,
                type = "public-key",
                response,
                clientExtensionResults = new { },
            }
        );
    }

    private byte[] ClientData(string type, JsonElement options) =>
        JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                type,
                challenge = options.GetProperty("challenge").GetString(),
                origin = Origin,
                crossOrigin = false,
            }
        );

    // The data contains a hash of the domain, flags (present, verified) and the counter; a new passkey adds maker, id and public key (COSE).
    private byte[] AuthenticatorData(string rpId, byte flags)
    {
        var counter = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        byte[] head =
        [
            .. SHA256.HashData(Encoding.UTF8.GetBytes(RpId ?? rpId)),
            (byte)(flags | 0x01 | (IsUserVerified ? 0x04 : 0)),
            .. counter,
        ];
        if (flags == 0)
        {
            return head;
        }

        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        return
        [
            .. head,
            .. new byte[16],
            (byte)(Id.Length >> 8),
            (byte)Id.Length,
            .. Id,
            .. (byte[])[0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20],
            .. point.X!,
            .. (byte[])[0x22, 0x58, 0x20],
            .. point.Y!,
        ];
    }

    private static byte[] Text(string text) => [(byte)(0x60 | text.Length), .. Encoding.ASCII.GetBytes(text)];
}
