using System.Buffers.Text;
using System.Security.Cryptography;
using Fitnessify.Infrastructure.DataProtection;

namespace Fitnessify.Infrastructure.Push;

/// <summary>The key pair that identifies this server to the push services (RFC 8292), in base64url without padding.</summary>
internal sealed class VapidKeyPair
{
    private VapidKeyPair(string publicKey, string privateKey) => (PublicKey, PrivateKey) = (publicKey, privateKey);

    public string PublicKey { get; }

    public string PrivateKey { get; }

    /// <summary>Derives the public key from a private key.</summary>
    public static VapidKeyPair Of(byte[] privateKey)
    {
        using var key = Open(privateKey);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new VapidKeyPair(
            // An uncompressed point (SEC 1, 2.3.3).
            Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]),
            Base64Url.EncodeToString(privateKey)
        );
    }

    /// <summary>Returns the key to sign with; the caller disposes of it.</summary>
    public ECDsa Open() => Open(Base64Url.DecodeFromChars(PrivateKey));

    // Keys are not shared between threads: their implementations do not promise to be safe for that.
    private static ECDsa Open(byte[] privateKey) =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = privateKey });
}

/// <summary>Keeps the key pair, which is made once for all instances: subscriptions are bound to it.</summary>
internal sealed class VapidKey(ServerSecrets secrets)
{
    private VapidKeyPair? _pair;

    public async ValueTask<VapidKeyPair> GetAsync(CancellationToken cancellationToken) =>
        _pair ??= VapidKeyPair.Of(await secrets.GetVapidKeyAsync(cancellationToken));
}
