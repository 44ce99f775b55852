using Fitnessify.Domain.Tasks;
using static Fitnessify.Domain.Tests.Tasks.DueTasks;

namespace Fitnessify.Domain.Tests.Tasks;

/// <summary>When a task is due, and when its next alert is.</summary>
public sealed class TaskItemDueTests
{
    private static readonly Due Evening = DueAt("18:00");

    [TestCase(null, "17:00", Berlin, Description = "It is due wherever the owner is.")]
    [TestCase(Tokyo, "09:00", Tokyo)]
    [TestCase("UTC", "18:00", "UTC")]
    public void A_save_computes_the_moment_in_the_zone_of_the_due_or_of_the_owner(
        string? zone,
        string moment,
        string computedIn
    )
    {
        var task = Create(Evening with { TimeZone = zone });

        Assert.That((task.DueAt, task.DueTimeZone), Is.EqualTo(((DateTimeOffset?)At(moment), computedIn)));
    }

    [Test]
    public void A_task_without_a_due_has_no_moment_no_zone_and_no_alert()
    {
        var task = Create(null, 5);

        Assert.That(
            (task.DueAt, task.DueTimeZone, task.NextAlertAt),
            Is.EqualTo((task.CompletedAt, (string?)null, task.CompletedAt))
        );
        Assert.That(task.Scan("23:00"), Is.Empty);
        Assert.That(task.IsOverdue(At("23:00")), Is.False);
    }

    [Test]
    public void A_task_whose_due_is_removed_keeps_nothing_of_it()
    {
        var task = Create(Evening, 5);

        task.Move("12:00", null);

        Assert.That(
            (task.DueAt, task.DueTimeZone, task.NextAlertAt),
            Is.EqualTo((task.CompletedAt, (string?)null, task.CompletedAt))
        );
    }

    [Test]
    public void A_zone_that_this_machine_does_not_know_is_UTC()
    {
        var task = Create(Evening with { TimeZone = "Mars/Olympus" });

        Assert.That((task.DueAt, task.DueTimeZone), Is.EqualTo(((DateTimeOffset?)At("18:00"), "Mars/Olympus")));
    }

    [Test]
    public void A_task_is_overdue_after_its_moment_while_it_is_open()
    {
        var task = Create(Evening);

        Assert.That(task.IsOverdue(At("17:00")), Is.False);
        Assert.That(task.IsOverdue(At("17:00:00.001")), Is.True);
        task.MoveTo(TaskItemStatus.Done, At("18:00"));
        Assert.That(task.IsOverdue(At("17:00:00.001")), Is.False);
    }

    [Test]
    public void The_next_alert_is_the_earliest_one()
    {
        Assert.That(Create(Evening).NextAlertAt, Is.EqualTo(At("17:00")));
        Assert.That(Create(Evening, 0).NextAlertAt, Is.EqualTo(At("17:00")));
        Assert.That(Create(Evening, 5, 60, 30).NextAlertAt, Is.EqualTo(At("16:00")));
    }

    [Test]
    public void The_reminders_of_an_all_day_task_count_from_nine_o_clock()
    {
        var task = Create(Evening with { Time = null }, 30);

        Assert.That((task.NextAlertAt, task.DueAt), Is.EqualTo((At("07:30"), (DateTimeOffset?)At("22:59:59.999"))));
        Assert.That(task.Scan("07:30"), Is.Empty);
        Assert.That(task.Scan("07:30:00.001"), Is.EqualTo([(int?)30]));
        Assert.That(task.NextAlertAt, Is.EqualTo(At("22:59:59.999")));
    }

    [TestCase(TaskItemStatus.Done)]
    [TestCase(TaskItemStatus.Cancelled)]
    public void A_closed_task_has_no_next_alert_until_it_is_reopened(TaskItemStatus status)
    {
        var task = Create(Evening, 60);

        task.Save(At("12:00"), fields => fields with { Status = status });
        Assert.That((task.NextAlertAt, task.DueAt), Is.EqualTo(((DateTimeOffset?)null, (DateTimeOffset?)At("17:00"))));

        task.Save(At("13:00"), fields => fields with { Status = TaskItemStatus.Todo });
        Assert.That(task.NextAlertAt, Is.EqualTo(At("16:00")));
    }

    [Test]
    public void A_task_in_the_trash_has_no_next_alert_until_it_is_restored()
    {
        var task = Create(Evening, 60);

        task.Trash(At("12:00"));
        task.ResolveDue(Berlin);
        Assert.That(task.NextAlertAt, Is.Null);

        task.Restore(At("13:00"));
        task.ResolveDue(Tokyo);
        Assert.That((task.NextAlertAt, task.DueAt), Is.EqualTo((At("09:00"), (DateTimeOffset?)At("09:00"))));
    }

    [Test]
    public void A_flight_moves_a_floating_task()
    {
        var task = Create(Evening, 60);

        task.Reschedule(Tokyo, At("01:00"));

        Assert.That(
            (task.DueAt, task.DueTimeZone, task.NextAlertAt, task.UpdatedAt),
            Is.EqualTo(((DateTimeOffset?)At("09:00"), Tokyo, (DateTimeOffset?)At("08:00"), At("01:00")))
        );
        Assert.That(task.Due, Is.EqualTo(Evening));
    }

    [TestCase(null, "Europe/Paris", Description = "The clocks there show the same.")]
    [TestCase(null, Berlin)]
    [TestCase(Berlin, Tokyo)]
    [TestCase("UTC", Tokyo)]
    public void A_flight_does_not_touch_a_task_whose_moment_stays(string? zone, string to)
    {
        var task = Create(Evening with { TimeZone = zone }, 60);
        var before = (task.DueAt, task.DueTimeZone, task.NextAlertAt, task.UpdatedAt, task.Alerts);

        task.Reschedule(to, At("23:00"));

        Assert.That((task.DueAt, task.DueTimeZone, task.NextAlertAt, task.UpdatedAt, task.Alerts), Is.EqualTo(before));
    }

    [Test]
    public void A_flight_moves_the_reminders_of_a_day_that_ends_at_the_same_moment()
    {
        // In Santiago, clocks are set back at midnight: from then on, they show what those of New York show.
        var fields = Fields with
        {
            Due = Due.Parse("2026-04-04"),
            Reminders = [0],
        };
        var task = TaskItem.Create(Guid.NewGuid(), Guid.NewGuid(), fields, At("00:00").AddYears(-1));
        task.ResolveDue("America/Santiago");
        var (dueAt, reminder) = (task.DueAt, task.NextAlertAt!.Value);

        task.Reschedule("America/New_York", At("00:00").AddYears(-1));

        Assert.That((task.DueAt, task.NextAlertAt), Is.EqualTo((dueAt, (DateTimeOffset?)reminder.AddHours(1))));
    }

    [Test]
    public void A_flight_does_not_touch_a_task_without_a_due()
    {
        var task = Create(null, 60);

        task.Reschedule(Tokyo, At("01:00"));

        Assert.That((task.UpdatedAt, task.DueTimeZone), Is.EqualTo((At("00:00"), (string?)null)));
    }

    [Test]
    public void A_closed_task_moves_with_a_flight_too_but_alerts_of_nothing()
    {
        var task = Create(Evening, 60);
        task.Save(At("00:30"), fields => fields with { Status = TaskItemStatus.Done });

        task.Reschedule(Tokyo, At("12:00"));

        Assert.That((task.DueAt, task.NextAlertAt), Is.EqualTo(((DateTimeOffset?)At("09:00"), (DateTimeOffset?)null)));
        Assert.That(task.Alerts, Is.EqualTo(TaskAlerts.None));
    }

    [Test]
    public void A_flight_that_a_write_notices_first_moves_the_task_too()
    {
        var task = Create(Evening, 60, 30);

        task.Save(At("12:00"), fields => fields with { Title = "New" }, Tokyo);

        Assert.That((task.DueAt, task.DueTimeZone), Is.EqualTo(((DateTimeOffset?)At("09:00"), Tokyo)));
        Assert.That(task.Scan("12:00"), Is.EqualTo([(int?)null]), "the reminders have passed with it");
    }
}
