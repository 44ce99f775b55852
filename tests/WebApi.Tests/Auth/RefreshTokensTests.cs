using Fitnessify.Infrastructure.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Auth;

public sealed class RefreshTokensTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly ServerClock _clock = new();

    [Test]
    public async Task Returns_the_next_tokens_of_the_same_session()
    {
        await using var api = Api.Start(clock: _clock);
        var client = await api.SignedInAsync();
        var (access, refresh, session) = (client.AccessToken, client.RefreshToken, client.SessionId);
        _clock.Advance(TimeSpan.FromDays(1));
        using var response = await api.Anonymous().RefreshAsync(refresh);
        var tokens = await response.JsonAsync();
        await client.KeepAsync(response);
        Assert.Multiple(() =>
        {
            Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
            Assert.That(
                tokens
                    .ToString()
                    .Replace(client.AccessToken, "(access)", StringComparison.Ordinal)
                    .Replace(client.RefreshToken, "(refresh)", StringComparison.Ordinal)
                    .Replace($"{session}", "(session)", StringComparison.Ordinal),
                Is.EqualTo(
                    """
                    {"tokenType":"Bearer","accessToken":"(access)","expiresIn":900,"refreshToken":"(refresh)","refreshTokenExpiresAt":"2031-06-06T07:08:09.123Z","sessionId":"(session)","guestMerged":false}
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
    public async Task The_old_access_token_works_until_it_expires()
    {
        await using var api = Api.Rent(_clock);
        var (old, renewed) = (await api.SignedInAsync(), api.Anonymous());
        _clock.Advance(TimeSpan.FromMinutes(10));
        using var response = await old.RefreshAsync();
        await renewed.KeepAsync(response);
        _clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        using var before = await old.GetAsync(ApiClient.Me);
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var after = await old.GetAsync(ApiClient.Me);
        using var me = await renewed.GetAsync(ApiClient.Me);
        // An expired access token does not prevent a refresh.
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

    [TestCase(30, new int[0])]
    [TestCase(59, new[] { 29 })]
    [TestCase(90, new[] { 25, 50, 75 })]
    public async Task A_session_ends_30_days_after_the_last_refresh_and_90_days_after_the_sign_in(
        int end,
        int[] refreshes
    )
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var signIn = _clock.GetUtcNow();
        foreach (var day in refreshes)
        {
            MoveTo(TimeSpan.FromDays(day));
            using var response = await client.RefreshAsync();
            await client.KeepAsync(response);
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
    public async Task Accepts_only_refresh_tokens()
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
            using var response = await client.RefreshAsync(token);
            var isBlank = string.IsNullOrWhiteSpace(token);
            Assert.That(
                await response.OutcomeAsync(),
                Is.EqualTo(isBlank ? "400 validation_failed" : "401 refresh_token_invalid")
            );
            Assert.That(response.Header("WWW-Authenticate"), Is.Null);
        }
    }

    [TestCase("""{}""")]
    [TestCase("""{"refreshToken":null}""")]
    [TestCase("""{"refreshToken":""}""")]
    public async Task Requires_a_token(string body)
    {
        using var response = await Api.Shared.Anonymous().PostRawAsync(ApiClient.Refresh, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["#/refreshToken required"]));
    }

    [Test]
    public async Task Refuses_a_disabled_user()
    {
        var client = await Api.Shared.SignedInAsync();
        await Api.Shared.InDatabaseAsync(context =>
            context
                .Accounts.Where(user => user.Username == client.Person.Username)
                .ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, DateTimeOffset.UnixEpoch))
        );
        using var response = await client.RefreshAsync();
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("401 refresh_token_invalid"));
    }
}
