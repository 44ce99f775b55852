using System.Net;
using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Infrastructure.Identities;
using Moq;

namespace Fitnessify.Infrastructure.Tests.Identities;

public sealed class IssuerKeysTests : IAsyncDisposable
{
    private const string Nonce = IdentityAdapters.Nonce;

    // The clock stands still, so that one tick is the smallest difference that it shows.
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    // The real time after which a test gives up.
    private static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);

    private IdentityAdapters _adapters = null!;

    private TestIssuer Issuer => _adapters.Issuer;

    [SetUp]
    public async Task Start() => _adapters = await IdentityAdapters.StartAsync();

    public async ValueTask DisposeAsync() => await _adapters.DisposeAsync();

    [Test]
    public async Task The_keys_are_found_by_discovery_once_for_many_tokens()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await CodeAsync(), Is.Null);
        }

        Assert.That((Issuer.DiscoveryRequests, Issuer.KeyRequests), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Configured_keys_need_no_discovery()
    {
        await using var adapters = await IdentityAdapters.StartAsync("company", ("KeysUrl", "{keys}"));

        Assert.That((await adapters.VerifyAsync()).Error, Is.Null);
        Assert.That((adapters.Issuer.DiscoveryRequests, adapters.Issuer.KeyRequests), Is.EqualTo((0, 1)));
    }

    [Test]
    public async Task Nothing_is_fetched_for_a_token_that_is_wrong_anyway()
    {
        Assert.That(await CodeAsync(Issuer.Token("alice", Nonce, audience: "other.app")), Is.EqualTo(Invalid));
        Assert.That(await CodeAsync(Issuer.Token("alice", "other")), Is.EqualTo(Invalid));

        Assert.That((Issuer.DiscoveryRequests, Issuer.KeyRequests), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_rotated_key_works_in_the_same_request()
    {
        Assert.That(await CodeAsync(), Is.Null);

        Issuer.RotateKeys();

        Assert.That(await CodeAsync(), Is.Null);
        Assert.That(Issuer.KeyRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task A_second_rotation_within_five_minutes_has_to_wait()
    {
        await CodeAsync();
        Issuer.RotateKeys();
        Assert.That(await CodeAsync(), Is.Null);

        Issuer.RotateKeys();

        Assert.That(await CodeAsync(), Is.EqualTo(Invalid));
        _adapters.Clock.Advance(IssuerKeys.UnknownKeyInterval - Instant);
        Assert.That(await CodeAsync(), Is.EqualTo(Invalid));
        Assert.That(Issuer.KeyRequests, Is.EqualTo(2));
        _adapters.Clock.Advance(Instant);
        Assert.That(await CodeAsync(), Is.Null);
        Assert.That(Issuer.KeyRequests, Is.EqualTo(3));
    }

    [Test]
    public async Task Unknown_keys_cause_one_fetch_and_no_flood()
    {
        await CodeAsync();

        for (var i = 0; i < 20; i++)
        {
            Assert.That(await CodeAsync(Forged($"forged-{i}")), Is.EqualTo(Invalid));
        }

        Assert.That(Issuer.KeyRequests, Is.EqualTo(2));
        Assert.That(await CodeAsync(), Is.Null);
    }

    [Test]
    public async Task A_known_key_of_another_kind_causes_no_fetch()
    {
        await CodeAsync();

        var token = Issuer.Token("alice", Nonce, changeHeader: header => header["alg"] = "ES256");

        Assert.That(await CodeAsync(token), Is.EqualTo(Invalid));
        Assert.That(Issuer.KeyRequests, Is.EqualTo(1));
    }

    [Test]
    public async Task Keys_are_renewed_after_an_hour_and_withdrawn_ones_are_forgotten()
    {
        await CodeAsync();
        var withdrawn = Issuer.RsaKey;
        Issuer.RotateKeys();
        _adapters.Clock.Advance(IssuerKeys.Renewal - Instant);
        Assert.That(await CodeAsync(Issuer.Token("alice", Nonce, key: withdrawn)), Is.Null);
        Assert.That(Issuer.KeyRequests, Is.EqualTo(1));

        _adapters.Clock.Advance(Instant);

        Assert.That(await CodeAsync(), Is.Null);
        Assert.That(Issuer.KeyRequests, Is.EqualTo(2));
        Assert.That(await CodeAsync(Issuer.Token("alice", Nonce, key: withdrawn)), Is.EqualTo(Invalid));
    }

    [Test]
    public async Task Due_keys_are_used_while_the_issuer_takes_its_time()
    {
        await CodeAsync();
        var withdrawn = Issuer.RsaKey;
        Issuer.RotateKeys();
        _adapters.Clock.Advance(IssuerKeys.Renewal);
        var (arrived, answer) = Hold();

        for (var i = 0; i < 5; i++)
        {
            var call = CodeAsync(Issuer.Token("alice", Nonce, key: withdrawn));
            Assert.That(await call.WaitAsync(WaitLimit), Is.Null, "It does not wait for the answer.");
        }

        await arrived;
        Assert.That((Issuer.DiscoveryRequests, Issuer.KeyRequests), Is.EqualTo((2, 1)), "One renewal is under way.");
        answer.SetResult();
        await UntilAsync(() => Issuer.KeyRequests == 2);
        Assert.That(await CodeAsync(), Is.Null);
        Assert.That(Issuer.KeyRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task A_token_with_a_rotated_key_joins_the_renewal()
    {
        await CodeAsync();
        var old = Issuer.RsaKey;
        Issuer.RotateKeys();
        _adapters.Clock.Advance(IssuerKeys.Renewal);
        var (arrived, answer) = Hold();
        Assert.That(await CodeAsync(Issuer.Token("alice", Nonce, key: old)).WaitAsync(WaitLimit), Is.Null);
        await arrived;

        var call = CodeAsync();
        Assert.That(call.IsCompleted, Is.False);
        answer.SetResult();

        Assert.That(await call, Is.Null);
        Assert.That((Issuer.DiscoveryRequests, Issuer.KeyRequests), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Keys_of_a_day_are_not_used_while_the_issuer_takes_its_time()
    {
        await CodeAsync();
        _adapters.Clock.Advance(IssuerKeys.Lifetime);
        var (arrived, answer) = Hold();

        var call = CodeAsync();
        await arrived;
        Assert.That(call.IsCompleted, Is.False);
        answer.SetResult();

        Assert.That(await call, Is.Null);
    }

    [Test]
    public async Task Keys_are_renewed_after_the_clock_was_set_back()
    {
        await CodeAsync();

        _adapters.Clock.AdjustTime(_adapters.Clock.GetUtcNow().AddDays(-2));

        Assert.That(await CodeAsync(), Is.Null);
        Assert.That(Issuer.KeyRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task While_the_issuer_fails_old_keys_are_good_for_a_day_and_not_longer()
    {
        await CodeAsync();
        Issuer.IsDown = true;

        _adapters.Clock.Advance(IssuerKeys.Lifetime - Instant);
        Assert.That(await CodeAsync(), Is.Null);

        _adapters.Clock.Advance(Instant);
        Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));

        Issuer.IsDown = false;
        _adapters.Clock.Advance(IssuerKeys.RetryInterval);
        Assert.That(await CodeAsync(), Is.Null);
    }

    [Test]
    public async Task A_failing_issuer_is_not_asked_by_each_request()
    {
        Issuer.IsDown = true;
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));
        }

        Assert.That(Issuer.DiscoveryRequests, Is.EqualTo(1));

        Issuer.IsDown = false;
        _adapters.Clock.Advance(IssuerKeys.RetryInterval - Instant);
        Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));
        _adapters.Clock.Advance(Instant);
        Assert.That(await CodeAsync(), Is.Null);
        Assert.That(Issuer.DiscoveryRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task A_failing_renewal_is_not_tried_by_each_request()
    {
        await CodeAsync();
        Issuer.IsDown = true;
        _adapters.Clock.Advance(IssuerKeys.Renewal);

        Assert.That(await CodeAsync(), Is.Null);
        await UntilAsync(() => _adapters.Log.Of<IssuerKeys>().Any());
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await CodeAsync(), Is.Null);
        }

        Assert.That(Issuer.DiscoveryRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task An_unknown_key_while_the_issuer_fails_is_neither_valid_nor_invalid()
    {
        await CodeAsync();
        Issuer.RotateKeys();
        Issuer.IsDown = true;

        Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));
        Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));
        Assert.That(Issuer.DiscoveryRequests, Is.EqualTo(2));

        Issuer.IsDown = false;
        _adapters.Clock.Advance(IssuerKeys.RetryInterval);
        Assert.That(await CodeAsync(), Is.Null, "a failed fetch does not count as the one in five minutes");
    }

    [Test]
    public async Task Requests_at_the_same_time_share_one_fetch()
    {
        var (arrived, answer) = Hold();

        var calls = Enumerable.Range(0, 10).Select(_ => CodeAsync()).ToList();
        await arrived;
        calls.AddRange(Enumerable.Range(0, 10).Select(_ => CodeAsync()));
        answer.SetResult();

        Assert.That(await Task.WhenAll(calls), Is.All.Null);
        Assert.That((Issuer.DiscoveryRequests, Issuer.KeyRequests), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Requests_with_a_rotated_key_share_one_fetch()
    {
        await CodeAsync();
        Issuer.RotateKeys();
        var (arrived, answer) = Hold();

        var calls = Enumerable.Range(0, 10).Select(_ => CodeAsync()).ToList();
        await arrived;
        calls.AddRange(Enumerable.Range(0, 10).Select(_ => CodeAsync()));
        answer.SetResult();

        Assert.That(await Task.WhenAll(calls), Is.All.Null);
        Assert.That(Issuer.KeyRequests, Is.EqualTo(2));
    }

    [Test]
    public async Task A_client_that_hangs_up_breaks_the_fetch_for_no_other()
    {
        var (arrived, answer) = Hold();
        using var hangUp = new CancellationTokenSource();

        var first = _adapters.VerifyAsync(cancellationToken: hangUp.Token);
        await arrived;
        var second = CodeAsync();
        await hangUp.CancelAsync();

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        answer.SetResult();
        Assert.That(await second, Is.Null);
        Assert.That(Issuer.KeyRequests, Is.EqualTo(1));
    }

    [Test]
    public async Task An_issuer_that_does_not_answer_is_given_up_after_a_while()
    {
        var (arrived, _) = Hold();

        var call = CodeAsync();
        await arrived;
        _adapters.Clock.Advance(IssuerKeys.TimeLimit);

        Assert.That(await call, Is.EqualTo(Unavailable));
        Assert.That(_adapters.Log.Of<IssuerKeys>(), Has.Some.Contains("cannot be fetched: no answer in time"));
    }

    [TestCase("{", "JsonException")]
    [TestCase("[]", "cannot be fetched")]
    [TestCase("{}", "names another issuer")]
    [TestCase("{\"issuer\":\"{issuer}/\",\"jwks_uri\":\"{keys}\"}", "names another issuer")]
    [TestCase("{\"issuer\":\"{issuer}\"}", "names no https URL")]
    [TestCase("{\"issuer\":\"{issuer}\",\"jwks_uri\":\"/keys\"}", "names no https URL")]
    [TestCase("{\"issuer\":\"{issuer}\",\"jwks_uri\":\"http://keys.example.org/\"}", "names no https URL")]
    [TestCase("{\"issuer\":\"{issuer}\",\"jwks_uri\":\"ftp://127.0.0.1/\"}", "names no https URL")]
    public async Task An_odd_discovery_document_is_not_used(string document, string logged)
    {
        Issuer.DiscoveryText = document
            .Replace("{issuer}", Issuer.Issuer, StringComparison.Ordinal)
            .Replace("{keys}", Issuer.KeysUrl, StringComparison.Ordinal);

        Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));
        Assert.That(_adapters.Log.Of<IssuerKeys>(), Has.Exactly(1).Contains(logged));
        Assert.That(Issuer.KeyRequests, Is.Zero);
    }

    // Otherwise a document could make the server call what only this machine can reach.
    [TestCase("https://keys.example.org/keys", true)]
    [TestCase("https://127.0.0.1/keys", false)]
    [TestCase("https://localhost/keys", false)]
    [TestCase("https://[::1]/keys", false)]
    [TestCase("http://127.0.0.1/keys", false)]
    [TestCase("http://localhost/keys", false)]
    [TestCase("http://keys.example.org/keys", false)]
    [TestCase("file:///keys", false)]
    public async Task An_issuer_elsewhere_names_only_https_elsewhere(string keysUrl, bool isUsed)
    {
        var provider = new IdentityProvider("company", "https://issuer.example.org", ["app"]);
        using var answers = new Answers(
            new()
            {
                [$"{provider.Issuer}/.well-known/openid-configuration"] = JsonSerializer.Serialize(
                    new { issuer = provider.Issuer, jwks_uri = keysUrl }
                ),
                [keysUrl] = JsonSerializer.Serialize(new { keys = new[] { Issuer.RsaKey.Jwk } }),
            }
        );
        var http = new Mock<IHttpClientFactory>();
        http.Setup(factory => factory.CreateClient(IssuerKeys.ClientName))
            .Returns(() => new HttpClient(answers, disposeHandler: false));
        var log = new LogLines<IssuerKeys>();
        var keys = new IssuerKeys(new ConfiguredProvider(provider, KeysUrl: null), http.Object, _adapters.Clock, log);

        var found = await keys.FindAsync(Issuer.RsaKey.Kid, "RS256", default);

        Assert.That(found.Error?.Code, Is.EqualTo(isUsed ? null : Unavailable));
        Assert.That(answers.Asked.Contains(keysUrl), Is.EqualTo(isUsed));
        Assert.That(log.Lines, isUsed ? Is.Empty : Has.Exactly(1).Contains("names no https URL"));
    }

    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"keys\":[]}")]
    [TestCase("{\"keys\":[{\"kty\":\"oct\",\"kid\":\"rsa-1\",\"k\":\"c2VjcmV0\"}]}")]
    [TestCase("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa-1\"}]}")]
    [TestCase("{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa-1\",\"n\":\"!\",\"e\":\"AQAB\"}]}")]
    [TestCase("{\"keys\":[{\"kty\":\"EC\",\"kid\":\"rsa-1\",\"crv\":\"P-256\"}]}")]
    [TestCase("{\"keys\":[{\"kty\":\"EC\",\"kid\":\"rsa-1\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}]}")]
    public async Task A_key_set_without_usable_keys_is_not_used(string keys)
    {
        Issuer.KeysText = keys;

        Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));
        Assert.That(_adapters.Log.Of<IssuerKeys>(), Has.Exactly(1).Contains("The keys of google "));
    }

    [Test]
    public async Task A_broken_key_leaves_the_others_usable()
    {
        Issuer.KeysText = JsonSerializer.Serialize(
            new { keys = new object[] { new { kty = "RSA", kid = "broken" }, Issuer.RsaKey.Jwk } }
        );

        Assert.That(await CodeAsync(), Is.Null);
    }

    [Test]
    public async Task Keys_without_use_and_algorithm_are_used()
    {
        Issuer.RsaKey.Jwk.Remove("use");
        Issuer.RsaKey.Jwk.Remove("alg");

        Assert.That(await CodeAsync(), Is.Null);
    }

    [Test]
    public async Task A_document_of_more_than_256_KiB_is_not_read()
    {
        Issuer.DiscoveryText = new string(' ', 256 * 1024 + 1);

        Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));
        Assert.That(_adapters.Log.Of<IssuerKeys>(), Has.Exactly(1).Contains("HttpRequestException"));
    }

    [Test]
    public async Task Redirects_are_not_followed()
    {
        await using var other = await TestIssuer.StartAsync();
        Issuer.MovedTo = other.KeysUrl;

        Assert.That(await CodeAsync(), Is.EqualTo(Unavailable));
        Assert.That(other.KeyRequests, Is.Zero);
    }

    private static string Invalid => IdentityErrors.IdentityTokenInvalid.Code;

    private static string Unavailable => CommonErrors.ServiceUnavailable.Code;

    private string Forged(string kid) => Issuer.Token("alice", Nonce, changeHeader: header => header["kid"] = kid);

    private async Task<string?> CodeAsync(string? token = null) => (await _adapters.VerifyAsync(token)).Error?.Code;

    /// <summary>Makes the issuer wait with its answers until the source is set.</summary>
    private (Task Arrived, TaskCompletionSource Answer) Hold()
    {
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Issuer.BeforeAnswer = () =>
        {
            arrived.TrySetResult();
            return answer.Task;
        };
        return (arrived.Task, answer);
    }

    /// <summary>Waits for what happens in the background.</summary>
    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = new CancellationTokenSource(WaitLimit);
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }

    /// <summary>Answers with a text for each address, as hosts would that this machine cannot have.</summary>
    private sealed class Answers(Dictionary<string, string> texts) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var address = request.RequestUri!.ToString();
            Asked.Add(address);
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(texts[address]) }
            );
        }
    }
}
