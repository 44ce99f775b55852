using Fitnessify.Domain.Notifications;

namespace Fitnessify.Domain.Tests.Notifications;

public sealed class NotificationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);

    private static readonly OverdueTask Task = new(
        Guid.NewGuid(),
        Guid.NewGuid(),
        "Leg day",
        Now.AddHours(-1),
        IsNotified: false,
        EmailConfirmed: true,
        WantsMail: true
    );

    [Test]
    public void A_notification_tells_the_owner_which_task_is_overdue()
    {
        var notification = Notification.Overdue(Task, null, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(notification.Type, Is.EqualTo(NotificationType.TaskOverdue));
            Assert.That((notification.OwnerId, notification.TaskId), Is.EqualTo((Task.OwnerId, Task.TaskId)));
            Assert.That((notification.Title, notification.DueAt), Is.EqualTo((Task.Title, Task.DueAt)));
            Assert.That(notification.CreatedAt, Is.EqualTo(Now));
            Assert.That(notification.ReadAt, Is.Null);
            Assert.That(notification.Sequence, Is.Zero);
        }
    }

    [Test]
    public void A_notification_has_a_unique_id_with_its_time()
    {
        var (id, other) = (Notification.Overdue(Task, null, Now).Id, Notification.Overdue(Task, null, Now).Id);

        Assert.That(other, Is.Not.EqualTo(id));
        Assert.That(id.Version, Is.EqualTo(7));
        Assert.That(id.ToString("N")[..12], Is.EqualTo($"{Now.ToUnixTimeMilliseconds():x12}"));
    }

    [Test]
    public void A_notification_keeps_the_time_when_it_was_first_read()
    {
        var notification = Notification.Overdue(Task, null, Now);

        notification.Read(Now.AddMinutes(1));
        notification.Read(Now.AddMinutes(2));

        Assert.That(notification.ReadAt, Is.EqualTo(Now.AddMinutes(1)));
    }

    [Test]
    public void A_notification_requires_a_task() =>
        Assert.That(() => Notification.Overdue(null!, null, Now), Throws.ArgumentNullException);
}
