using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class NotificationDtoTests
{
    [Test]
    public void Maps_every_member_of_the_notification([Values] bool isRead)
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
                    Given.Now.AddHours(-1),
                    null,
                    Given.Now.AddHours(-1),
                    isRead ? Given.Now.AddMinutes(-30) : null,
                    null
                )
            )
        );
    }

    [Test]
    public void The_event_is_named_after_the_type_of_the_notification()
    {
        var dto = Given.Mapper.Map<NotificationDto>(new StoredNotifications().Store("Leg day"));

        Assert.That(
            NotificationEvent.Of(dto, 0),
            Is.EqualTo(new NotificationEvent("taskOverdue", dto, new NotificationEventId(0, dto.Id)))
        );
        Assert.That(() => NotificationEvent.Of(null!, 0), Throws.ArgumentNullException);
    }
}
