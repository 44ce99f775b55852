namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class ReadAllNotificationsTests
{
    [Test]
    public async Task Marks_own_ones_as_read_that_are_not()
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
            (await client.ReadAsync(NotificationCalls.Notifications)).Items().Select(told => told.Text("readAt")),
            Is.EqualTo((string[])["2031-05-06T07:08:10.123Z", "2031-05-06T07:08:10.123Z", "2031-05-06T07:08:09.123Z"])
        );
        Assert.That(await client.UnreadCountAsync(), Is.Zero);
        Assert.That(await stranger.UnreadCountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Has_nothing_to_do_where_nothing_is()
    {
        var client = await Api.Shared.SignedInAsync();
        Assert.That(await TaskCalls.OutcomeOfAsync(client.PostAsync(NotificationCalls.ReadAll)), Is.EqualTo("204"));
    }
}
