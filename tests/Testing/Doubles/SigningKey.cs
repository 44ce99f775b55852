using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;

namespace Fitnessify.Testing;

/// <summary>A key pair of an issuer. It also signs with algorithms that the server does not accept.</summary>
internal sealed class SigningKey : IDisposable
{
    // Making one takes a tenth of a second, and most tests with an issuer need the first one only.
    private static readonly ConcurrentDictionary<(string Kid, string Owner), Lazy<RSAParameters>> Shared = new();

    private readonly AsymmetricAlgorithm _key;

    private SigningKey(string kid, AsymmetricAlgorithm key)
    {
        (Kid, _key) = (kid, key);
        Jwk = Describe();
    }

    public string Kid { get; }

    /// <summary>Gets the algorithm that fits the key: RS256 or ES256.</summary>
    public string Algorithm => _key is RSA ? "RS256" : "ES256";

    /// <summary>Gets the members of the public key in the key set (RFC 7517, 4), which may be changed.</summary>
    public Dictionary<string, object?> Jwk { get; }

    public static SigningKey Rsa(string kid, int bits = 2048) => new(kid, RSA.Create(bits));

    /// <summary>Returns the RSA key with this id of an owner, which is the same in the whole run.</summary>
    public static SigningKey SharedRsa(string kid, string owner)
    {
        var parameters = Shared.GetOrAdd((kid, owner), _ => new Lazy<RSAParameters>(NewRsa));
        return new(kid, RSA.Create(parameters.Value));
    }

    public static SigningKey Ec(string kid) => Ec(kid, ECCurve.NamedCurves.nistP256);

    public static SigningKey Ec(string kid, ECCurve curve) => new(kid, ECDsa.Create(curve));

    /// <summary>Signs with an algorithm that is possible for the kind of key (RFC 7518, 3.1).</summary>
    public byte[] Sign(byte[] data, string algorithm)
    {
        var hash = new HashAlgorithmName("SHA" + algorithm[2..]);
        return _key switch
        {
            RSA rsa => rsa.SignData(
                data,
                hash,
                algorithm.StartsWith("PS", StringComparison.Ordinal)
                    ? RSASignaturePadding.Pss
                    : RSASignaturePadding.Pkcs1
            ),
            ECDsa ec => ec.SignData(data, hash),
            _ => throw new InvalidOperationException($"No key for {algorithm}"),
        };
    }

    /// <summary>Verifies a signature with <see cref="Algorithm"/>.</summary>
    public bool Verifies(byte[] data, byte[] signature) =>
        _key switch
        {
            RSA rsa => rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ECDsa ec => ec.VerifyData(data, signature, HashAlgorithmName.SHA256),
            _ => false,
        };

    /// <summary>Returns the public key as PEM, which an attacker also has.</summary>
    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Returns the private key as PEM (PKCS #8), as Apple hands it out in a file.</summary>
    public string PrivatePem() => _key.ExportPkcs8PrivateKeyPem();

    public void Dispose() => _key.Dispose();

    private static RSAParameters NewRsa()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportParameters(includePrivateParameters: true);
    }

    private Dictionary<string, object?> Describe()
    {
        Dictionary<string, object?> jwk = new()
        {
            ["kid"] = Kid,
            ["use"] = "sig",
            ["alg"] = Algorithm,
        };
        if (_key is RSA rsa)
        {
            var parameters = rsa.ExportParameters(false);
            jwk["kty"] = "RSA";
            jwk["n"] = Base64Url.EncodeToString(parameters.Modulus);
            jwk["e"] = Base64Url.EncodeToString(parameters.Exponent);
        }
        else if (_key is ECDsa ec)
        {
            var point = ec.ExportParameters(false).Q;
            jwk["kty"] = "EC";
            jwk["crv"] = string.Create(CultureInfo.InvariantCulture, $"P-{ec.KeySize}");
            jwk["x"] = Base64Url.EncodeToString(point.X);
            jwk["y"] = Base64Url.EncodeToString(point.Y);
        }

        return jwk;
    }
}
