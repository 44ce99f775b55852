using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class NotificationDtoTests
{
    [Test]
    public void Holds_what_the_notification_tells([Values] bool isRead)
    {
        var notification = new StoredNotifications().Store("Leg day", isRead);

        var dto = Given.Mapper.Map<NotificationDto>(notification);

        Assert.That(
            dto,
            Is.EqualTo(
                new NotificationDto(
                    notification.Id,
                    NotificationType.TaskOverdue,
                    notification.TaskId,
                    "Leg day",
                    Given.Now.AddMinutes(-1),
                    Given.Now.AddHours(-1),
                    isRead ? Given.Now.AddMinutes(-30) : null
                )
            )
        );
    }

    [Test]
    public void Its_event_has_the_name_of_its_type()
    {
        var dto = Given.Mapper.Map<NotificationDto>(new StoredNotifications().Store("Leg day"));

        Assert.That(
            NotificationEvent.Of(dto, 0),
            Is.EqualTo(new NotificationEvent("taskOverdue", dto, new NotificationEventId(0, dto.Id)))
        );
        Assert.That(() => NotificationEvent.Of(null!, 0), Throws.ArgumentNullException);
    }
}
