using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>The double is only worth as much as it refuses: it is held to the examples of the standards.</summary>
public sealed class TestPushServiceTests
{
    // RFC 8291, 5 and appendix A.
    private const string BrowserKey = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94";
    private const string BrowserPublicKey =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    private const string Secret = "BTBZMqHH6r4Tts7J_aSIgg";
    private const string Message =
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";

    // RFC 8292, 2.4.
    private const string Token =
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA";
    private const string Key =
        "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs";
    private const string Origin = "https://push.example.net";

    private static readonly DateTimeOffset ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1453523768);

    [Test]
    public void The_example_of_RFC_8291_is_decrypted()
    {
        using var browser = Browser();

        var text = Encoding.UTF8.GetString(browser.Decrypt(Base64Url.DecodeFromChars(Message)));

        Assert.That(browser.P256dh, Is.EqualTo(BrowserPublicKey));
        Assert.That(text, Is.EqualTo("When I grow up, I want to be a watermelon"));
    }

    [Test]
    public void A_changed_message_is_not_decrypted()
    {
        using var browser = Browser();
        var message = Base64Url.DecodeFromChars(Message);
        // The record size is no part of what is authenticated; it may be larger than the record.
        foreach (var i in Enumerable.Range(0, message.Length).Where(i => i is < 16 or >= 20))
        {
            var changed = message.ToArray();
            changed[i] ^= 1;
            Assert.That(
                () => browser.Decrypt(changed),
                Throws.InstanceOf<CryptographicException>().Or.TypeOf<FormatException>()
            );
        }
    }

    [Test]
    public void A_message_to_another_browser_is_not_decrypted()
    {
        using var another = new TestPushSubscription("https://push.example.net/b", null);

        Assert.That(
            () => another.Decrypt(Base64Url.DecodeFromChars(Message)),
            Throws.InstanceOf<CryptographicException>()
        );
    }

    [TestCase(0)]
    [TestCase(86)]
    [TestCase(103)]
    public void The_beginning_of_a_message_is_not_decrypted(int length)
    {
        using var browser = Browser();

        Assert.That(
            () => browser.Decrypt(Base64Url.DecodeFromChars(Message)[..length]),
            Throws.TypeOf<FormatException>().Or.InstanceOf<CryptographicException>()
        );
    }

    [Test]
    public void The_example_of_RFC_8292_is_accepted_in_its_last_24_hours()
    {
        Assert.That(Verify(ExpiresAt - TimeSpan.FromDays(1)), Is.EqualTo(Token));
        Assert.That(Verify(ExpiresAt - TimeSpan.FromSeconds(1)), Is.EqualTo(Token));
        Assert.That(Verify(ExpiresAt - TimeSpan.FromSeconds(1), subscribedWith: Key), Is.EqualTo(Token));
    }

    [Test]
    public void Another_token_is_refused()
    {
        var now = ExpiresAt - TimeSpan.FromHours(1);
        var otherKey = BrowserPublicKey;
        Action[] cases =
        [
            () => Verify(ExpiresAt),
            () => Verify(ExpiresAt - TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1)),
            () => Verify(now, origin: "https://push.example.net:8443"),
            () => Verify(now, origin: "http://push.example.net"),
            () => Verify(now, subscribedWith: otherKey),
            () => Verify(now, authorization: $"vapid t={Token}, k={otherKey}"),
            () => Verify(now, authorization: $"vapid t={Token}, k={Key[..^1]}A"),
            () => Verify(now, authorization: $"vapid t={Token}, k=B{new string('A', 86)}"),
            () =>
                Verify(
                    now,
                    authorization: $"vapid t={Token.Replace("eyJhdWQi", "eyJhdWQj", StringComparison.Ordinal)}, k={Key}"
                ),
            () => Verify(now, authorization: $"vapid t={Token}"),
            () => Verify(now, authorization: $"WebPush {Token}"),
            () => Verify(now, authorization: ""),
        ];
        foreach (var refused in cases)
        {
            Assert.That(refused, Throws.TypeOf<PushRefusedException>());
        }
    }

    [Test]
    public async Task A_request_that_is_not_authenticated_is_refused()
    {
        await using var service = await TestPushService.StartAsync();
        var browser = service.Subscribe();
        using var client = new HttpClient();

        using var answer = await client.PostAsync(new Uri(browser.Endpoint), null);

        Assert.That((int)answer.StatusCode, Is.EqualTo(401));
        Assert.That(service.Refusals, Has.Count.EqualTo(1));
        Assert.That(service.Received, Is.Empty);
        Assert.That(browser.Shown, Is.Empty);
    }

    [Test]
    public async Task Faults_can_end_after_some_requests()
    {
        await using var server = await WebPushServer.StartAsync();
        server.Service.Fault = TestPushFaults.First(2, TestPushFaults.Status(503));
        var browser = server.Service.Subscribe();

        var outcomes = new[]
        {
            await server.SendAsync(browser),
            await server.SendAsync(browser),
            await server.SendAsync(browser),
        };

        Assert.That(outcomes.Select(outcome => outcome.Reason), Is.EqualTo(["503", "503", ""]));
        Assert.That(server.Service.Received, Has.Count.EqualTo(1));
    }

    private static TestPushSubscription Browser()
    {
        var key = ECDiffieHellman.Create(
            new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = Base64Url.DecodeFromChars(BrowserKey) }
        );
        return new TestPushSubscription(Origin, null, key, Base64Url.DecodeFromChars(Secret));
    }

    private static string Verify(
        DateTimeOffset now,
        string? authorization = null,
        string origin = Origin,
        string? subscribedWith = null
    ) => TestVapid.Verify(authorization ?? $"vapid t={Token}, k={Key}", origin, subscribedWith, now);
}
