using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Testing;

/// <summary>
/// A browser with a subscription. It decrypts messages by RFC 8291 with what the framework offers, so that a mistake of the
/// server's library is not repeated here, and keeps the notifications that it shows.
/// </summary>
internal sealed class TestPushSubscription : IDisposable
{
    private const int SaltLength = 16;
    private const int HeaderLength = SaltLength + 4 + 1;
    private const int PointLength = 65;
    private const int TagLength = 16;
    private const byte LastRecord = 2;

    private readonly ECDiffieHellman _key;
    private readonly byte[] _auth;
    private readonly ConcurrentDictionary<Guid, ReceivedPush> _shown = new();

    /// <summary>Subscribes with new keys.</summary>
    public TestPushSubscription(string endpoint, string? applicationServerKey)
        : this(
            endpoint,
            applicationServerKey,
            ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256),
            RandomNumberGenerator.GetBytes(16)
        ) { }

    /// <summary>Subscribes with given keys.</summary>
    public TestPushSubscription(string endpoint, string? applicationServerKey, ECDiffieHellman key, byte[] auth)
    {
        (Endpoint, ApplicationServerKey, _key, _auth) = (endpoint, applicationServerKey, key, auth);
        P256dh = Base64Url.EncodeToString(PublicKey);
    }

    public string Endpoint { get; }

    /// <summary>Gets the public key of the only server that may send; null for any.</summary>
    public string? ApplicationServerKey { get; }

    /// <summary>Gets the public key in base64url.</summary>
    public string P256dh { get; }

    /// <summary>Gets the authentication secret in base64url.</summary>
    public string Auth => Base64Url.EncodeToString(_auth);

    /// <summary>Gets or sets what happens to the requests in place of the normal answer.</summary>
    public TestPushFault? Fault { get; set; }

    /// <summary>Gets the notifications that the browser shows, by their tags.</summary>
    public IReadOnlyDictionary<Guid, ReceivedPush> Shown => _shown;

    private byte[] PublicKey
    {
        get
        {
            var point = _key.ExportParameters(includePrivateParameters: false).Q;
            return [4, .. point.X!, .. point.Y!];
        }
    }

    /// <summary>Does what a service worker does: it shows the message in place of one with the same id, or takes that back.</summary>
    public void Show(ReceivedPush push)
    {
        if (push.Type == "dismiss")
        {
            _shown.TryRemove(push.Id, out _);
        }
        else
        {
            _shown[push.Id] = push;
        }
    }

    /// <summary>Decrypts a message (RFC 8291, 3.4; RFC 8188, 2).</summary>
    /// <exception cref="CryptographicException">The message is not for this subscription, or was changed.</exception>
    /// <exception cref="FormatException">The message has another form.</exception>
    public byte[] Decrypt(byte[] message)
    {
        if (message.Length < HeaderLength + PointLength + TagLength + 1 || message[HeaderLength - 1] != PointLength)
        {
            throw new FormatException("no header with the key of the server");
        }

        var salt = message[..SaltLength];
        var recordSize = BinaryPrimitives.ReadUInt32BigEndian(message.AsSpan(SaltLength));
        var serverKey = message[HeaderLength..(HeaderLength + PointLength)];
        var record = message[(HeaderLength + PointLength)..];
        // A push message is one record (RFC 8291, 4).
        if (record.Length > recordSize)
        {
            throw new FormatException("more than one record");
        }

        var keyingMaterial = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Agree(serverKey),
            outputLength: 32,
            salt: _auth,
            info: [.. Encoding.ASCII.GetBytes("WebPush: info\0"), .. PublicKey, .. serverKey]
        );
        var key = Derive(keyingMaterial, salt, "aes128gcm", 16);
        var nonce = Derive(keyingMaterial, salt, "nonce", 12);
        var padded = new byte[record.Length - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        cipher.Decrypt(nonce, record.AsSpan(..^TagLength), record.AsSpan(^TagLength..), padded);
        var text = padded.AsSpan().TrimEnd((byte)0);
        return text is [.. var plain, LastRecord]
            ? plain.ToArray()
            : throw new FormatException("no delimiter of the last record");
    }

    public void Dispose() => _key.Dispose();

    private static byte[] Derive(byte[] keyingMaterial, byte[] salt, string purpose, int length) =>
        HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            keyingMaterial,
            length,
            salt,
            Encoding.ASCII.GetBytes($"Content-Encoding: {purpose}\0")
        );

    private byte[] Agree(byte[] serverKey)
    {
        using var server = ECDiffieHellman.Create(
            new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = serverKey[1..33], Y = serverKey[33..] },
            }
        );
        // Messages arrive at the same time, and a key is not safe for that.
        lock (_key)
        {
            return _key.DeriveRawSecretAgreement(server.PublicKey);
        }
    }
}
