using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Moq;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class ReadAllNotificationsTests
{
    private readonly StoredNotifications _stored = new();
    private readonly Mock<IPushDeliveries> _pushes = new();

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
    public async Task Takes_the_notifications_back_from_other_devices_up_to_the_last_one_of_each_batch()
    {
        for (var i = 0; i < 501; i++)
        {
            _stored.Store("Run");
        }

        await ReadAllAsync();
        await ReadAllAsync();

        _pushes.Verify(pushes => pushes.DismissAll(_stored.Id, new(1, 500), _stored.SessionId, Given.Now), Times.Once);
        _pushes.Verify(
            pushes => pushes.DismissAll(_stored.Id, new(501, 501), _stored.SessionId, Given.Now),
            Times.Once
        );
        _pushes.VerifyNoOtherCalls();
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
        new ReadAllNotificationsHandler(_stored, _stored, _pushes.Object, _stored, _stored.Clock).Handle(
            new ReadAllNotificationsCommand(through),
            CancellationToken.None
        );
}
