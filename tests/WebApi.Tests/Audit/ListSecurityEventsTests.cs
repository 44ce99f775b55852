using System.Text.Json;
using Moq;

namespace Fitnessify.WebApi.Tests.Audit;

public sealed class ListSecurityEventsTests
{
    [Test]
    public async Task Lists_all_events_newest_first()
    {
        await using var api = Api.Start(clock: AdvancingClock());
        var (phone, other) = (await api.SignedInAsync(device: "Phone"), await api.SignedInAsync());
        var tablet = await api.SignedInAsync(phone.Person);
        using var wrong = await phone.LoginAsync(phone.Person.Email, "Wrong-Kettle-93-Umbrella", "Thief");
        using var logout = await tablet.PostAsync(ApiClient.Logout);
        var laptop = await api.SignedInAsync(phone.Person);
        using var ended = await phone.DeleteAsync($"{ApiClient.Sessions}/{laptop.SessionId}");
        using var renamed = await phone.PatchAsync(ApiClient.Me, new { username = Person.Random().Username });
        using var refused = await phone.PostAsync(ApiClient.Deletion, new { password = "wrong" });
        using var changed = await phone.PutAsync(
            ApiClient.Password,
            new { currentPassword = Person.GoodPassword, newPassword = "Copper-Lantern-58-Orchard" }
        );
        var events = await ListAsync(phone);
        string[] expected =
        [
            "passwordChanged succeeded",
            "reauthenticationFailed failed",
            "usernameChanged succeeded",
            "sessionEnded succeeded",
            "signedIn succeeded",
            "signedOut succeeded",
            "signInFailed failed",
            "signedIn succeeded",
            "signedIn succeeded",
            "registered succeeded",
        ];
        Assert.That(events.Select(item => $"{item.Text("type")} {item.Text("outcome")}"), Is.EqualTo(expected));
        Assert.Multiple(() =>
        {
            Assert.That(events.Select(item => item.Text("ipAddress")), Has.All.EqualTo("127.0.0.1"));
            Assert.That(events.Select(item => item.Text("subjectId")).Distinct(), Has.One.Items);
            Assert.That(
                events.Where(item => item.GetProperty("actorId").ValueKind == JsonValueKind.Null),
                Is.EqualTo((JsonElement[])[events[6]])
            );
            Assert.That(events[8].Text("device"), Is.EqualTo("Phone"));
            Assert.That(events[8].Text("sessionId"), Is.EqualTo($"{phone.SessionId}"));
            Assert.That(events[6].Text("device"), Is.EqualTo("Thief"));
            Assert.That(events[5].Text("sessionId"), Is.EqualTo($"{tablet.SessionId}"));
            Assert.That(events[3].Text("sessionId"), Is.EqualTo($"{laptop.SessionId}"));
        });
        Assert.That(
            (await ListAsync(other)).Select(item => item.Text("type")),
            Is.EqualTo((string[])["signedIn", "registered"])
        );
    }

    [Test]
    public async Task Returns_an_event_as_documented()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        await client.SignInAsync(client.Person);
        using var me = await client.GetAsync(ApiClient.Me);
        using var response = await client.GetAsync($"{ApiClient.Events}?limit=1");
        var page = await response.JsonAsync();
        var user = (await me.JsonAsync()).Text("id");
        Assert.That(page.Members(), Is.EqualTo((string[])["items", "nextCursor"]));
        Assert.That(response.Header("Cache-Control"), Is.EqualTo("no-store"));
        Assert.That(
            page.Items()
                .Single()
                .ToString()
                .Replace(page.Items().Single().Text("id"), "(id)", StringComparison.Ordinal)
                .Replace(user, "(user)", StringComparison.Ordinal)
                .Replace($"{client.SessionId}", "(session)", StringComparison.Ordinal),
            Is.EqualTo(
                """
                {"id":"(id)","type":"signedIn","at":"2031-05-06T07:08:10.123Z","outcome":"succeeded","ipAddress":"127.0.0.1","device":null,"sessionId":"(session)","actorId":"(user)","subjectId":"(user)","method":"password"}
                """
            )
        );
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public async Task Pages_have_neither_gaps_nor_overlaps(int limit)
    {
        // The events have the same time, so only their ids order them.
        await using var api = Api.Rent(new ServerClock());
        var client = await api.SignedInAsync();
        await api.SignedInAsync();
        await client.SignInAsync(client.Person);
        await client.SignInAsync(client.Person);
        var all = await ListAsync(client);
        List<JsonElement> paged = [];
        var cursor = "";
        do
        {
            using var response = await client.GetAsync($"{ApiClient.Events}?limit={limit}&cursor={cursor}");
            var page = await response.JsonAsync();
            Assert.That(page.Items().Count(), Is.InRange(1, limit));
            paged.AddRange(page.Items());
            cursor = page.GetProperty("nextCursor").GetString();
        } while (cursor is not null);

        Assert.That(all, Has.Count.EqualTo(4));
        Assert.That(paged.Select(item => item.Text("id")), Is.EqualTo(all.Select(item => item.Text("id"))));
    }

    [Test]
    public async Task Refuses_a_cursor_that_was_not_made_for_the_caller()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        using var page = await stranger.GetAsync($"{ApiClient.Events}?limit=1");
        var cursor = (await page.JsonAsync()).Text("nextCursor");
        string[] cursors = [cursor, cursor[..^1], "garbage", "%20x", client.RefreshToken];
        foreach (var wrong in cursors)
        {
            using var response = await client.GetAsync($"{ApiClient.Events}?cursor={wrong}");
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 invalid_cursor"), wrong);
        }

        using var own = await stranger.GetAsync($"{ApiClient.Events}?cursor={cursor}");
        Assert.That(await own.OutcomeAsync(), Is.EqualTo("200"));
    }

    [TestCase("0", "out_of_range")]
    [TestCase("-1", "out_of_range")]
    [TestCase("201", "out_of_range")]
    [TestCase("abc", "invalid_type")]
    [TestCase("1.5", "invalid_type")]
    [TestCase("99999999999", "invalid_type")]
    public async Task Refuses_an_invalid_limit(string limit, string code)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync($"{ApiClient.Events}?limit={limit}");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[$"limit {code}"]));
    }

    [Test]
    public async Task Accepts_the_maximum_limit()
    {
        using var response = await (await Api.Shared.SignedInAsync()).GetAsync($"{ApiClient.Events}?limit=200");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
    }

    // Each call is later than the one before, because events within a millisecond have no order.
    private static TimeProvider AdvancingClock()
    {
        var now = new ServerClock();
        var clock = new Mock<TimeProvider> { CallBase = true };
        clock
            .Setup(time => time.GetUtcNow())
            .Returns(() =>
            {
                now.Advance(TimeSpan.FromMilliseconds(1));
                return now.GetUtcNow();
            });
        return clock.Object;
    }

    private static async Task<IReadOnlyList<JsonElement>> ListAsync(ApiClient client)
    {
        using var response = await client.GetAsync(ApiClient.Events);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        return [.. (await response.JsonAsync()).Items()];
    }
}
