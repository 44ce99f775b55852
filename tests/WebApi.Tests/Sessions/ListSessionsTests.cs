using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.WebApi.Tests.Sessions;

public sealed class ListSessionsTests
{
    private readonly ServerClock _clock = new();

    [Test]
    public async Task Lists_the_devices_of_the_caller_newest_first()
    {
        await using var api = Api.Start(clock: _clock);
        var phone = await api.SignedInAsync(device: "Ann's phone");
        await api.SignedInAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var tablet = await api.SignedInAsync(phone.Person);
        using var response = await phone.GetAsync(ApiClient.Sessions);
        Assert.That(
            (await response.JsonAsync())
                .ToString()
                .Replace($"{phone.SessionId}", "(phone)", StringComparison.Ordinal)
                .Replace($"{tablet.SessionId}", "(tablet)", StringComparison.Ordinal),
            Is.EqualTo(
                """
                {"items":[{"id":"(tablet)","device":null,"ipAddress":"127.0.0.1","createdAt":"2031-05-06T07:08:10.123Z","lastUsedAt":"2031-05-06T07:08:10.123Z","current":false},{"id":"(phone)","device":"Ann's phone","ipAddress":"127.0.0.1","createdAt":"2031-05-06T07:08:09.123Z","lastUsedAt":"2031-05-06T07:08:09.123Z","current":true}],"nextCursor":null}
                """
            )
        );
        Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(await CurrentAsync(tablet), Is.EqualTo((Guid[])[tablet.SessionId]));
    }

    [Test]
    public async Task Omits_ended_and_expired_sessions()
    {
        await using var api = Api.Rent(_clock);
        var idle = await api.SignedInAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        var ended = await api.SignedInAsync(idle.Person);
        var phone = await api.SignedInAsync(idle.Person);
        using var logout = await ended.PostAsync(ApiClient.Logout);
        Assert.That(await IdsAsync(phone), Is.EqualTo((Guid[])[phone.SessionId, idle.SessionId]));
        _clock.Advance(TimeSpan.FromDays(29));
        using var refresh = await phone.RefreshAsync();
        await phone.KeepAsync(refresh);
        Assert.That(await IdsAsync(phone), Is.EqualTo((Guid[])[phone.SessionId]));
    }

    [Test]
    public async Task Shows_the_last_use_to_the_minute()
    {
        await using var api = Api.Start(clock: _clock);
        var phone = await api.SignedInAsync();
        var tablet = await api.SignedInAsync(phone.Person);
        _clock.Advance(TimeSpan.FromSeconds(59));
        using var early = await tablet.GetAsync(ApiClient.Me);
        _clock.Advance(TimeSpan.FromSeconds(1));
        using var reading = await phone.GetAsync(ApiClient.Me);
        // The time is written in the background.
        await api.Services.GetRequiredService<BackgroundWrites>().DisposeAsync();
        using var sessions = await phone.GetAsync(ApiClient.Sessions);
        var used = (await sessions.JsonAsync())
            .Items()
            .ToDictionary(session => session.GetProperty("id").GetGuid(), session => session.Text("lastUsedAt"));
        Assert.That(used[phone.SessionId], Is.EqualTo("2031-05-06T07:09:09.123Z"));
        Assert.That(used[tablet.SessionId], Is.EqualTo("2031-05-06T07:08:09.123Z"));
    }

    private static async Task<IEnumerable<Guid>> IdsAsync(ApiClient client)
    {
        using var response = await client.GetAsync(ApiClient.Sessions);
        return (await response.JsonAsync()).Items().Select(session => session.GetProperty("id").GetGuid());
    }

    private static async Task<IEnumerable<Guid>> CurrentAsync(ApiClient client)
    {
        using var response = await client.GetAsync(ApiClient.Sessions);
        return (await response.JsonAsync())
            .Items()
            .Where(session => session.GetProperty("current").GetBoolean())
            .Select(session => session.GetProperty("id").GetGuid());
    }
}
