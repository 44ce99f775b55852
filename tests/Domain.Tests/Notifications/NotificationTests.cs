using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Notifications;

public sealed class NotificationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);

    private static readonly Due Due = Due.At(Now.AddHours(-1));

    private static readonly TaskItem Task = TaskItem.Create(
        Guid.NewGuid(),
        Guid.NewGuid(),
        new TaskFields("Leg day", null, TaskItemStatus.Todo, TaskPriority.Normal, Due, []),
        Now.AddDays(-1)
    );

    private static readonly TaskAlert Alert = new(null, Due.ToString(), Now.AddHours(-1));

    [Test]
    public void A_notification_tells_the_owner_which_task_is_overdue()
    {
        var notification = Notification.Of(Task, Alert, null, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(notification.Type, Is.EqualTo(NotificationType.TaskOverdue));
            Assert.That((notification.OwnerId, notification.TaskId), Is.EqualTo((Task.OwnerId, Task.Id)));
            Assert.That((notification.Title, notification.DueAt), Is.EqualTo((Task.Title, Alert.DueAt)));
            Assert.That(notification.CreatedAt, Is.EqualTo(Now));
            Assert.That(notification.ReadAt, Is.Null);
            Assert.That(
                (notification.MinutesBefore, notification.SnoozedUntil),
                Is.EqualTo(((int?)null, (DateTimeOffset?)null))
            );
            Assert.That(notification.Sequence, Is.Zero);
        }
    }

    [Test]
    public void A_notification_has_a_unique_id_with_its_time()
    {
        var (id, other) = (Notification.Of(Task, Alert, null, Now).Id, Notification.Of(Task, Alert, null, Now).Id);

        Assert.That(other, Is.Not.EqualTo(id));
        Assert.That(id.Version, Is.EqualTo(7));
        Assert.That(id.ToString("N")[..12], Is.EqualTo($"{Now.ToUnixTimeMilliseconds():x12}"));
    }

    [Test]
    public void A_notification_keeps_the_time_when_it_was_first_read()
    {
        var notification = Notification.Of(Task, Alert, null, Now);

        notification.Read(Now.AddMinutes(1));
        notification.Read(Now.AddMinutes(2));

        Assert.That(notification.ReadAt, Is.EqualTo(Now.AddMinutes(1)));
    }

    [Test]
    public void A_notification_of_a_reminder_tells_how_long_before_the_due_it_is()
    {
        var notification = Notification.Of(Task, Alert with { MinutesBefore = 30 }, null, Now);

        Assert.That(
            (notification.Type, notification.MinutesBefore),
            Is.EqualTo((NotificationType.TaskReminder, (int?)30))
        );
    }

    [Test]
    public void A_snoozed_notification_is_read_and_keeps_until_when_it_is_snoozed()
    {
        var notification = Notification.Of(Task, Alert, null, Now);

        notification.Snooze(Now.AddMinutes(10), Now.AddMinutes(1));
        notification.Snooze(Now.AddMinutes(20), Now.AddMinutes(2));

        Assert.That(
            (notification.SnoozedUntil, notification.ReadAt),
            Is.EqualTo(((DateTimeOffset?)Now.AddMinutes(20), (DateTimeOffset?)Now.AddMinutes(1)))
        );
    }

    [Test]
    public void A_notification_requires_a_task_and_an_alert()
    {
        Assert.That(() => Notification.Of(null!, Alert, null, Now), Throws.ArgumentNullException);
        Assert.That(() => Notification.Of(Task, null!, null, Now), Throws.ArgumentNullException);
    }
}
