using Fitnessify.WebApi.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class RefreshTokensTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly ManualClock _clock = new();

    [Test]
    public async Task Answers_with_the_next_tokens_of_the_same_session()
    {
        await using var api = Api.Start(clock: _clock);
        var client = await api.SignedInAsync();
        var (access, refresh, session) = (client.AccessToken, client.RefreshToken, client.SessionId);
        _clock.Advance(TimeSpan.FromDays(1));
        using var answer = await api.Anonymous().RefreshAsync(refresh);
        var tokens = await answer.JsonAsync();
        await client.KeepAsync(answer);
        Assert.Multiple(() =>
        {
            Assert.That(answer.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(
                tokens
                    .ToString()
                    .Replace(client.AccessToken, "(access)", StringComparison.Ordinal)
                    .Replace(client.RefreshToken, "(refresh)", StringComparison.Ordinal)
                    .Replace($"{session}", "(session)", StringComparison.Ordinal),
                Is.EqualTo(
                    """
                    {"tokenType":"Bearer","accessToken":"(access)","expiresIn":900,"refreshToken":"(refresh)","refreshTokenExpiresAt":"2031-06-06T07:08:09.123Z","sessionId":"(session)"}
                    """
                )
            );
            Assert.That(client.AccessToken, Is.Not.EqualTo(access));
            Assert.That(client.RefreshToken, Is.Not.EqualTo(refresh));
        });
        using var me = await client.GetAsync(ApiClient.Me);
        using var next = await client.RefreshAsync();
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await next.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Leaves_the_old_access_token_its_time()
    {
        await using var api = Api.Start(clock: _clock);
        var (old, renewed) = (await api.SignedInAsync(), api.Anonymous());
        _clock.Advance(TimeSpan.FromMinutes(10));
        using var answer = await old.RefreshAsync();
        await renewed.KeepAsync(answer);
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        using var before = await old.GetAsync(ApiClient.Me);
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await old.GetAsync(ApiClient.Me);
        using var me = await renewed.GetAsync(ApiClient.Me);
        // An expired access token is no hindrance to what replaces it.
        renewed.AccessToken = old.AccessToken;
        using var refresh = await renewed.RefreshAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await after.OutcomeAsync(), Is.EqualTo("401 token_expired"));
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("200"));
        });
    }

    [Test]
    public async Task Forgives_a_lost_answer()
    {
        await using var api = Api.Start(clock: _clock);
        var client = await api.SignedInAsync();
        var session = client.SessionId;
        using var lost = await client.RefreshAsync();
        _clock.Advance(Grace - Tick);
        using var again = await client.RefreshAsync();
        await client.KeepAsync(again);
        using var next = await client.RefreshAsync();
        Assert.That(client.SessionId, Is.EqualTo(session));
        Assert.That(await next.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Ends_the_session_when_a_token_comes_back_after_the_grace_time()
    {
        await using var api = Api.Start(clock: _clock);
        var (stolen, tablet) = (await api.SignedInAsync(device: "Phone"), api.Anonymous());
        await tablet.SignInAsync(stolen.Person);
        using var refreshed = await stolen.RefreshAsync();
        var owner = api.Anonymous();
        await owner.KeepAsync(refreshed);
        _clock.Advance(Grace);

        using var reused = await stolen.RefreshAsync();
        using var me = await owner.GetAsync(ApiClient.Me);
        using var refresh = await owner.RefreshAsync();
        using var again = await stolen.RefreshAsync();
        using var other = await tablet.GetAsync(ApiClient.Me);
        using var events = await tablet.GetAsync($"{ApiClient.Events}?limit=1");
        var recorded = (await events.JsonAsync()).Items().Single();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await reused.OutcomeAsync(), Is.EqualTo("401 refresh_token_reused"));
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
            Assert.That(await refresh.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await again.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
            Assert.That(await other.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(recorded.Text("type"), Is.EqualTo("refreshReused"));
            Assert.That(recorded.Text("outcome"), Is.EqualTo("failed"));
            Assert.That(recorded.Text("device"), Is.EqualTo("Phone"));
            Assert.That(recorded.GetProperty("sessionId").GetGuid(), Is.EqualTo(stolen.SessionId));
        });
    }

    [Test]
    public async Task Ends_the_session_at_once_when_a_token_before_the_previous_one_comes_back()
    {
        var client = await Api.Shared.SignedInAsync();
        var first = client.RefreshToken;
        for (var i = 0; i < 2; i++)
        {
            using var answer = await client.RefreshAsync();
            await client.KeepAsync(answer);
        }

        using var reused = await client.RefreshAsync(first);
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await reused.OutcomeAsync(), Is.EqualTo("401 refresh_token_reused"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
    }

    [TestCase(30, new int[0])]
    [TestCase(59, new[] { 29 })]
    [TestCase(90, new[] { 25, 50, 75 })]
    public async Task Ends_30_days_after_the_last_refresh_and_90_after_the_sign_in(int end, int[] refreshes)
    {
        await using var api = Api.Start(clock: _clock);
        var client = await api.SignedInAsync();
        var signIn = _clock.GetUtcNow();
        foreach (var day in refreshes)
        {
            MoveTo(TimeSpan.FromDays(day));
            using var answer = await client.RefreshAsync();
            await client.KeepAsync(answer);
        }

        MoveTo(TimeSpan.FromDays(end) - Tick);
        using var before = await client.RefreshAsync();
        MoveTo(TimeSpan.FromDays(90));
        using var after = await client.RefreshAsync();
        Assert.That(await before.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await after.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));

        void MoveTo(TimeSpan sinceSignIn) => _clock.Advance(signIn + sinceSignIn - _clock.GetUtcNow());
    }

    [Test]
    public async Task Takes_only_its_own_kind_of_token()
    {
        var client = await Api.Shared.SignedInAsync();
        var half = client.RefreshToken[..(client.RefreshToken.Length / 2)];
        string[] tokens =
        [
            "garbage",
            "CfDJ8",
            " ",
            "\u0000",
            "\u00E4",
            client.AccessToken,
            half,
            new string('a', 60_000),
        ];
        foreach (var token in tokens)
        {
            using var answer = await client.RefreshAsync(token);
            var isBlank = string.IsNullOrWhiteSpace(token);
            Assert.That(
                await answer.OutcomeAsync(),
                Is.EqualTo(isBlank ? "400 validation_failed" : "401 refresh_token_invalid")
            );
            Assert.That(answer.Header("WWW-Authenticate"), Is.Null);
        }
    }

    [TestCase("""{}""")]
    [TestCase("""{"refreshToken":null}""")]
    [TestCase("""{"refreshToken":""}""")]
    public async Task Needs_a_token(string body)
    {
        using var answer = await Api.Shared.Anonymous().PostRawAsync(ApiClient.Refresh, body);
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await answer.ErrorsAsync(), Is.EqualTo((string[])["#/refreshToken required"]));
    }

    [Test]
    public async Task Refuses_whoever_is_disabled()
    {
        var client = await Api.Shared.SignedInAsync();
        await Api.Shared.InDatabaseAsync(context =>
            context
                .Users.Where(user => user.UserName == client.Person.Username)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch))
        );
        using var answer = await client.RefreshAsync();
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
    }

    [Test]
    public async Task Gives_two_hundred_at_once_the_same_successor()
    {
        var client = await Api.Shared.SignedInAsync();
        var devices = await TwoHundredAsync(_ => client.RefreshToken);
        Assert.That(await CounterAsync(), Is.EqualTo(1));
        foreach (var device in devices)
        {
            using var me = await device.GetAsync(ApiClient.Me);
            Assert.That(await me.OutcomeAsync(), Is.EqualTo("200"));
        }

        await TwoHundredAsync(i => devices[i].RefreshToken);
        Assert.That(await CounterAsync(), Is.EqualTo(2));

        Task<ApiClient[]> TwoHundredAsync(Func<int, string> token) =>
            Task.WhenAll(
                Enumerable
                    .Range(0, 200)
                    .Select(async i =>
                    {
                        var device = Api.Shared.Anonymous();
                        using var answer = await device.RefreshAsync(token(i));
                        await device.KeepAsync(answer);
                        return device;
                    })
            );

        async Task<int> CounterAsync()
        {
            var counter = 0;
            await Api.Shared.InDatabaseAsync(async context =>
                counter = (await context.Sessions.SingleAsync(session => session.Id == client.SessionId)).RefreshCounter
            );
            return counter;
        }
    }
}
