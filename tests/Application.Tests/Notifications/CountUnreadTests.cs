using Fitnessify.Application.Notifications;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class CountUnreadTests
{
    [Test]
    public async Task Counts_the_unread_notifications_of_the_caller()
    {
        var stored = new StoredNotifications();
        stored.Store("Leg day");
        stored.Store("Run");
        stored.Store("Swim", isRead: true);
        stored.Store("Of another user", ownerId: Guid.NewGuid());

        var result = await new CountUnreadHandler(stored, stored).Handle(
            new CountUnreadQuery(),
            CancellationToken.None
        );

        Assert.That(result.Value, Is.EqualTo(new UnreadCountDto(2)));
    }
}
