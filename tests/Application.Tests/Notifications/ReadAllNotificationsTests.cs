using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Moq;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class ReadAllNotificationsTests
{
    private readonly StoredNotifications _stored = new();

    [Test]
    public async Task Marks_the_notifications_of_the_caller_as_read()
    {
        var (first, second) = (_stored.Store("Leg day"), _stored.Store("Run"));
        var foreign = _stored.Store("Of another user", ownerId: Guid.NewGuid());

        var result = await ReadAllAsync();

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(new[] { first.ReadAt, second.ReadAt }, Is.All.EqualTo(Given.Now));
        Assert.That(foreign.ReadAt, Is.Null);
    }

    [Test]
    public async Task Leaves_notifications_unread_that_are_newer_than_the_newest_seen()
    {
        var (first, second, third) = (_stored.Store("Leg day"), _stored.Store("Run"), _stored.Store("Swim"));

        var result = await ReadAllAsync(second.Id);

        Assert.That(result.IsSuccess, Is.True);
        Assert.That(new[] { first, second, third }.Select(of => of.ReadAt is null), Is.EqualTo([false, false, true]));
    }

    [Test]
    public async Task Does_not_find_the_notification_of_another_user()
    {
        var own = _stored.Store("Leg day");
        var foreign = _stored.Store("Of another user", ownerId: Guid.NewGuid());

        var result = await ReadAllAsync(foreign.Id);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(own.ReadAt, Is.Null);
    }

    private Task<Result> ReadAllAsync(Guid? through = null) =>
        new ReadAllNotificationsHandler(_stored, _stored, Mock.Of<IPushDeliveries>(), _stored, _stored.Clock).Handle(
            new ReadAllNotificationsCommand(through),
            CancellationToken.None
        );
}
