using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>A public key of an issuer.</summary>
/// <param name="Algorithm">The only algorithm that it verifies, whatever a token says.</param>
internal sealed record IssuerKey(string? Id, string Algorithm, SecurityKey Key);

/// <summary>The keys of a key set (RFC 7517) that can verify an ID token; the others are left out.</summary>
internal sealed class IssuerKeySet
{
    // NIST SP 800-131A, 3 has disallowed shorter ones since 2014.
    private const int MinRsaBits = 2048;

    private readonly IReadOnlyList<IssuerKey> _keys;

    private IssuerKeySet(IReadOnlyList<IssuerKey> keys, DateTimeOffset fetchedAt) =>
        (_keys, FetchedAt) = (keys, fetchedAt);

    public DateTimeOffset FetchedAt { get; }

    public bool IsEmpty => _keys.Count == 0;

    /// <summary>Reads a key set.</summary>
    /// <exception cref="ArgumentException">The text is not a key set.</exception>
    public static IssuerKeySet Parse(string json, DateTimeOffset fetchedAt) =>
        new([.. JsonWebKeySet.Create(json).Keys.Select(Read).OfType<IssuerKey>()], fetchedAt);

    public bool Has(string id) => _keys.Any(key => key.Id == id);

    /// <summary>Returns the key with the id, or the only key for the algorithm if a token names none; null if there is no single one.</summary>
    public IssuerKey? Find(string? id, string algorithm) =>
        _keys.Where(key => key.Algorithm == algorithm && (id is null || key.Id == id)).Take(2).ToList() is [var only]
            ? only
            : null;

    private static IssuerKey? Read(JsonWebKey key)
    {
        if (key.Use is not (null or "" or JsonWebKeyUseNames.Sig))
        {
            return null;
        }

        try
        {
            var read = key.Kty switch
            {
                JsonWebAlgorithmsKeyTypes.RSA => ReadRsa(key),
                JsonWebAlgorithmsKeyTypes.EllipticCurve => ReadEc(key),
                _ => null,
            };
            return read is not null && (string.IsNullOrEmpty(key.Alg) || key.Alg == read.Algorithm) ? read : null;
        }
        catch (Exception exception) when (exception is FormatException or CryptographicException or ArgumentException)
        {
            // One broken key does not make the others unusable.
            return null;
        }
    }

    private static IssuerKey? ReadRsa(JsonWebKey key)
    {
        var parameters = new RSAParameters { Modulus = Decode(key.N), Exponent = Decode(key.E) };
        using var rsa = RSA.Create(parameters);
        return rsa.KeySize >= MinRsaBits
            ? new IssuerKey(key.Kid, SecurityAlgorithms.RsaSha256, new RsaSecurityKey(parameters) { KeyId = key.Kid })
            : null;
    }

    private static IssuerKey? ReadEc(JsonWebKey key)
    {
        if (key.Crv != JsonWebKeyECTypes.P256)
        {
            return null;
        }

        var ec = ECDsa.Create(
            new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = { X = Decode(key.X), Y = Decode(key.Y) } }
        );
        return new IssuerKey(key.Kid, SecurityAlgorithms.EcdsaSha256, new ECDsaSecurityKey(ec) { KeyId = key.Kid });
    }

    private static byte[] Decode(string? number) =>
        Base64Url.DecodeFromChars(number) is { Length: > 0 } bytes ? bytes : throw new FormatException();
}
