using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using static Fitnessify.Infrastructure.Tests.Identities.TokenCases;

namespace Fitnessify.Infrastructure.Tests.Identities;

public sealed class AppleEventsTests
{
    private static IdentityAdapters _adapters = null!;

    private static DateTimeOffset Now => _adapters.Clock.Now();

    private static IEnumerable<TestCaseData> Refused
    {
        get
        {
            (string Name, Action<IDictionary<string, object?>> Change)[] cases =
            [
                ("no events", payload => payload.Remove("events")),
                ("events that are null", payload => payload["events"] = null),
                ("events that are a number", payload => payload["events"] = 1),
                ("events in a list", payload => payload["events"] = new[] { Event() }),
                ("events that are no JSON", payload => payload["events"] = "consent-revoked"),
                ("events that are a list as text", payload => payload["events"] = $"[{Event()}]"),
                ("a member of the event twice", payload => payload["events"] = Event()[..^1] + ",\"sub\":\"bob\"}"),
                ("no type", payload => payload["events"] = Event(("type", "null"))),
                ("an empty type", payload => payload["events"] = Event(("type", "\"\""))),
                ("no sub", payload => payload["events"] = Event(("sub", "null"))),
                ("sub with a space", payload => payload["events"] = Event(("sub", "\"a b\""))),
                ("no time", payload => payload["events"] = Event(("event_time", "null"))),
                ("a time as text", payload => payload["events"] = Event(("event_time", "\"1\""))),
                ("a negative time", payload => payload["events"] = Event(("event_time", "-1"))),
                ("an endless time", payload => payload["events"] = Event(("event_time", "1e400"))),
                (
                    "a time in the future",
                    payload => payload["events"] = Event(("event_time", $"{Now.ToUnixTimeSeconds() + 61}"))
                ),
                ("no iat", payload => payload.Remove("iat")),
                ("iat in the future", payload => payload["iat"] = Now.ToUnixTimeSeconds() + 61),
                ("another audience", payload => payload["aud"] = "other.app"),
                ("another issuer", payload => payload["iss"] = "https://appleid.apple.com"),
            ];
            return cases.Select(one => new TestCaseData(one.Change).SetName($"Refuses an event with {one.Name}"));
        }
    }

    [OneTimeSetUp]
    public static async Task Start() => _adapters = await IdentityAdapters.StartAsync("apple");

    [OneTimeTearDown]
    public static async Task Stop() => await _adapters.DisposeAsync();

    [TestCase("consent-revoked", true)]
    [TestCase("account-delete", true)]
    [TestCase("account-deleted", true)]
    [TestCase("email-disabled", false)]
    [TestCase("email-enabled", false)]
    [TestCase("Consent-Revoked", false)]
    public async Task Withdrawn_consent_and_deleted_accounts_are_ends(string type, bool isEnd)
    {
        var verified = await VerifyAsync(_adapters.Issuer.EventPayload(type, "alice", Now.AddDays(-3)));

        Assert.That(
            verified.Value,
            Is.EqualTo(new IdentityEvent(_adapters.Issuer.Issuer, "alice", isEnd, Now.AddDays(-3)))
        );
    }

    [Test]
    public async Task An_event_may_be_old()
    {
        var payload = _adapters.Issuer.EventPayload(
            "consent-revoked",
            "alice",
            Now.AddDays(-30),
            change => change["iat"] = Now.AddDays(-30).ToUnixTimeSeconds()
        );

        Assert.That((await VerifyAsync(payload)).Value?.At, Is.EqualTo(Now.AddDays(-30)));
    }

    [TestCase("1000000000", 1_000_000_000)]
    [TestCase("1000000000.5", 1_000_000_000.5)]
    [TestCase("1000000000500", 1_000_000_000.5)]
    public async Task The_time_is_in_seconds_or_milliseconds(string time, double seconds)
    {
        var payload = _adapters.Issuer.EventPayload(
            "consent-revoked",
            "alice",
            Now,
            change => change["events"] = Event(("event_time", time))
        );

        Assert.That((await VerifyAsync(payload)).Value?.At, Is.EqualTo(DateTimeOffset.UnixEpoch.AddSeconds(seconds)));
    }

    [Test]
    public async Task The_event_may_be_an_object()
    {
        var payload = _adapters.Issuer.EventPayload(
            "consent-revoked",
            "alice",
            Now,
            change => change["events"] = Raw(Event())
        );

        Assert.That((await VerifyAsync(payload)).Value?.IsEnd, Is.True);
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Refuses(Action<IDictionary<string, object?>> change)
    {
        var verified = await VerifyAsync(_adapters.Issuer.EventPayload("consent-revoked", "alice", Now, change));

        Assert.That(verified.Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));
    }

    [Test]
    public async Task An_ID_token_is_no_event_and_an_event_is_no_ID_token()
    {
        var token = _adapters.Issuer.Token("alice", IdentityAdapters.Nonce);
        var payload = _adapters.Issuer.EventPayload("consent-revoked", "alice", Now);

        Assert.That((await VerifyAsync(token)).Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));
        Assert.That((await _adapters.VerifyAsync(payload)).Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));
    }

    [Test]
    public async Task An_event_of_another_key_is_refused()
    {
        using var other = SigningKey.Rsa(_adapters.Issuer.RsaKey.Kid);
        var payload = _adapters.Issuer.EventPayload("consent-revoked", "alice", Now, key: other);

        Assert.That((await VerifyAsync(payload)).Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));
    }

    [Test]
    public async Task Without_Apple_there_are_no_events()
    {
        await using var google = await IdentityAdapters.StartAsync();
        var payload = google.Issuer.EventPayload("consent-revoked", "alice", Now);

        var verified = await google.Tokens.VerifyEventAsync(payload, CancellationToken.None);

        Assert.That(verified.Error, Is.EqualTo(IdentityErrors.IdentityTokenInvalid));
    }

    [Test]
    public async Task An_event_waits_for_keys()
    {
        await using var apple = await IdentityAdapters.StartAsync("apple");
        apple.Issuer.IsDown = true;
        var payload = apple.Issuer.EventPayload("consent-revoked", "alice", Now);

        var verified = await apple.Tokens.VerifyEventAsync(payload, CancellationToken.None);

        Assert.That(verified.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
    }

    private static Task<Result<IdentityEvent>> VerifyAsync(string payload) =>
        _adapters.Tokens.VerifyEventAsync(payload, CancellationToken.None);

    /// <summary>Returns an event as JSON with other values, which are JSON too.</summary>
    private static string Event(params (string Name, string Json)[] changes)
    {
        Dictionary<string, object?> members = new()
        {
            ["type"] = "consent-revoked",
            ["sub"] = "alice",
            ["event_time"] = 1_000_000_000,
        };
        foreach (var (name, json) in changes)
        {
            members[name] = Raw(json);
        }

        return JsonSerializer.Serialize(members);
    }
}
