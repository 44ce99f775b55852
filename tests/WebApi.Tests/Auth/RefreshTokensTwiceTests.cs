using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.WebApi.Tests.Auth;

/// <summary>A refresh token is sent more than once, by accident or because somebody has stolen it.</summary>
public sealed class RefreshTokensTwiceTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    private readonly ServerClock _clock = new();

    [Test]
    public async Task A_lost_response_can_be_repeated()
    {
        await using var api = Api.Rent(_clock);
        var client = await api.SignedInAsync();
        var session = client.SessionId;
        using var lost = await client.RefreshAsync();
        _clock.Advance(Grace - TimeSpan.FromMilliseconds(1));
        using var again = await client.RefreshAsync();
        await client.KeepAsync(again);
        using var next = await client.RefreshAsync();
        Assert.That(client.SessionId, Is.EqualTo(session));
        Assert.That(await next.OutcomeAsync(), Is.EqualTo("200"));
    }

    [Test]
    public async Task Ends_the_session_when_a_token_is_reused_after_the_grace_period()
    {
        await using var api = Api.Rent(_clock);
        var (stolen, tablet) = (await api.SignedInAsync(device: "Phone"), api.Anonymous());
        await tablet.SignInAsync(stolen.Person);
        using var refreshed = await stolen.RefreshAsync();
        var owner = api.Anonymous();
        await owner.KeepAsync(refreshed);
        using var used = await owner.GetAsync(ApiClient.Me);
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
    public async Task Ends_the_session_at_once_when_a_token_older_than_the_previous_one_is_reused()
    {
        var client = await Api.Shared.SignedInAsync();
        var first = client.RefreshToken;
        for (var i = 0; i < 2; i++)
        {
            using var response = await client.RefreshAsync();
            await client.KeepAsync(response);
        }

        using var reused = await client.RefreshAsync(first);
        using var me = await client.GetAsync(ApiClient.Me);
        Assert.That(await reused.OutcomeAsync(), Is.EqualTo("401 refresh_token_reused"));
        Assert.That(await me.OutcomeAsync(), Is.EqualTo("401 session_revoked"));
    }

    [Test]
    public async Task Two_hundred_concurrent_refreshes_get_the_same_successor()
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
                        using var response = await device.RefreshAsync(token(i));
                        await device.KeepAsync(response);
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
