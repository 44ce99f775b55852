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
    public void Tells_the_owner_of_an_overdue_task_which_one_it_is()
    {
        var told = Notification.Overdue(Task, null, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.Type, Is.EqualTo(NotificationType.TaskOverdue));
            Assert.That((told.OwnerId, told.TaskId), Is.EqualTo((Task.OwnerId, Task.TaskId)));
            Assert.That((told.Title, told.DueAt), Is.EqualTo((Task.Title, Task.DueAt)));
            Assert.That(told.CreatedAt, Is.EqualTo(Now));
            Assert.That(told.ReadAt, Is.Null);
            Assert.That(told.Sequence, Is.Zero);
        }
    }

    [Test]
    public void Its_id_is_its_own_and_says_when_it_was_made()
    {
        var (id, other) = (Notification.Overdue(Task, null, Now).Id, Notification.Overdue(Task, null, Now).Id);

        Assert.That(other, Is.Not.EqualTo(id));
        Assert.That(id.Version, Is.EqualTo(7));
        Assert.That(id.ToString("N")[..12], Is.EqualTo($"{Now.ToUnixTimeMilliseconds():x12}"));
    }

    [Test]
    public void Is_read_at_the_first_time()
    {
        var told = Notification.Overdue(Task, null, Now);

        told.Read(Now.AddMinutes(1));
        told.Read(Now.AddMinutes(2));

        Assert.That(told.ReadAt, Is.EqualTo(Now.AddMinutes(1)));
    }

    [Test]
    public void Needs_a_task() =>
        Assert.That(() => Notification.Overdue(null!, null, Now), Throws.ArgumentNullException);
}
