using Fitnessify.Domain.Tasks;
using static Fitnessify.Domain.Tests.Tasks.DueTasks;

namespace Fitnessify.Domain.Tests.Tasks;

/// <summary>What the owner of a task is alerted of: each once, unless they have snoozed it.</summary>
public sealed class TaskAlertsTests
{
    private static readonly Due Evening = DueAt("18:00");
    private static readonly int?[] Nothing = [];
    private static readonly int?[] IsOverdue = [null];

    [Test]
    public void Alerts_are_raised_once_in_the_order_of_their_moments()
    {
        var task = Create(Evening, 5, 60, 0, 30);

        var alerts = task.RaiseAlerts(At("17:00:00.001"));

        string written = "2026-12-01T18:00";
        Assert.That(
            alerts,
            Is.EqualTo(((int?[])[60, 30, 5, 0, null]).Select(minutes => new TaskAlert(minutes, written, At("17:00"))))
        );
        Assert.That(task.Alerts.Raised, Is.EqualTo(alerts));
        Assert.That(task.NextAlertAt, Is.Null);
        Assert.That(task.Scan("23:00"), Is.Empty);
    }

    [Test]
    public void An_alert_is_raised_after_its_moment_and_the_others_stay_planned()
    {
        var task = Create(Evening, 60, 30);

        Assert.That(task.Scan("16:00"), Is.Empty);
        Assert.That(task.NextAlertAt, Is.EqualTo(At("16:00")));
        Assert.That(task.Scan("16:00:00.001"), Is.EqualTo([(int?)60]));
        Assert.That(task.NextAlertAt, Is.EqualTo(At("16:30")));
        Assert.That(task.Scan("17:00"), Is.EqualTo([(int?)30]));
        Assert.That(task.NextAlertAt, Is.EqualTo(At("17:00")));
        Assert.That(task.Scan("17:00:00.001"), Is.EqualTo(IsOverdue));
    }

    [Test]
    public void A_scan_that_comes_late_is_corrected_by_the_plan()
    {
        var task = Create(Evening, 60);
        task.MoveTo(TaskItemStatus.Done, At("16:30"));

        Assert.That(task.Scan("16:31"), Is.Empty);
        Assert.That((task.NextAlertAt, task.Alerts), Is.EqualTo(((DateTimeOffset?)null, TaskAlerts.None)));
    }

    [Test]
    public void A_due_that_moves_away_and_back_repeats_nothing()
    {
        var task = Create(Evening, 60);
        task.Scan("17:01");

        task.Move("17:02", DueAt("20:00"));
        Assert.That(task.Scan("17:02"), Is.Empty);
        Assert.That(task.NextAlertAt, Is.EqualTo(At("18:00")));
        task.Move("17:03", Evening);

        Assert.That(task.Scan("17:03"), Is.Empty);
        Assert.That(task.NextAlertAt, Is.Null);
    }

    [Test]
    public void The_same_moment_in_other_words_repeats_nothing()
    {
        var task = Create(Evening, 60);
        task.Scan("17:01");

        task.Move("17:02", DueAt("17:00", "UTC"));
        Assert.That(task.Scan("17:02"), Is.Empty);
        task.Move("17:03", DueAt("18:00", Berlin));
        Assert.That(task.Scan("17:03"), Is.Empty);
        Assert.That(task.NextAlertAt, Is.Null);
    }

    [Test]
    public void A_flight_there_and_back_repeats_nothing()
    {
        var task = Create(Evening, 60);
        task.Scan("17:01");

        task.Reschedule(Tokyo, At("17:02"));
        Assert.That(task.Scan("17:02"), Is.Empty);
        task.Reschedule(Berlin, At("17:03"));
        Assert.That(task.Scan("17:03"), Is.Empty);
        task.Reschedule("America/New_York", At("17:04"));
        Assert.That((task.DueAt, task.NextAlertAt), Is.EqualTo(((DateTimeOffset?)At("23:00"), (DateTimeOffset?)null)));
    }

    [Test]
    public void Another_reminder_of_the_same_due_is_another_alert()
    {
        var task = Create(Evening, 60);
        task.Scan("16:01");

        task.Save(At("16:02"), fields => fields with { Reminders = [70, 60, 50] });

        Assert.That(task.Scan("16:03"), Is.EqualTo([(int?)70]), "its due is still to come");
        Assert.That(task.NextAlertAt, Is.EqualTo(At("16:10")));
    }

    [Test]
    public void A_removed_reminder_is_not_raised()
    {
        var task = Create(Evening, 60, 30);

        task.Save(At("12:00"), fields => fields with { Reminders = [30] });

        Assert.That(task.Scan("16:45"), Is.EqualTo([(int?)30]));
    }

    [TestCase("17:00", new[] { 60, 0 }, true, Description = "The due has not passed yet.")]
    [TestCase("17:00:00.001", new int[0], true)]
    public void Reminders_that_have_passed_with_their_due_at_the_creation_are_left_to_the_other_alert(
        string now,
        int[] raised,
        bool isOverdue
    )
    {
        var task = Create(At(now), Evening, 60, 0);

        Assert.That(task.NextAlertAt, Is.EqualTo(At(raised.Length > 0 ? "16:00" : "17:00")));
        Assert.That(task.Scan("17:00:00.002"), Is.EqualTo(raised.Select(minutes => (int?)minutes).Append(null)));
        Assert.That(isOverdue, Is.True);
    }

    [Test]
    public void A_reminder_that_alone_has_passed_at_the_creation_is_raised()
    {
        var task = Create(At("16:15"), Evening, 60, 30);

        Assert.That(task.Scan("16:15"), Is.EqualTo([(int?)60]));
    }

    [Test]
    public void Reminders_that_have_passed_with_their_due_are_settled_by_a_move()
    {
        var task = Create(Evening, 60);

        task.Move("12:00", DueAt("12:30"));

        Assert.That(task.DueAt, Is.EqualTo(At("11:30")));
        Assert.That(
            task.Alerts.Raised.Select(alert => (alert.MinutesBefore, alert.DueAt)),
            Is.EqualTo([((int?)60, At("11:30"))])
        );
        Assert.That(task.Scan("12:00"), Is.EqualTo(IsOverdue));
    }

    [Test]
    public void Reminders_that_have_passed_with_their_due_are_settled_by_a_change_of_reminders()
    {
        var task = Create(Evening);

        task.Save(At("17:01"), fields => fields with { Reminders = [5, 10] });

        Assert.That(task.Scan("17:01"), Is.EqualTo(IsOverdue));
    }

    [Test]
    public void Reminders_that_have_passed_with_their_due_are_settled_by_reopening()
    {
        var task = Create(Evening, 60);
        task.Save(At("12:00"), fields => fields with { Status = TaskItemStatus.Done });

        task.Save(At("17:01"), fields => fields with { Status = TaskItemStatus.Todo });

        Assert.That(task.Scan("17:01"), Is.EqualTo(IsOverdue));
    }

    [Test]
    public void Reminders_that_have_passed_with_their_due_are_settled_by_restoring()
    {
        var task = Create(Evening, 60);
        task.Trash(At("12:00"));
        task.ResolveDue(Berlin);

        task.Restore(At("17:01"));
        task.ResolveDue(Berlin);

        Assert.That(task.Scan("17:01"), Is.EqualTo(IsOverdue));
    }

    [Test]
    public void Reminders_that_have_passed_with_their_due_are_settled_by_a_flight()
    {
        var task = Create(Evening, 60);

        task.Reschedule(Tokyo, At("09:01"));

        Assert.That(task.Scan("09:01"), Is.EqualTo(IsOverdue));
    }

    [Test]
    public void Reminders_that_no_scan_has_seen_yet_survive_other_changes()
    {
        var task = Create(Evening, 60);

        task.Save(At("17:01"), fields => fields with { Title = "New" });
        task.Save(At("17:02"), fields => fields with { Status = TaskItemStatus.InProgress });
        task.Save(At("17:03"), fields => fields with { Status = TaskItemStatus.Todo });

        Assert.That(task.Scan("17:04"), Is.EqualTo((int?[])[60, null]));
    }

    [Test]
    public void A_reopening_settles_only_once()
    {
        var task = Create(Evening, 60);
        task.Save(At("12:00"), fields => fields with { Status = TaskItemStatus.Done });
        task.Save(At("12:01"), fields => fields with { Status = TaskItemStatus.Todo });

        task.Save(At("17:01"), fields => fields with { Title = "New" });

        Assert.That(task.Scan("17:01"), Is.EqualTo((int?[])[60, null]));
    }

    [Test]
    public void Nothing_is_settled_while_the_task_is_closed()
    {
        var task = Create(Evening, 60);
        task.Save(At("12:00"), fields => fields with { Status = TaskItemStatus.Done });

        task.Save(At("17:01"), fields => fields with { Reminders = [60, 30] });

        Assert.That(task.Alerts, Is.EqualTo(TaskAlerts.None));
    }

    [Test]
    public void A_snooze_raises_the_alert_again_after_its_time()
    {
        var task = Create(Evening, 60);
        task.Scan("17:01");

        Assert.That(task.Snooze(60, At("17:00"), At("18:00")).IsSuccess, Is.True);
        Assert.That(task.Snooze(null, At("17:00"), At("19:00")).IsSuccess, Is.True);

        Assert.That(task.NextAlertAt, Is.EqualTo(At("18:00")));
        Assert.That(task.Scan("18:00"), Is.Empty);
        var again = task.RaiseAlerts(At("18:00:00.001"));
        Assert.That(again, Is.EqualTo([new TaskAlert(60, "2026-12-01T18:00", At("17:00"), Snoozes: 1)]));
        Assert.That(task.Scan("18:30"), Is.Empty);
        Assert.That(task.NextAlertAt, Is.EqualTo(At("19:00")));
        Assert.That(task.Scan("20:00"), Is.EqualTo(IsOverdue));
        Assert.That(task.NextAlertAt, Is.Null);
    }

    [Test]
    public void A_snooze_replaces_the_one_before()
    {
        var task = Create(Evening);
        task.Scan("17:01");

        task.Snooze(null, At("17:00"), At("18:00"));
        task.Snooze(null, At("17:00"), At("17:30"));
        Assert.That(task.NextAlertAt, Is.EqualTo(At("17:30")));
        task.Snooze(null, At("17:00"), At("18:30"));

        Assert.That(task.NextAlertAt, Is.EqualTo(At("18:30")));
        Assert.That(task.Scan("18:30"), Is.Empty);
        Assert.That(task.Scan("18:31"), Is.EqualTo(IsOverdue));
        Assert.That(task.Scan("19:00"), Is.Empty);
    }

    [Test]
    public void Each_snooze_is_counted()
    {
        var task = Create(Evening);
        task.Scan("17:01");
        task.Snooze(null, At("17:00"), At("18:00"));
        task.Scan("18:01");

        task.Snooze(null, At("17:00"), At("19:00"));

        Assert.That(task.RaiseAlerts(At("19:01")).Single().Snoozes, Is.EqualTo(2));
        Assert.That(task.Alerts.Raised, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_was_not_raised_cannot_be_snoozed()
    {
        var task = Create(Evening, 60);
        task.Scan("16:01");
        var before = task.Alerts;

        Assert.That(task.Snooze(null, At("17:00"), At("18:00")).Error, Is.EqualTo(TaskErrors.NothingToSnooze));
        Assert.That(task.Snooze(30, At("17:00"), At("18:00")).Error, Is.EqualTo(TaskErrors.NothingToSnooze));
        Assert.That(task.Snooze(60, At("17:30"), At("18:00")).Error, Is.EqualTo(TaskErrors.NothingToSnooze));
        Assert.That((task.Alerts, task.NextAlertAt), Is.EqualTo((before, (DateTimeOffset?)At("17:00"))));
    }

    [TestCase(TaskItemStatus.Done)]
    [TestCase(TaskItemStatus.Cancelled)]
    public void The_alert_of_a_closed_task_cannot_be_snoozed(TaskItemStatus status)
    {
        var task = Create(Evening);
        task.Scan("17:01");
        task.MoveTo(status, At("17:02"));

        Assert.That(task.Snooze(null, At("17:00"), At("18:00")).Error, Is.EqualTo(TaskErrors.NothingToSnooze));
    }

    [Test]
    public void The_alert_of_a_task_in_the_trash_cannot_be_snoozed()
    {
        var task = Create(Evening);
        task.Scan("17:01");
        task.Trash(At("17:02"));

        Assert.That(task.Snooze(null, At("17:00"), At("18:00")).Error, Is.EqualTo(TaskErrors.NothingToSnooze));
    }

    [Test]
    public void The_alert_of_another_due_cannot_be_snoozed_until_that_is_back()
    {
        var task = Create(Evening);
        task.Scan("17:01");

        task.Move("17:02", DueAt("20:00"));
        Assert.That(task.Snooze(null, At("17:00"), At("18:00")).Error, Is.EqualTo(TaskErrors.NothingToSnooze));
        task.Move("17:03", null);
        Assert.That(task.Snooze(null, At("17:00"), At("18:00")).Error, Is.EqualTo(TaskErrors.NothingToSnooze));
        task.Move("17:04", DueAt("17:00", "UTC"));
        Assert.That(task.Snooze(null, At("17:00"), At("18:00")).IsSuccess, Is.True, "the same moment");
    }

    [Test]
    public void A_snoozed_alert_waits_while_the_task_is_closed_or_due_at_another_time()
    {
        var task = Create(Evening);
        task.Scan("17:01");
        task.Snooze(null, At("17:00"), At("18:00"));

        task.Move("17:02", DueAt("21:00"));
        Assert.That((task.NextAlertAt, task.Scan("18:01")), Is.EqualTo(((DateTimeOffset?)At("20:00"), Nothing)));
        task.Move("18:02", Evening);
        task.Save(At("18:03"), fields => fields with { Status = TaskItemStatus.Done });
        Assert.That((task.NextAlertAt, task.Scan("18:04")), Is.EqualTo(((DateTimeOffset?)null, Nothing)));

        task.Save(At("18:05"), fields => fields with { Status = TaskItemStatus.Todo });
        Assert.That(task.Scan("18:06"), Is.EqualTo(IsOverdue));
    }

    [Test]
    public void A_snoozed_reminder_is_raised_again_after_the_due_and_after_a_write()
    {
        var task = Create(Evening, 60);
        task.Scan("16:01");
        task.Snooze(60, At("17:00"), At("17:30"));

        task.Save(At("17:45"), fields => fields with { Reminders = [] });

        Assert.That(task.Scan("17:46"), Is.EqualTo((int?[])[null, 60]));
    }

    [Test]
    public void A_snoozed_alert_is_raised_again_with_the_moment_of_the_due_where_the_owner_is_now()
    {
        var task = Create(Evening);
        task.Scan("17:01");
        task.Snooze(null, At("17:00"), At("18:00"));
        task.Reschedule(Tokyo, At("17:02"));

        Assert.That(task.RaiseAlerts(At("18:01")).Single().DueAt, Is.EqualTo(At("09:00")));
        Assert.That(task.Snooze(null, At("09:00"), At("19:00")).IsSuccess, Is.True);
        Assert.That(task.NextAlertAt, Is.EqualTo(At("19:00")));
    }

    [Test]
    public void What_was_raised_before_a_snooze_elsewhere_is_not_repeated()
    {
        var task = Create(Evening);
        task.Scan("17:01");
        task.Snooze(null, At("17:00"), At("18:00"));
        task.Reschedule(Tokyo, At("17:02"));
        task.Scan("18:01");

        // Its moment was that of the first alert.
        task.Move("18:02", DueAt("18:00", Berlin), Tokyo);

        Assert.That(task.Scan("18:03"), Is.Empty);
    }

    [Test]
    public void The_first_notification_can_be_snoozed_after_a_snooze_elsewhere()
    {
        var task = Create(Evening);
        task.Scan("17:01");
        task.Snooze(null, At("17:00"), At("18:00"));
        task.Reschedule(Tokyo, At("17:02"));
        task.Scan("18:01");
        task.Reschedule(Berlin, At("18:02"));

        Assert.That(task.Snooze(null, At("17:00"), At("19:00")).IsSuccess, Is.True);
        Assert.That(task.Snooze(null, At("09:00"), At("19:30")).IsSuccess, Is.True, "it is the same alert");

        Assert.That(task.NextAlertAt, Is.EqualTo(At("19:30")));
        Assert.That(task.Scan("20:00"), Is.EqualTo(IsOverdue));
        Assert.That(task.Scan("20:00"), Is.Empty);
    }

    [Test]
    public void Snoozes_of_two_dues_that_have_become_the_same_raise_one_alert()
    {
        var task = Create(Evening);
        task.Scan("17:01");
        task.Snooze(null, At("17:00"), At("18:00"));
        task.Move("17:02", DueAt("09:00", "UTC"));
        task.Scan("17:03");
        task.Snooze(null, At("09:00"), At("18:01"));

        // It is written like the first, and the moment is that of the second.
        task.Move("17:04", Evening, Tokyo);

        Assert.That(task.Scan("18:02"), Is.EqualTo(IsOverdue));
        Assert.That(task.NextAlertAt, Is.Null);
    }

    [Test]
    public void At_most_60_alerts_are_remembered_the_latest_ones()
    {
        var task = Create(null);
        foreach (var minute in Enumerable.Range(0, 61))
        {
            task.Move("01:00", DueAt($"00:{minute % 60:00}:{minute / 60:00}", "UTC"));
            Assert.That(task.Scan("01:00"), Is.EqualTo(IsOverdue));
            Assert.That(task.Alerts.Raised, Has.Count.EqualTo(Math.Min(minute + 1, TaskAlerts.MaxCount)));
        }

        // It has forgotten the first one, and after that the second one.
        task.Move("01:01", DueAt("00:02", "UTC"));
        Assert.That(task.Scan("01:01"), Is.Empty);
        task.Move("01:01", DueAt("00:00", "UTC"));
        Assert.That(task.Scan("01:01"), Is.EqualTo(IsOverdue));
        task.Move("01:01", DueAt("00:01", "UTC"));
        Assert.That(task.Scan("01:01"), Is.EqualTo(IsOverdue));
    }

    [Test]
    public void The_alerts_of_the_present_due_are_remembered_the_longest()
    {
        var task = Create(DueAt("00:00", "UTC"), 1);
        task.Scan("00:30");
        task.Save(At("00:31"), fields => fields with { Reminders = [] });
        foreach (var minute in Enumerable.Range(1, 58))
        {
            task.Move("01:00", DueAt($"00:{minute:00}", "UTC"));
            task.Scan("01:00");
        }

        Assert.That(task.Alerts.Raised, Has.Count.EqualTo(60));
        task.Move("01:01", DueAt("00:00", "UTC"));
        task.Save(At("01:01"), fields => fields with { Reminders = [1, 2, 3] });
        Assert.That(task.Scan("01:01"), Is.Empty);

        Assert.That(
            task.Alerts.Raised.Where(alert => alert.DueAt == At("00:00")).Select(alert => alert.MinutesBefore),
            Is.EqualTo((int?[])[1, null, 2, 3])
        );
        Assert.That(
            task.Alerts.Raised.Select(alert => alert.DueAt).Distinct(),
            Is.EqualTo(Enumerable.Range(3, 56).Select(minute => At($"00:{minute:00}")).Prepend(At("00:00")))
        );
    }

    [Test]
    public void A_snooze_forgets_nothing()
    {
        var task = Create(null);
        foreach (var minute in Enumerable.Range(0, 60))
        {
            task.Move("01:00", DueAt($"00:{minute:00}", "UTC"));
            task.Scan("01:00");
        }

        task.Snooze(null, At("00:59"), At("02:00"));
        task.Scan("02:01");

        Assert.That(task.Alerts.Raised, Has.Count.EqualTo(60));
        Assert.That(task.Alerts.Raised[0].DueAt, Is.EqualTo(At("00:00")));
    }

    [Test]
    public void Alerts_are_equal_when_they_say_the_same()
    {
        TaskAlert one = new(5, "2026-12-01", At("12:00"));
        TaskAlerts alerts = new([one, one with { MinutesBefore = null }]);
        TaskAlerts equal = new([one with { }, one with { MinutesBefore = null }]);
        TaskAlerts snoozed = new([one, one with { MinutesBefore = null, SnoozedUntil = At("13:00") }]);
        object?[] others = [null, one, snoozed];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(alerts.Equals(equal), Is.True);
            Assert.That(alerts.Equals((object)equal), Is.True);
            Assert.That(alerts.GetHashCode(), Is.EqualTo(equal.GetHashCode()));
            Assert.That(alerts.Equals(snoozed), Is.False);
            Assert.That(alerts.Equals(new TaskAlerts([one])), Is.False);
            Assert.That(others.Select(alerts.Equals), Is.All.False);
            Assert.That(new TaskAlerts([]), Is.EqualTo(TaskAlerts.None));
        }
    }

    [TestCase(5, "2026-12-01", "12:00", true)]
    [TestCase(5, "2026-12-01", "13:00", true)]
    [TestCase(5, "2026-12-02", "12:00", true)]
    [TestCase(5, "2026-12-02", "13:00", false)]
    [TestCase(6, "2026-12-01", "12:00", false)]
    [TestCase(null, "2026-12-01", "12:00", false)]
    public void An_alert_is_the_same_if_its_due_was_written_alike_or_is_the_same_moment(
        int? minutes,
        string due,
        string dueAt,
        bool isSame
    ) =>
        Assert.That(
            new TaskAlert(5, "2026-12-01", At("12:00")).IsSameAs(new TaskAlert(minutes, due, At(dueAt))),
            Is.EqualTo(isSame)
        );
}
