namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class CountUnreadTests
{
    [Test]
    public async Task Counts_the_unread_notifications_of_the_caller()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var none = (await client.ReadAsync(NotificationCalls.UnreadCount)).ToString();
        await Api.Shared.NotifiedAsync(stranger);
        await Api.Shared.NotifiedAsync(client);
        await Api.Shared.NotifiedAsync(client);
        var read = await Api.Shared.NotifiedAsync(client);
        using var response = await client.PostAsync(read.ReadPath());
        var two = (await client.ReadAsync(NotificationCalls.UnreadCount)).ToString();
        Assert.That(none, Is.EqualTo("""{"count":0}"""));
        Assert.That(two, Is.EqualTo("""{"count":2}"""));
    }
}
