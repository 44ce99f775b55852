using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using static Fitnessify.Infrastructure.Tests.Identities.TokenCases;

namespace Fitnessify.Infrastructure.Tests.Identities;

/// <summary>Good tokens as different issuers make them, and what is read from them.</summary>
public sealed class AcceptedTokensTests
{
    private const string Nonce = IdentityAdapters.Nonce;

    private static readonly byte[] Digest = SHA256.HashData(Encoding.ASCII.GetBytes(Nonce));

    private static IdentityAdapters _adapters = null!;

    private static IEnumerable<TestCaseData> Accepted
    {
        get
        {
            (string Name, MakeToken Token, Func<IdentityClaims, IdentityClaims> Read)[] cases =
            [
                ("a plain token", With("any", 1), claims => claims),
                ("ES256", (issuer, _) => issuer.Token("alice", Nonce, key: issuer.EcKey), claims => claims),
                ("typ JWT", WithHeader("typ", "JWT"), claims => claims),
                ("no kid and one key that fits", WithHeader("kid", null), claims => claims),
                ("a jku, which is not asked", WithHeader("jku", "http://127.0.0.1:9/keys"), claims => claims),
                ("nested claims", With("realm", Raw("{\"access\":{\"roles\":[\"a\"]}}")), claims => claims),
                ("15 KiB", With("filler", new string('a', 11_000)), claims => claims),
                ("the other client id", With("aud", "android.app"), claims => claims with { ClientId = "android.app" }),
                ("a list with one audience", With("aud", new[] { "ios.app" }), claims => claims),
                (
                    "a list of our audiences",
                    With("aud", new[] { "android.app", "ios.app" }),
                    claims => claims with { ClientId = "android.app" }
                ),
                ("azp of ours", With("azp", "android.app"), claims => claims with { ClientId = "android.app" }),
                (
                    "iat ten minutes ago",
                    WithTime("iat", -600),
                    claims =>
                        claims with
                        {
                            AuthenticatedAt = claims.AuthenticatedAt.AddSeconds(-600),
                            ExpiresAt = claims.AuthenticatedAt.AddSeconds(60),
                        }
                ),
                (
                    "iat within the skew",
                    WithTime("iat", 60),
                    claims =>
                        claims with
                        {
                            AuthenticatedAt = claims.AuthenticatedAt.AddSeconds(60),
                            ExpiresAt = claims.AuthenticatedAt.AddSeconds(720),
                        }
                ),
                (
                    "exp within the skew",
                    WithTime("exp", -59),
                    claims => claims with { ExpiresAt = claims.AuthenticatedAt.AddSeconds(1) }
                ),
                (
                    "exp with a fraction",
                    (issuer, now) => issuer.Token("alice", Nonce, change: payload => payload["exp"] = now + 0.25),
                    claims => claims with { ExpiresAt = claims.AuthenticatedAt.AddSeconds(60.25) }
                ),
                // A token is refused ten minutes after it was issued, however long it says that it is valid.
                ("exp with an exponent", With("exp", Raw("2e9")), claims => claims),
                ("the latest exp", With("exp", Raw("100000000000")), claims => claims),
                (
                    "exp just before the greatest age",
                    WithTime("exp", 599),
                    claims => claims with { ExpiresAt = claims.AuthenticatedAt.AddSeconds(659) }
                ),
                ("exp at the greatest age", WithTime("exp", 600), claims => claims),
                ("exp just after the greatest age", WithTime("exp", 601), claims => claims),
                ("nbf within the skew", WithTime("nbf", 60), claims => claims),
                (
                    "auth_time yesterday",
                    WithTime("auth_time", -86_400),
                    claims => claims with { AuthenticatedAt = claims.AuthenticatedAt.AddDays(-1) }
                ),
                (
                    "auth_time within the skew",
                    WithTime("auth_time", 60),
                    claims => claims with { AuthenticatedAt = claims.AuthenticatedAt.AddSeconds(60) }
                ),
                (
                    "the digest of the nonce in hexadecimal",
                    WithNonce(Convert.ToHexStringLower(Digest)),
                    claims => claims with { Nonce = Convert.ToHexStringLower(Digest) }
                ),
                (
                    "the digest of the nonce in upper case",
                    WithNonce(Convert.ToHexString(Digest)),
                    claims => claims with { Nonce = Convert.ToHexString(Digest) }
                ),
                (
                    "the digest of the nonce in base64url",
                    WithNonce(Base64Url.EncodeToString(Digest)),
                    claims => claims with { Nonce = Base64Url.EncodeToString(Digest) }
                ),
                (
                    "sub of 255 characters",
                    With("sub", new string('~', 255)),
                    claims => claims with { Subject = new string('~', 255) }
                ),
                ("sub of one character", With("sub", "!"), claims => claims with { Subject = "!" }),
                // E-mail
                (
                    "an address that is verified",
                    WithEmail("alice@example.org", true),
                    claims => claims with { Email = "alice@example.org" }
                ),
                (
                    "an address that is verified as text",
                    WithEmail("alice@example.org", "true"),
                    claims => claims with { Email = "alice@example.org" }
                ),
                (
                    "a relay address",
                    WithEmail("dpdcnf87nu@privaterelay.appleid.com", "true"),
                    claims => claims with { Email = "dpdcnf87nu@privaterelay.appleid.com" }
                ),
                ("an address that is not verified", WithEmail("alice@example.org", false), claims => claims),
                ("an address that is not verified as text", WithEmail("alice@example.org", "false"), claims => claims),
                ("an address that is verified as True", WithEmail("alice@example.org", "True"), claims => claims),
                ("an address that is verified as 1", WithEmail("alice@example.org", 1), claims => claims),
                (
                    "an address that is verified in a list",
                    WithEmail("alice@example.org", new[] { true }),
                    claims => claims
                ),
                ("an address without verification", With("email", "alice@example.org"), claims => claims),
                ("a verification without an address", With("email_verified", true), claims => claims),
                ("an address without a domain", WithEmail("alice", true), claims => claims),
                ("an address without a dot", WithEmail("alice@localhost", true), claims => claims),
                ("an address with a space", WithEmail("alice@example.org ", true), claims => claims),
                ("an address with letters beyond ASCII", WithEmail("älice@example.org", true), claims => claims),
                ("an address with a name", WithEmail("Alice <alice@example.org>", true), claims => claims),
                (
                    "a local part of 64 characters",
                    WithEmail($"{new string('a', 64)}@example.org", true),
                    claims => claims with { Email = $"{new string('a', 64)}@example.org" }
                ),
                (
                    "a local part of 65 characters",
                    WithEmail($"{new string('a', 65)}@example.org", true),
                    claims => claims
                ),
                (
                    "an address of 255 characters",
                    WithEmail(
                        $"a@{string.Join('.', Enumerable.Repeat(new string('b', 60), 4))}.{new string('c', 9)}",
                        true
                    ),
                    claims => claims
                ),
                ("an address that is no text", WithEmail(Raw("1"), true), claims => claims),
                // Name
                ("a name", With("name", "Alice"), claims => claims with { Name = "Alice" }),
                (
                    "a name with white space around it",
                    With("name", " \tAlice Smith\n"),
                    claims => claims with { Name = "Alice Smith" }
                ),
                ("a name with a control character", With("name", "Alice\u0000Smith"), claims => claims),
                (
                    "a name with a direction override",
                    With("name", "\u202EAlice"),
                    claims => claims with { Name = "Alice" }
                ),
                ("an empty name", With("name", " "), claims => claims),
                ("a name that is no text", With("name", 1), claims => claims),
            ];
            return cases.Select(one => new TestCaseData(one.Token, one.Read).SetName($"Accepts {one.Name}"));
        }
    }

    [OneTimeSetUp]
    public static async Task Start() => _adapters = await IdentityAdapters.StartAsync();

    [OneTimeTearDown]
    public static async Task Stop() => await _adapters.DisposeAsync();

    [TestCaseSource(nameof(Accepted))]
    public async Task Accepts(object token, Func<IdentityClaims, IdentityClaims> read)
    {
        var now = _adapters.Clock.Now();

        var verified = await _adapters.VerifyAsync(((MakeToken)token)(_adapters.Issuer, now.ToUnixTimeSeconds()));

        var plain = new IdentityClaims(
            "google",
            _adapters.Issuer.Issuer,
            "alice",
            "ios.app",
            null,
            null,
            now,
            Nonce,
            now.AddSeconds(660)
        );
        Assert.That(verified.Error, Is.Null);
        Assert.That(verified.Value, Is.EqualTo(read(plain)));
    }

    [TestCase("https://accounts.google.com")]
    [TestCase("accounts.google.com")]
    public async Task Both_names_of_Google_stand_for_one_issuer(string issuer)
    {
        await using var google = await IdentityAdapters.StartAsync("google", ("Issuer", ""), ("KeysUrl", "{keys}"));

        var verified = await google.VerifyAsync(
            google.Issuer.Token("alice", Nonce, change: payload => payload["iss"] = issuer)
        );

        Assert.That(verified.Value?.Issuer, Is.EqualTo("https://accounts.google.com"));
    }

    [Test]
    public void The_configured_providers_are_listed() =>
        Assert.That(
            _adapters.Tokens.Providers.Select(one => (one.Name, one.Issuer, string.Join(' ', one.ClientIds))),
            Is.EqualTo([("google", _adapters.Issuer.Issuer, "ios.app android.app")])
        );

    private static MakeToken WithNonce(string nonce) => With("nonce", nonce);

    private static MakeToken WithEmail(object email, object verified) =>
        (issuer, _) =>
            issuer.Token(
                "alice",
                Nonce,
                change: payload => (payload["email"], payload["email_verified"]) = (email, verified)
            );
}
