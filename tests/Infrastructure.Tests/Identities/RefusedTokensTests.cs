using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using static Fitnessify.Infrastructure.Tests.Identities.TokenCases;

namespace Fitnessify.Infrastructure.Tests.Identities;

/// <summary>Forged, foreign and odd tokens, each of which differs from a good one in one point.</summary>
public sealed class RefusedTokensTests
{
    private const string Nonce = IdentityAdapters.Nonce;

    private static IdentityAdapters _adapters = null!;

    private static IEnumerable<TestCaseData> Refused
    {
        get
        {
            (string Name, MakeToken Token)[] cases =
            [
                // Form
                ("empty", (_, _) => ""),
                ("no token", (_, _) => "hunter2"),
                ("dots only", (_, _) => ".."),
                ("two parts", Joined(parts => $"{parts[0]}.{parts[1]}")),
                ("four parts", Joined(parts => $"{parts[0]}.{parts[1]}.{parts[2]}.")),
                (
                    "an encrypted token of five parts",
                    Joined(parts => $"{parts[0]}.{parts[1]}.{parts[2]}.{parts[1]}.{parts[2]}")
                ),
                ("white space at the end", Joined(parts => string.Join('.', parts) + " ")),
                ("a line feed in the payload", Joined(parts => $"{parts[0]}.{parts[1]}\n.{parts[2]}")),
                ("padding", Joined(parts => $"{parts[0]}.{parts[1]}.{parts[2]}==")),
                ("other characters of base64", Joined(parts => $"{parts[0]}.{parts[1]}.+/{parts[2][2..]}")),
                ("a letter beyond ASCII", Joined(parts => $"{parts[0]}.{parts[1]}.é{parts[2][1..]}")),
                ("an impossible length of base64", Joined(parts => $"{parts[0]}.{parts[1]}A.{parts[2]}")),
                ("more than 16 KiB", With("filler", new string('a', 16 * 1024))),
                ("a header that is no JSON", Edited(header: _ => "alg")),
                ("a header that is a list", Edited(header: header => $"[{header}]")),
                ("a payload that is no JSON", Edited(payload: payload => payload[..^1])),
                ("a payload that is a list", Edited(payload: payload => $"[{payload}]")),
                ("a payload that is text", Edited(payload: _ => "\"alice\"")),
                ("a payload that is null", Edited(payload: _ => "null")),
                ("an empty payload", Edited(payload: _ => "")),
                ("a payload with a comment", Edited(payload: payload => payload + "/**/")),
                ("two payloads", Edited(payload: payload => payload + payload)),
                ("a claim twice", Edited(payload: payload => payload[..^1] + ",\"sub\":\"bob\"}")),
                ("a claim twice, once escaped", Edited(payload: payload => payload[..^1] + ",\"s\\u0075b\":\"bob\"}")),
                ("a claim twice within another", With("address", Raw("{\"country\":\"AT\",\"country\":\"DE\"}"))),
                ("a member of the header twice", Edited(header: header => header[..^1] + ",\"alg\":\"none\"}")),
                ("deep JSON", With("address", Raw(new string('[', 40) + new string(']', 40)))),
                (
                    "a payload that is not UTF-8",
                    (issuer, _) =>
                        SignBytes(
                            issuer,
                            [
                                .. Encoding.UTF8.GetBytes(Payload(issuer)[..^1]),
                                .. ",\"name\":\""u8,
                                0xC3,
                                0x28,
                                .. "\"}"u8,
                            ]
                        )
                ),
                ("a payload in UTF-16", (issuer, _) => SignBytes(issuer, Encoding.Unicode.GetBytes(Payload(issuer)))),
                // Header
                ("alg none without a signature", Unsigned("none")),
                ("alg None without a signature", Unsigned("None")),
                ("alg none with the signature", WithHeader("alg", "none")),
                ("alg missing", WithHeader("alg", null)),
                ("alg in lower case", WithHeader("alg", "rs256")),
                ("alg that is no text", WithHeader("alg", 256)),
                (
                    "HS256 with the public key as PEM",
                    (issuer, _) => Hmac(issuer, Encoding.ASCII.GetBytes(issuer.RsaKey.PublicPem()))
                ),
                (
                    "HS256 with the modulus",
                    (issuer, _) => Hmac(issuer, Base64Url.DecodeFromChars((string)issuer.RsaKey.Jwk["n"]!))
                ),
                ("HS256 with an empty secret", (issuer, _) => Hmac(issuer, [])),
                ("RS384", SignedAs("RS384", issuer => issuer.RsaKey)),
                ("RS512", SignedAs("RS512", issuer => issuer.RsaKey)),
                ("PS256", SignedAs("PS256", issuer => issuer.RsaKey)),
                (
                    "RS256 that is signed as PS256",
                    (issuer, _) => issuer.Sign(Header("RS256", issuer.RsaKey), Payload(issuer), algorithm: "PS256")
                ),
                ("ES256 with the id of the RSA key", WithHeader("alg", "ES256")),
                (
                    "RS256 with the id of the EC key",
                    (issuer, _) => issuer.Sign(Header("RS256", issuer.EcKey), Payload(issuer))
                ),
                ("typ at+jwt", WithHeader("typ", "at+jwt")),
                ("typ logout+jwt", WithHeader("typ", "logout+jwt")),
                ("typ that is no text", WithHeader("typ", Raw("null"))),
                ("crit", WithHeader("crit", new[] { "exp" })),
                ("an empty crit", WithHeader("crit", Array.Empty<string>())),
                ("an unknown kid", WithHeader("kid", "rsa-9")),
                ("an empty kid", WithHeader("kid", "")),
                ("kid in another case", WithHeader("kid", "RSA-1")),
                ("kid that is no text", WithHeader("kid", 1)),
                (
                    "no kid and two keys that fit",
                    (issuer, _) =>
                        issuer.Token("alice", Nonce, key: issuer.EcKey, changeHeader: header => header.Remove("kid"))
                ),
                (
                    "the attacker's key in jwk",
                    (issuer, _) =>
                        issuer.Token(
                            "alice",
                            Nonce,
                            key: Keys.Stranger,
                            changeHeader: header => header["jwk"] = Keys.Stranger.Jwk
                        )
                ),
                (
                    "the attacker's key in jwk, and no kid",
                    (issuer, _) =>
                        issuer.Token(
                            "alice",
                            Nonce,
                            key: Keys.Stranger,
                            changeHeader: header =>
                            {
                                header["jwk"] = Keys.Stranger.Jwk;
                                header.Remove("kid");
                            }
                        )
                ),
                (
                    "the attacker's keys at jku",
                    (issuer, _) =>
                        issuer.Token(
                            "alice",
                            Nonce,
                            key: Keys.Stranger,
                            changeHeader: header => header["jku"] = "http://127.0.0.1:9/keys"
                        )
                ),
                (
                    "the attacker's certificate at x5u",
                    (issuer, _) =>
                        issuer.Token(
                            "alice",
                            Nonce,
                            key: Keys.Stranger,
                            changeHeader: header => header["x5u"] = "http://127.0.0.1:9/x5u"
                        )
                ),
                // Signature
                ("signed by an unknown RSA key", (issuer, _) => issuer.Token("alice", Nonce, key: Keys.Stranger)),
                ("signed by an unknown EC key", (issuer, _) => issuer.Token("alice", Nonce, key: Keys.StrangerEc)),
                ("an empty signature", Joined(parts => $"{parts[0]}.{parts[1]}.")),
                ("half a signature", Joined(parts => $"{parts[0]}.{parts[1]}.{parts[2][..100]}")),
                ("a longer signature", Joined(parts => $"{parts[0]}.{parts[1]}.{parts[2]}AAAA")),
                (
                    "a changed signature",
                    Joined(parts => $"{parts[0]}.{parts[1]}.{(parts[2][0] == 'A' ? 'B' : 'A')}{parts[2][1..]}")
                ),
                (
                    "the signature of another token",
                    (issuer, _) =>
                        $"{WithoutSignature(issuer.Token("alice", Nonce))}.{issuer.Token("bob", Nonce).Split('.')[2]}"
                ),
                (
                    "an EC signature of zeros",
                    (issuer, _) =>
                        TestIssuer.Sign(
                            Encoding.UTF8.GetBytes(Header("ES256", issuer.EcKey)),
                            Encoding.UTF8.GetBytes(Payload(issuer)),
                            _ => new byte[64]
                        )
                ),
                (
                    "an EC signature in DER",
                    (issuer, _) =>
                        TestIssuer.Sign(
                            Encoding.UTF8.GetBytes(Header("ES256", issuer.EcKey)),
                            Encoding.UTF8.GetBytes(Payload(issuer)),
                            data => Der(issuer.EcKey.Sign(data, "ES256"))
                        )
                ),
                ("a published RSA key of 1024 bits", (issuer, _) => issuer.Token("alice", Nonce, key: Keys.Weak)),
                (
                    "a published key on P-384",
                    (issuer, _) => issuer.Sign(Header("ES256", Keys.Long), Payload(issuer), Keys.Long)
                ),
                (
                    "a published key on another curve of 256 bits",
                    (issuer, _) => issuer.Sign(Header("ES256", Keys.Secp256k1), Payload(issuer), Keys.Secp256k1)
                ),
                (
                    "a published key for encryption",
                    (issuer, _) => issuer.Token("alice", Nonce, key: Keys.ForEncryption)
                ),
                (
                    "a published key for another algorithm",
                    (issuer, _) => issuer.Token("alice", Nonce, key: Keys.ForPss)
                ),
                // Issuer and audience
                ("iss missing", With("iss", null)),
                (
                    "iss with a slash at the end",
                    (issuer, _) => issuer.Token("alice", Nonce, change: payload => payload["iss"] = issuer.Issuer + "/")
                ),
                (
                    "iss in upper case",
                    (issuer, _) =>
                        issuer.Token(
                            "alice",
                            Nonce,
                            change: payload => payload["iss"] = issuer.Issuer.ToUpperInvariant()
                        )
                ),
                (
                    "iss with another scheme",
                    (issuer, _) =>
                        issuer.Token(
                            "alice",
                            Nonce,
                            change: payload =>
                                payload["iss"] = issuer.Issuer.Replace("http:", "https:", StringComparison.Ordinal)
                        )
                ),
                (
                    "iss in a list",
                    (issuer, _) =>
                        issuer.Token("alice", Nonce, change: payload => payload["iss"] = new[] { issuer.Issuer })
                ),
                ("iss of Google's real issuer", With("iss", "https://accounts.google.com")),
                ("the short iss of Google's real issuer", With("iss", "accounts.google.com")),
                ("aud missing", With("aud", null)),
                ("aud of another app", With("aud", "other.app")),
                ("aud in another case", With("aud", "IOS.app")),
                ("aud that continues ours", With("aud", "ios.app.evil")),
                ("an empty aud", With("aud", "")),
                ("aud without entries", With("aud", Array.Empty<string>())),
                ("aud with a stranger's besides ours", With("aud", new[] { "ios.app", "other.app" })),
                ("aud with what is no text besides ours", With("aud", new object[] { "ios.app", 1 })),
                ("aud in a list in a list", With("aud", new[] { new[] { "ios.app" } })),
                ("aud as an object", With("aud", Raw("{\"ios.app\":true}"))),
                ("azp of another app", With("azp", "other.app")),
                ("azp that is no text", With("azp", Raw("null"))),
                // Times
                ("exp missing", With("exp", null)),
                ("expired for a minute", WithTime("exp", -60)),
                ("expired for a year", WithTime("exp", -31_536_000)),
                ("exp as text", With("exp", "1999999999")),
                ("exp as null", With("exp", Raw("null"))),
                ("exp as 1e400", With("exp", Raw("1e400"))),
                ("exp as -1e400", With("exp", Raw("-1e400"))),
                ("exp beyond every clock", With("exp", Raw("100000000001"))),
                ("exp as 9223372036854775807", With("exp", long.MaxValue)),
                ("a negative exp", With("exp", -1)),
                ("iat missing", With("iat", null)),
                ("iat as text", With("iat", "1999999999")),
                ("iat as 1e400", With("iat", Raw("1e400"))),
                ("a negative iat", With("iat", -1)),
                ("iat that is too far in the future", WithTime("iat", 61)),
                ("iat that is older than ten minutes", WithTime("iat", -601)),
                (
                    "iat in milliseconds",
                    (issuer, now) => issuer.Token("alice", Nonce, change: payload => payload["iat"] = now * 1000)
                ),
                ("nbf in the future", WithTime("nbf", 61)),
                ("nbf as text", With("nbf", "0")),
                ("auth_time in the future", WithTime("auth_time", 61)),
                ("auth_time as text", With("auth_time", "0")),
                ("a negative auth_time", With("auth_time", -1)),
                ("auth_time as 1e400", With("auth_time", Raw("1e400"))),
                // Nonce
                ("nonce missing", With("nonce", null)),
                ("an empty nonce", With("nonce", "")),
                ("another nonce", With("nonce", Nonce + "a")),
                ("the nonce in another case", With("nonce", Nonce.ToUpperInvariant())),
                ("nonce in a list", With("nonce", new[] { Nonce })),
                ("the digest of another nonce", With("nonce", Convert.ToHexStringLower(SHA256.HashData("other"u8)))),
                (
                    "half a digest",
                    With("nonce", Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Nonce)))[..32])
                ),
                (
                    "the digest with padding",
                    With("nonce", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Nonce))) + "=")
                ),
                // Subject
                ("sub missing", With("sub", null)),
                ("an empty sub", With("sub", "")),
                ("sub of 256 characters", With("sub", new string('a', 256))),
                ("sub with a letter beyond ASCII", With("sub", "älice")),
                ("sub with a space", With("sub", "a b")),
                ("sub with a control character", With("sub", "a\u007F")),
                (
                    "sub with half a surrogate pair",
                    Edited(payload: payload => payload.Replace("alice", "\\ud800", StringComparison.Ordinal))
                ),
                // The library refuses a text that is none, whatever the claim.
                (
                    "half a surrogate pair as the address",
                    Edited(payload: payload => payload[..^1] + ",\"email\":\"\\ud800\",\"email_verified\":true}")
                ),
                (
                    "half a surrogate pair as the name",
                    Edited(payload: payload => payload[..^1] + ",\"name\":\"\\ud800\"}")
                ),
                ("sub as a number", With("sub", 42)),
            ];
            return cases.Select(one => new TestCaseData(one.Token).SetName($"Refuses {one.Name}"));
        }
    }

    [OneTimeSetUp]
    public static async Task Start()
    {
        _adapters = await IdentityAdapters.StartAsync();
        Keys.ForEncryption.Jwk["use"] = "enc";
        Keys.ForPss.Jwk["alg"] = "PS256";
        Keys.Secp256k1.Jwk["crv"] = "P-256";
        var issuer = _adapters.Issuer;
        issuer.Keys =
        [
            .. issuer.Keys,
            Keys.SecondEc,
            Keys.Weak,
            Keys.Long,
            Keys.Secp256k1,
            Keys.ForEncryption,
            Keys.ForPss,
        ];
    }

    [OneTimeTearDown]
    public static async Task Stop() => await _adapters.DisposeAsync();

    [Test]
    public async Task The_tokens_are_refused_for_their_differences_only()
    {
        Assert.That((await _adapters.VerifyAsync()).Error, Is.Null);
        Assert.That((await _adapters.VerifyAsync(Edited()(_adapters.Issuer, 0))).Error, Is.Null);
        Assert.That(
            (await _adapters.VerifyAsync(SignedAs("RS256", issuer => issuer.RsaKey)(_adapters.Issuer, 0))).Error,
            Is.Null
        );
        Assert.That(
            (await _adapters.VerifyAsync(SignedAs("ES256", issuer => issuer.EcKey)(_adapters.Issuer, 0))).Error,
            Is.Null
        );
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Refuses(object token)
    {
        var verified = await _adapters.VerifyAsync(
            ((MakeToken)token)(_adapters.Issuer, _adapters.Clock.Now().ToUnixTimeSeconds())
        );

        Assert.That(verified.Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));
    }

    [TestCase("")]
    [TestCase("other")]
    public async Task Refuses_another_nonce_of_the_app(string nonce) =>
        Assert.That((await _adapters.VerifyAsync(nonce: nonce)).Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));

    [TestCase("apple")]
    [TestCase("Google")]
    [TestCase("")]
    public async Task Refuses_tokens_of_a_provider_that_is_not_configured(string provider)
    {
        var token = _adapters.Issuer.Token("alice", Nonce);

        var verified = await _adapters.Tokens.VerifyAsync(provider, token, Nonce, CancellationToken.None);

        Assert.That(verified.Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));
    }

    [Test]
    public async Task Refuses_a_token_of_another_configured_issuer()
    {
        await using var other = await IdentityAdapters.StartAsync();

        var verified = await _adapters.VerifyAsync(other.Issuer.Token("alice", Nonce));

        Assert.That(verified.Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));
    }

    [Test]
    public async Task The_log_says_why_and_nothing_of_the_token()
    {
        await using var adapters = await IdentityAdapters.StartAsync();
        var token = adapters.Issuer.Token(
            "subject-of-alice",
            Nonce,
            "alice@example.org",
            name: "Alice Smith",
            audience: "other.app"
        );

        await adapters.VerifyAsync(token);
        await adapters.VerifyAsync(token + ".");

        var lines = string.Join('\n', adapters.Log.Lines);
        Assert.That(lines, Does.Contain("A token of google is refused: Audience"));
        Assert.That(lines, Does.Contain("A token of google is refused: Form"));
        string[] secrets =
        [
            "subject-of-alice",
            Nonce,
            "alice@example.org",
            "Alice Smith",
            "other.app",
            .. token.Split('.'),
        ];
        Assert.That(secrets.Where(lines.Contains), Is.Empty);
    }

    private static string Header(string algorithm, SigningKey key) =>
        JsonSerializer.Serialize(new { alg = algorithm, kid = key.Kid });

    private static MakeToken Unsigned(string algorithm) =>
        (issuer, _) => $"{WithoutSignature(issuer.Sign(Header(algorithm, issuer.RsaKey), Payload(issuer)))}.";

    private static string WithoutSignature(string token) => token[..token.LastIndexOf('.')];

    private static string SignBytes(TestIssuer issuer, byte[] payload) =>
        TestIssuer.Sign(
            Encoding.UTF8.GetBytes(Header("RS256", issuer.RsaKey)),
            payload,
            data => issuer.RsaKey.Sign(data, "RS256")
        );

    private static string Hmac(TestIssuer issuer, byte[] secret) =>
        TestIssuer.Sign(
            Encoding.UTF8.GetBytes(Header("HS256", issuer.RsaKey)),
            Encoding.UTF8.GetBytes(Payload(issuer)),
            data => HMACSHA256.HashData(secret, data)
        );

    /// <summary>Returns r and s as a sequence of integers.</summary>
    private static byte[] Der(byte[] signature)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(
                new System.Numerics.BigInteger(signature.AsSpan(0, 32), isUnsigned: true, isBigEndian: true)
            );
            writer.WriteInteger(
                new System.Numerics.BigInteger(signature.AsSpan(32), isUnsigned: true, isBigEndian: true)
            );
        }

        return writer.Encode();
    }

    private static class Keys
    {
        // These are never published.
        public static readonly SigningKey Stranger = SigningKey.Rsa("rsa-1");
        public static readonly SigningKey StrangerEc = SigningKey.Ec("ec-1");

        // These are published, and must not be used.
        public static readonly SigningKey Weak = SigningKey.Rsa("weak", 1024);
        public static readonly SigningKey Long = SigningKey.Ec("long", ECCurve.NamedCurves.nistP384);
        public static readonly SigningKey Secp256k1 = SigningKey.Ec(
            "secp256k1",
            ECCurve.CreateFromFriendlyName("secp256k1")
        );
        public static readonly SigningKey ForEncryption = SigningKey.Rsa("for-encryption");
        public static readonly SigningKey ForPss = SigningKey.Rsa("for-pss");

        // With this one there are two for ES256.
        public static readonly SigningKey SecondEc = SigningKey.Ec("ec-2");
    }
}
