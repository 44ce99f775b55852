using Fitnessify.Application.Common;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Moq;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class ListNotificationsTests
{
    private readonly StoredNotifications _stored = new();

    [Test]
    public async Task Returns_the_requested_page([Values] bool? unread)
    {
        Notification[] notifications = [_stored.Store("Leg day"), _stored.Store("Run")];

        var result = await ListAsync(unread, new Page<Notification>(notifications, "next"));

        Assert.That(
            result.Value?.Items.Select(item => item.Id),
            Is.EqualTo(notifications.Select(notified => notified.Id))
        );
        Assert.That(result.Value?.NextCursor, Is.EqualTo("next"));
    }

    [Test]
    public async Task Returns_an_empty_last_page()
    {
        var result = await ListAsync(null, new Page<Notification>([], null));

        Assert.That(result.Value?.Items, Is.Empty);
        Assert.That(result.Value?.NextCursor, Is.Null);
    }

    [Test]
    public async Task Refuses_the_cursor_of_another_list()
    {
        var result = await ListAsync(null, CommonErrors.InvalidCursor);

        Assert.That(result.Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    [TestCase(0, "limit: out_of_range")]
    [TestCase(1, "")]
    [TestCase(200, "")]
    [TestCase(201, "limit: out_of_range")]
    public void Checks_the_limit(int limit, string error) =>
        Assert.That(
            new ListNotificationsValidator().ErrorTextOf(new ListNotificationsQuery(null, limit, null)),
            Is.EqualTo(error)
        );

    private Task<Result<PageDto<NotificationDto>>> ListAsync(bool? unread, Result<Page<Notification>> page)
    {
        var notifications = new Mock<INotificationRepository>(MockBehavior.Strict);
        notifications
            .Setup(port => port.ListAsync(_stored.Id, unread, new PageRequest(7, "from here"), CancellationToken.None))
            .ReturnsAsync(page);
        return new ListNotificationsHandler(_stored, notifications.Object, Given.Mapper).Handle(
            new ListNotificationsQuery(unread, 7, "from here"),
            CancellationToken.None
        );
    }
}
