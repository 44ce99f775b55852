using System.Reflection;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Push;

public sealed class PushDeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);

    private static readonly Device Phone = Device.Register(
        Guid.NewGuid(),
        Guid.NewGuid(),
        Guid.NewGuid(),
        new(new(PushPlatform.Fcm, "abc", null), null, false),
        Now
    );

    [Test]
    public void The_message_of_a_notification_has_its_id_and_is_due_at_once()
    {
        var notification = Overdue();

        var delivery = PushDelivery.Of(notification, Phone.Id, 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(delivery.Id.Version, Is.EqualTo(7));
            Assert.That((delivery.OwnerId, delivery.DeviceId), Is.EqualTo((notification.OwnerId, Phone.Id)));
            Assert.That((delivery.Kind, delivery.MessageId), Is.EqualTo((PushKind.Notification, notification.Id)));
            Assert.That((delivery.CreatedAt, delivery.NextAttemptAt), Is.EqualTo((Now, Now)));
            Assert.That((delivery.Attempts, delivery.SentAt), Is.EqualTo((0, (DateTimeOffset?)null)));
            Assert.That(delivery.IsFinished, Is.False);
        }
    }

    [Test]
    public void A_test_has_an_id_of_its_own_and_is_due_at_once()
    {
        var (test, next) = (PushDelivery.Test(Phone, Now), PushDelivery.Test(Phone, Now));

        Assert.That((test.OwnerId, test.DeviceId, test.Kind), Is.EqualTo((Phone.OwnerId, Phone.Id, PushKind.Test)));
        Assert.That((test.CreatedAt, test.NextAttemptAt), Is.EqualTo((Now, Now)));
        Assert.That(new[] { test.Id, test.MessageId, next.Id, next.MessageId }, Is.Unique);
    }

    [TestCase(0, 0)]
    [TestCase(9, 0)]
    [TestCase(10, 1)]
    [TestCase(19, 1)]
    [TestCase(99, 9)]
    public void Of_many_messages_to_a_device_ten_are_due_in_each_second(int position, int seconds) =>
        Assert.That(PushDelivery.Of(Overdue(), Phone.Id, position).NextAttemptAt, Is.EqualTo(Now.AddSeconds(seconds)));

    [Test]
    public void Is_of_no_use_after_a_day() =>
        Assert.That(PushDelivery.Test(Phone, Now).ExpiresAt, Is.EqualTo(Now.AddDays(1)));

    [TestCase(PushKind.Notification, false)]
    [TestCase(PushKind.Dismissal, true)]
    [TestCase(PushKind.Test, true)]
    public void Only_a_sent_notification_stays_so_that_it_can_be_taken_back(PushKind kind, bool isFinished)
    {
        var delivery = Of(kind);

        delivery.Sent(Now.AddSeconds(1));

        Assert.That((delivery.SentAt, delivery.IsFinished), Is.EqualTo((Now.AddSeconds(1), isFinished)));
    }

    [Test]
    public void A_dropped_message_is_finished()
    {
        var delivery = Of(PushKind.Notification);

        delivery.Drop();

        Assert.That((delivery.IsFinished, delivery.SentAt), Is.EqualTo((true, (DateTimeOffset?)null)));
    }

    [Test]
    public void A_postponement_is_not_a_failure()
    {
        var delivery = Of(PushKind.Notification);
        Assert.That(delivery.PostponedFrom, Is.Null);
        delivery.Claim(Now + PushDelivery.Lease);

        delivery.Postpone(Now.AddHours(8));

        Assert.That(delivery.PostponedFrom, Is.EqualTo(Now + PushDelivery.Lease));
        Assert.That((delivery.NextAttemptAt, delivery.Attempts), Is.EqualTo((Now.AddHours(8), 0)));
        Assert.That((delivery.IsFinished, delivery.SentAt), Is.EqualTo((false, (DateTimeOffset?)null)));
    }

    [Test]
    public void The_pauses_double_from_ten_seconds_to_an_hour()
    {
        // The database counts an attempt when it is claimed, after the row was read.
        var pauses = Enumerable.Range(0, 12).Select(before => FailedAfter(before, null));

        Assert.That(
            pauses.Select(delivery => (delivery.NextAttemptAt - Now).TotalSeconds),
            Is.EqualTo([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600, 3600])
        );
    }

    [Test]
    public void No_number_of_attempts_overflows() =>
        Assert.That(FailedAfter(5000, null).NextAttemptAt, Is.EqualTo(Now.AddHours(1)));

    [TestCase(0, 10)]
    [TestCase(9, 10)]
    [TestCase(10, 10)]
    [TestCase(11, 11)]
    [TestCase(7200, 7200)]
    [TestCase(-5, 10)]
    public void The_pause_that_the_service_asks_for_counts_if_it_is_the_longer_one(int asked, int seconds) =>
        Assert.That(FailedAfter(0, TimeSpan.FromSeconds(asked)).NextAttemptAt, Is.EqualTo(Now.AddSeconds(seconds)));

    [TestCase(-1, false)]
    [TestCase(0, true)]
    [TestCase(1, true)]
    public void A_message_that_is_too_old_at_its_next_attempt_is_dropped(int milliseconds, bool isFinished) =>
        Assert.That(
            FailedAfter(0, TimeSpan.FromDays(1).Add(TimeSpan.FromMilliseconds(milliseconds))).IsFinished,
            Is.EqualTo(isFinished)
        );

    [Test]
    public void The_longest_pause_that_a_service_can_ask_for_drops_the_message() =>
        Assert.That(FailedAfter(0, TimeSpan.MaxValue).IsFinished, Is.True);

    private static PushDelivery FailedAfter(int attempts, TimeSpan? retryAfter)
    {
        var delivery = Of(PushKind.Notification);
        Set(delivery, nameof(PushDelivery.Attempts), attempts);
        delivery.Failed(retryAfter, Now);
        return delivery;
    }

    private static PushDelivery Of(PushKind kind)
    {
        var delivery = PushDelivery.Test(Phone, Now);
        Set(delivery, nameof(PushDelivery.Kind), kind);
        return delivery;
    }

    // Only the database changes these.
    private static void Set(PushDelivery delivery, string name, object value) =>
        typeof(PushDelivery).GetProperty(name, BindingFlags.Instance | BindingFlags.Public)!.SetValue(delivery, value);

    private static Notification Overdue()
    {
        var fields = new TaskFields("Run", null, TaskItemStatus.Todo, TaskPriority.Normal, Due.At(Now), []);
        var task = TaskItem.Create(Guid.NewGuid(), Guid.NewGuid(), fields, Now.AddDays(-1));
        return Notification.Of(task, new TaskAlert(null, Due.At(Now).ToString(), Now), null, Now);
    }
}
