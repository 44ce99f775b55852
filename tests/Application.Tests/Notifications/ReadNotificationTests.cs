using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Moq;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class ReadNotificationTests
{
    private readonly StoredNotifications _stored = new();
    private readonly Mock<IPushDeliveries> _pushes = new();

    [Test]
    public async Task Marks_a_notification_as_read_and_returns_it()
    {
        var (read, other) = (_stored.Store("Leg day"), _stored.Store("Run"));

        var result = await ReadAsync(read);

        Assert.That((result.Value?.Id, result.Value?.ReadAt), Is.EqualTo(((Guid?)read.Id, (DateTimeOffset?)Given.Now)));
        Assert.That((read.ReadAt, other.ReadAt), Is.EqualTo(((DateTimeOffset?)Given.Now, (DateTimeOffset?)null)));
        Assert.That(_stored.Saves, Is.EqualTo(1));
    }

    [Test]
    public async Task Marking_a_notification_as_read_twice_changes_nothing()
    {
        var notification = _stored.Store("Leg day");
        await ReadAsync(notification);
        _stored.Clock.AdjustTime(Given.Now.AddHours(1));

        var result = await ReadAsync(notification);

        Assert.That(result.Value?.ReadAt, Is.EqualTo(Given.Now));
    }

    [Test]
    public async Task Takes_the_notification_back_from_other_devices_only_the_first_time()
    {
        var (read, before) = (_stored.Store("Leg day"), _stored.Store("Run", isRead: true));

        await ReadAsync(read);
        await ReadAsync(read);
        await ReadAsync(before);

        _pushes.Verify(pushes => pushes.Dismiss(read, _stored.SessionId, Given.Now), Times.Once);
        _pushes.VerifyNoOtherCalls();
    }

    [Test]
    public async Task Does_not_find_an_unknown_notification_or_that_of_another_user()
    {
        var foreign = _stored.Store("Leg day", ownerId: Guid.NewGuid());
        var unknown = Overdue.Notification(_stored.Id, "Run", Given.Now);

        foreach (var notification in new[] { foreign, unknown })
        {
            var result = await ReadAsync(notification);
            Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
            Assert.That(notification.ReadAt, Is.Null);
        }

        Assert.That(_stored.Saves, Is.Zero);
    }

    private Task<Result<NotificationDto>> ReadAsync(Notification notification) =>
        new ReadNotificationHandler(_stored, _stored, _pushes.Object, _stored, Given.Mapper, _stored.Clock).Handle(
            new ReadNotificationCommand(notification.Id),
            CancellationToken.None
        );
}
