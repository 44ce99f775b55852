namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class ReadNotificationTests
{
    [Test]
    public async Task Marks_it_as_read_the_first_time()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        await api.NotifiedAsync(client, "other");
        var told = await api.NotifiedAsync(client);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var first = await client.PostAsync(told.ReadPath());
        clock.Advance(TimeSpan.FromSeconds(1));
        using var again = await client.PostAsync(told.ReadPath());
        var listed = (await client.ReadAsync($"{NotificationCalls.Notifications}?unread=false")).Items().Single();
        var expected = told.ToString()
            .Replace("\"readAt\":null", "\"readAt\":\"2031-05-06T07:08:10.123Z\"", StringComparison.Ordinal);
        Assert.That(await first.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await first.JsonAsync()).ToString(), Is.EqualTo(expected));
        Assert.That((await again.JsonAsync()).ToString(), Is.EqualTo(expected));
        Assert.That(listed.ToString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task Finds_a_foreign_one_no_more_than_one_that_never_was()
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var told = await Api.Shared.NotifiedAsync(owner);
        var unknown = $"{Guid.NewGuid()}";
        using var foreign = await stranger.PostAsync(told.ReadPath());
        using var none = await stranger.PostAsync($"{NotificationCalls.Notifications}/{unknown}/read");
        Assert.That(await none.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(
            (await foreign.FaceAsync()).Replace(told.Text("id"), unknown, StringComparison.Ordinal),
            Is.EqualTo(await none.FaceAsync())
        );
        Assert.That(await owner.UnreadCountAsync(), Is.EqualTo(1));
    }

    [TestCase("x")]
    [TestCase("1")]
    [TestCase("00000000-0000-0000-0000-000000000000")]
    public async Task Finds_nothing_under_what_is_no_id(string id)
    {
        var client = await Api.Shared.SignedInAsync();
        var path = $"{NotificationCalls.Notifications}/{id}/read";
        Assert.That(await TaskCalls.OutcomeOfAsync(client.PostAsync(path)), Is.EqualTo("404 not_found"));
    }
}
