using Fitnessify.Application.Push;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tests.Push;

public sealed class PushWriterTests
{
    // It is 16:09 in Berlin.
    private static readonly NotificationSettings Quiet = NotificationSettings.Default with
    {
        QuietFrom = new(16, 0),
        QuietTo = new(17, 30),
    };

    private static readonly DateTimeOffset QuietEnd = new(2026, 3, 14, 16, 30, 0, TimeSpan.Zero);

    private static readonly Notification Overdue = Notify(null);

    private static readonly Notification Reminder = Notify(15);

    [TestCase(false, null)]
    [TestCase(true, "Run")]
    public void A_notification_holds_the_title_only_if_the_device_wants_it(bool preview, string? title)
    {
        var (delivery, content) = Of(Overdue, preview);

        Assert.That(
            Write(delivery, content),
            Is.EqualTo(
                new PushMessage(
                    Overdue.Id,
                    PushMessageType.TaskOverdue,
                    Overdue.TaskId,
                    title,
                    "de",
                    Given.Now.AddDays(1)
                )
            )
        );
        Assert.That((delivery.IsFinished, delivery.NextAttemptAt), Is.EqualTo((false, Given.Now)));
    }

    [Test]
    public void A_reminder_says_that_it_is_one()
    {
        var (delivery, content) = Of(Reminder);

        Assert.That(Write(delivery, content)?.Type, Is.EqualTo(PushMessageType.TaskReminder));
    }

    [TestCase(null, "de")]
    [TestCase("en", "en")]
    public void The_language_is_that_of_the_device_or_else_that_of_the_account(string? locale, string expected)
    {
        var content = PushContents.Of(PushPlatform.Apns, locale: locale);

        Assert.That(Write(PushDelivery.Test(content.Device, Given.Now), content)?.Locale, Is.EqualTo(expected));
    }

    [Test]
    public void A_notification_is_dropped_when_its_task_is_closed_or_it_was_read()
    {
        var (delivery, content) = Of(Overdue);

        AssertDropped(delivery, content with { IsOpen = false });
    }

    [Test]
    public void A_notification_is_dropped_when_it_is_gone()
    {
        var (delivery, content) = Of(Overdue);

        AssertDropped(delivery, content with { Notification = null });
    }

    [Test]
    public void A_notification_is_dropped_when_the_user_wants_no_push()
    {
        var (delivery, content) = Of(Overdue);

        AssertDropped(delivery, content with { Settings = content.Settings with { Push = false } });
    }

    [Test]
    public void A_notification_waits_for_the_end_of_the_quiet_hours()
    {
        var (delivery, content) = Of(Overdue);

        Assert.That(Write(delivery, content with { Settings = Quiet }), Is.Null);

        Assert.That((delivery.IsFinished, delivery.NextAttemptAt), Is.EqualTo((false, QuietEnd)));
    }

    [Test]
    public void A_notification_that_would_not_go_after_the_quiet_hours_either_does_not_wait()
    {
        var (delivery, content) = Of(Overdue);

        AssertDropped(delivery, content with { Settings = Quiet, IsOpen = false });
    }

    [Test]
    public void A_dismissal_takes_the_notification_back_and_holds_no_title()
    {
        var (delivery, content) = Of(Overdue, preview: true);
        var dismissal = delivery.Dismissed();

        Assert.That(
            Write(dismissal, content with { IsOpen = false }),
            Is.EqualTo(
                new PushMessage(Overdue.Id, PushMessageType.Dismiss, Overdue.TaskId, null, "de", Given.Now.AddDays(1))
            )
        );
    }

    [Test]
    public void A_dismissal_goes_without_the_notification_in_quiet_hours_and_when_push_was_turned_off()
    {
        var (delivery, content) = Of(Overdue);
        var dismissal = delivery.Dismissed();

        var message = Write(
            dismissal,
            content with
            {
                Notification = null,
                IsOpen = false,
                Settings = Quiet with { Push = false },
            }
        );

        Assert.That((message?.Type, message?.TaskId), Is.EqualTo((PushMessageType.Dismiss, (Guid?)null)));
    }

    [TestCase("https://web.push.apple.com/abc", false)]
    [TestCase("https://web.push.apple.com.example.org/abc", true)]
    public void A_dismissal_is_dropped_for_Safari(string endpoint, bool isSent)
    {
        var content = PushContents.Of(PushPlatform.WebPush, endpoint);
        var dismissal = PushDelivery.Test(content.Device, Given.Now).Dismissed();

        Assert.That(Write(dismissal, content) is not null, Is.EqualTo(isSent));

        Assert.That(dismissal.IsFinished, Is.EqualTo(!isSent));
    }

    [Test]
    public void A_test_goes_in_quiet_hours_and_when_push_was_turned_off()
    {
        var content = PushContents.Of(PushPlatform.Fcm, preview: true);
        var test = PushDelivery.Test(content.Device, Given.Now);

        Assert.That(
            Write(test, content with { Settings = Quiet with { Push = false } }),
            Is.EqualTo(new PushMessage(test.MessageId, PushMessageType.Test, null, null, "de", Given.Now.AddDays(1)))
        );
    }

    [TestCase(PushKind.Notification)]
    [TestCase(PushKind.Dismissal)]
    [TestCase(PushKind.Test)]
    public void Every_message_is_dropped_when_its_device_is_gone(PushKind kind)
    {
        var (delivery, _) = Of(kind);

        AssertDropped(delivery, null);
    }

    [TestCase(PushKind.Notification, -1, false)]
    [TestCase(PushKind.Notification, 0, true)]
    [TestCase(PushKind.Dismissal, -1, false)]
    [TestCase(PushKind.Dismissal, 0, true)]
    [TestCase(PushKind.Test, -1, false)]
    [TestCase(PushKind.Test, 0, true)]
    public void Every_message_is_dropped_after_a_day(PushKind kind, int milliseconds, bool isDropped)
    {
        var (delivery, content) = Of(kind);

        var message = PushWriter.Write(delivery, content, Given.Now.AddDays(1).AddMilliseconds(milliseconds));

        Assert.That((message is null, delivery.IsFinished), Is.EqualTo((isDropped, isDropped)));
    }

    private static PushMessage? Write(PushDelivery delivery, PushContent? content) =>
        PushWriter.Write(delivery, content, Given.Now);

    private static void AssertDropped(PushDelivery delivery, PushContent? content)
    {
        Assert.That(Write(delivery, content), Is.Null);
        Assert.That((delivery.IsFinished, delivery.NextAttemptAt), Is.EqualTo((true, Given.Now)));
    }

    private static (PushDelivery Delivery, PushContent Content) Of(Notification notification, bool preview = false)
    {
        var content = PushContents.Of(PushPlatform.Fcm, preview: preview) with
        {
            Notification = notification,
            IsOpen = true,
        };
        return (PushDelivery.Of(notification, content.Device.Id, 0), content);
    }

    private static (PushDelivery Delivery, PushContent Content) Of(PushKind kind)
    {
        var (delivery, content) = Of(Overdue);
        return kind switch
        {
            PushKind.Notification => (delivery, content),
            PushKind.Dismissal => (delivery.Dismissed(), content),
            _ => (PushDelivery.Test(content.Device, Given.Now), content),
        };
    }

    private static Notification Notify(int? minutesBefore)
    {
        var task = Testing.Overdue.Task(Guid.NewGuid(), "Run", Given.Now);
        return Notification.Of(task, new TaskAlert(minutesBefore, $"{task.Due}", Given.Now), null, Given.Now);
    }
}
