namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class ReadAllNotificationsTests
{
    [Test]
    public async Task Marks_the_unread_notifications_of_the_caller_as_read()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var (client, stranger) = (await api.SignedInAsync(), await api.SignedInAsync());
        await api.NotifiedAsync(stranger);
        var early = await api.NotifiedAsync(client);
        using var one = await client.PostAsync(early.ReadPath());
        await api.NotifiedAsync(client);
        await api.NotifiedAsync(client);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var all = await client.PostAsync(NotificationCalls.ReadAll);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var again = await client.PostAsync(NotificationCalls.ReadAll);
        Assert.That(await all.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(
            (await client.ReadAsync(NotificationCalls.Notifications))
                .Items()
                .Select(notification => notification.Text("readAt")),
            Is.EqualTo((string[])["2031-05-06T07:08:10.123Z", "2031-05-06T07:08:10.123Z", "2031-05-06T07:08:09.123Z"])
        );
        Assert.That(await client.UnreadCountAsync(), Is.Zero);
        Assert.That(await stranger.UnreadCountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Leaves_notifications_unread_that_are_newer_than_the_newest_seen()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var foreign = await Api.Shared.NotifiedAsync(stranger);
        await Api.Shared.NotifiedAsync(client, "a");
        var seen = await Api.Shared.NotifiedAsync(client, "b");
        await Api.Shared.NotifiedAsync(client, "c");
        using var refused = await client.PostAsync(NotificationCalls.ReadAll, new { through = foreign.Text("id") });
        Assert.That(await refused.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await client.UnreadCountAsync(), Is.EqualTo(3));
        using var response = await client.PostAsync(NotificationCalls.ReadAll, new { through = seen.Text("id") });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("204"));
        var unread = (await client.ReadAsync($"{NotificationCalls.Notifications}?unread=true")).Items();
        Assert.That(unread.Select(notification => notification.Text("title")), Is.EqualTo((string[])["c"]));
    }

    [TestCase("""{"through":7}""", "400 validation_failed")]
    [TestCase("""{"through":"b"}""", "400 validation_failed")]
    [TestCase("""{"to":null}""", "400 unknown_member")]
    [TestCase("""{"through":null}""", "204")]
    [TestCase("{}", "204")]
    public async Task Accepts_only_a_valid_body(string body, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(NotificationCalls.ReadAll, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
    }

    [Test]
    public async Task Succeeds_without_notifications()
    {
        var client = await Api.Shared.SignedInAsync();
        Assert.That(await TaskCalls.OutcomeOfAsync(client.PostAsync(NotificationCalls.ReadAll)), Is.EqualTo("204"));
    }
}
