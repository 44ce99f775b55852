namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class ReadNotificationTests
{
    [Test]
    public async Task Marks_a_notification_as_read_the_first_time()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        await api.NotifiedAsync(client, "other");
        var notification = await api.NotifiedAsync(client);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var first = await client.PostAsync(notification.ReadPath());
        clock.Advance(TimeSpan.FromSeconds(1));
        using var again = await client.PostAsync(notification.ReadPath());
        var listed = (await client.ReadAsync($"{NotificationCalls.Notifications}?unread=false")).Items().Single();
        var expected = notification
            .ToString()
            .Replace("\"readAt\":null", "\"readAt\":\"2031-05-06T07:08:10.123Z\"", StringComparison.Ordinal);
        Assert.That(await first.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await first.JsonAsync()).ToString(), Is.EqualTo(expected));
        Assert.That((await again.JsonAsync()).ToString(), Is.EqualTo(expected));
        Assert.That(listed.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_notification_of_another_user_is_not_found_like_an_unknown_one()
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var notification = await Api.Shared.NotifiedAsync(owner);
        var unknown = $"{Guid.NewGuid()}";
        using var foreign = await stranger.PostAsync(notification.ReadPath());
        using var none = await stranger.PostAsync($"{NotificationCalls.Notifications}/{unknown}/read");
        Assert.That(await none.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(
            (await foreign.VisiblePartsAsync()).Replace(notification.Text("id"), unknown, StringComparison.Ordinal),
            Is.EqualTo(await none.VisiblePartsAsync())
        );
        Assert.That(await owner.UnreadCountAsync(), Is.EqualTo(1));
    }

    [TestCase("x")]
    [TestCase("1")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    public async Task An_invalid_id_is_not_found(string id)
    {
        var client = await Api.Shared.SignedInAsync();
        var path = $"{NotificationCalls.Notifications}/{id}/read";
        Assert.That(await TaskCalls.OutcomeOfAsync(client.PostAsync(path)), Is.EqualTo("404 not_found"));
    }
}
