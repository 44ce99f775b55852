using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class TaskItemSeriesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddHours(1);
    private static readonly DateOnly Next = new(2026, 3, 3);

    private static readonly Recurrence Thrice = Recurrence.Parse("Due FREQ=DAILY;INTERVAL=2;COUNT=3");
    private static readonly Recurrence Weekly = Recurrence.Parse("Due FREQ=WEEKLY");

    private static readonly TaskFields Fields = new(
        "Water the plants",
        null,
        TaskItemStatus.Todo,
        TaskPriority.Normal,
        new Due(new DateOnly(2026, 3, 1), new TimeOnly(18, 0), "Europe/Berlin"),
        ["home"]
    )
    {
        Position = "a",
        Checklist = new Checklist([new ChecklistItem("1", "Ficus", true, "V")]),
        Recurrence = Thrice,
    };

    [TestCase(TaskItemStatus.Todo, 0)]
    [TestCase(TaskItemStatus.Cancelled, 0)]
    [TestCase(TaskItemStatus.Done, 1)]
    public void A_task_that_repeats_starts_a_series(TaskItemStatus status, int streak)
    {
        var task = Create(status);

        Assert.That((task.SeriesId, task.Occurrence, task.Streak), Is.EqualTo((task.Id, Fields.Due!.Date, streak)));
        Assert.That(task.IsSuccessor, Is.False);
    }

    [Test]
    public void A_task_that_does_not_repeat_has_no_series()
    {
        var task = TaskItem.Create(Guid.NewGuid(), Guid.NewGuid(), Fields with { Recurrence = null }, Now);
        task.MoveTo(TaskItemStatus.Done, Later);

        Assert.That((task.SeriesId, task.Occurrence, task.Streak), Is.EqualTo((default(Guid?), default(DateOnly?), 0)));
        Assert.That(task.TakeSeriesMove(), Is.Null);
        Assert.That(task.IsSuccessor, Is.False);
    }

    [TestCase(TaskItemStatus.Todo, TaskItemStatus.Done, true, 1, 1)]
    [TestCase(TaskItemStatus.InProgress, TaskItemStatus.Done, true, 1, 1)]
    [TestCase(TaskItemStatus.Todo, TaskItemStatus.Cancelled, true, 0, 0)]
    [TestCase(TaskItemStatus.Done, TaskItemStatus.Todo, false, -1, 0)]
    [TestCase(TaskItemStatus.Cancelled, TaskItemStatus.Todo, false, 0, 0)]
    public void A_status_moves_the_series_once(
        TaskItemStatus from,
        TaskItemStatus to,
        bool closes,
        int change,
        int streak
    )
    {
        var task = Create(from);

        Assert.That(task.MoveTo(to, Later).IsSuccess, Is.True);

        Assert.That(task.Streak, Is.EqualTo(streak));
        Assert.That(task.TakeSeriesMove(), Is.EqualTo(new SeriesMove(closes, change)));
        Assert.That(task.TakeSeriesMove(), Is.Null);
    }

    [Test]
    public void Starting_a_task_does_not_move_the_series()
    {
        var task = Create();
        task.MoveTo(TaskItemStatus.InProgress, Later);

        Assert.That(task.TakeSeriesMove(), Is.Null);
    }

    [Test]
    public void The_next_task_is_a_copy_for_its_date()
    {
        var task = Continued(hasMissed: false);

        var next = task.CreateSuccessor(Later);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(next.Id, Is.EqualTo(Recurrence.IdOf(task.Id, Next)));
            Assert.That((next.OwnerId, next.SeriesId, next.Occurrence), Is.EqualTo((task.OwnerId, task.Id, Next)));
            Assert.That(next.Due, Is.EqualTo(Fields.Due! with { Date = Next }));
            Assert.That(next.Recurrence?.ToString(), Is.EqualTo("Due FREQ=DAILY;INTERVAL=2;COUNT=2"));
            Assert.That(next.Checklist.Items.Select(item => item.Done), Is.EqualTo([false]));
            Assert.That((next.Status, next.Title, next.Position), Is.EqualTo((TaskItemStatus.Todo, Fields.Title, "a")));
            Assert.That((next.CreatedAt, next.UpdatedAt), Is.EqualTo((Now, Later)));
            Assert.That((next.IsUntouched, next.IsSuccessor, next.IsWithdrawn), Is.EqualTo((true, true, false)));
            Assert.That(next.Streak, Is.EqualTo(1));
        }
    }

    [Test]
    public void Missed_dates_end_the_streak_of_the_next_task() =>
        Assert.That(Continued(hasMissed: true).CreateSuccessor(Later).Streak, Is.Zero);

    [Test]
    public void A_later_task_adds_to_the_streak_and_takes_it_back()
    {
        var next = Continued(hasMissed: false).CreateSuccessor(Later);

        next.MoveTo(TaskItemStatus.Done, Later);
        Assert.That((next.Streak, next.TakeSeriesMove()), Is.EqualTo((2, new SeriesMove(true, 2))));

        next.MoveTo(TaskItemStatus.Todo, Later);
        Assert.That((next.Streak, next.TakeSeriesMove()), Is.EqualTo((1, new SeriesMove(false, -2))));
    }

    [Test]
    public void Whatever_the_owner_does_with_a_next_task_touches_it()
    {
        Action<TaskItem>[] acts =
        [
            next => next.MoveTo(TaskItemStatus.InProgress, Later),
            next => next.Edit(next.Fields with { Title = "Water the ficus" }, Later),
            next => next.Trash(Later),
        ];
        foreach (var act in acts)
        {
            var next = Continued(hasMissed: false).CreateSuccessor(Later);
            act(next);

            Assert.That((next.IsUntouched, next.IsWithdrawn), Is.EqualTo((false, false)));
        }
    }

    [Test]
    public void A_withdrawn_task_is_deleted_and_comes_back_as_a_copy()
    {
        var task = Continued(hasMissed: false);
        var next = task.CreateSuccessor(Now);

        next.Withdraw(Later);
        Assert.That(
            (next.IsWithdrawn, next.DeletedAt, next.UpdatedAt, next.Streak),
            Is.EqualTo((true, Later, Later, 0))
        );

        task.Edit(task.Fields with { Title = "Water everything" }, Later);
        task.ReviveSuccessor(next, Later);
        Assert.That((next.IsWithdrawn, next.DeletedAt), Is.EqualTo((false, default(DateTimeOffset?))));
        Assert.That((next.Title, next.Streak, next.IsUntouched), Is.EqualTo(("Water everything", 1, true)));
        Assert.That(() => task.ReviveSuccessor(null!, Later), Throws.ArgumentNullException);
    }

    [Test]
    public void A_task_was_closed_when_it_was_done_or_last_changed()
    {
        Assert.That(Create(TaskItemStatus.Done).ClosedAt, Is.EqualTo(Now));
        var canceled = Create();
        canceled.MoveTo(TaskItemStatus.Cancelled, Later);
        Assert.That(canceled.ClosedAt, Is.EqualTo(Later));
    }

    [Test]
    public void The_day_of_a_completion_is_forgotten_when_the_task_is_reopened()
    {
        var task = Continued(hasMissed: false);
        Assert.That(task.ClosedOn, Is.EqualTo(Fields.Due!.Date));

        task.MoveTo(TaskItemStatus.Todo, Later);
        Assert.That(task.ClosedOn, Is.Null);
    }

    [Test]
    public void A_reopened_task_does_not_repeat_while_the_series_goes_on_without_it()
    {
        var task = Continued(hasMissed: true);
        task.MoveTo(TaskItemStatus.Todo, Later);

        Assert.That(task.Recurrence, Is.Null);
        Assert.That(
            task.Edit(task.Fields with { Recurrence = Weekly }, Later).Error,
            Is.EqualTo(TaskErrors.RecurrenceFixed)
        );
        Assert.That(task.Edit(task.Fields with { Title = "Later" }, Later).IsSuccess, Is.True);

        task.ResumeSeries();
        Assert.That(
            (task.Recurrence, task.NextOccurrence, task.HasMissed),
            Is.EqualTo((Thrice, default(DateOnly?), false))
        );
    }

    [Test]
    public void A_reopened_task_without_a_due_does_not_resume_the_series()
    {
        var task = Continued(hasMissed: false);
        task.MoveTo(TaskItemStatus.Todo, Later);
        Assert.That(task.Edit(task.Fields with { Due = null }, Later).IsSuccess, Is.True);

        task.ResumeSeries();
        Assert.That(task.Recurrence, Is.Null);
    }

    [Test]
    public void A_task_that_is_reopened_with_another_rule_keeps_its_own_for_the_past()
    {
        var task = Continued(hasMissed: false);
        Assert.That(
            task.Edit(task.Fields with { Status = TaskItemStatus.Todo, Recurrence = Weekly }, Later).IsSuccess,
            Is.True
        );

        task.LeaveSeries();
        task.ResumeSeries();
        Assert.That(task.Recurrence, Is.EqualTo(Thrice));
    }

    [Test]
    public void A_task_that_leaves_the_series_as_it_was_keeps_its_rule()
    {
        var task = Continued(hasMissed: false);
        task.MoveTo(TaskItemStatus.Todo, Later);

        task.LeaveSeries();
        task.ResumeSeries();
        Assert.That(task.Recurrence, Is.EqualTo(Thrice));
    }

    [Test]
    public void A_closed_task_keeps_how_it_repeats(
        [Values(TaskItemStatus.Done, TaskItemStatus.Cancelled)] TaskItemStatus status
    )
    {
        var task = Create(status);

        Assert.That(
            task.Edit(task.Fields with { Recurrence = Weekly }, Later).Error,
            Is.EqualTo(TaskErrors.RecurrenceFixed)
        );
        Assert.That(task.Edit(task.Fields with { Recurrence = null, Due = null }, Later).IsSuccess, Is.True);
        Assert.That(task.Recurrence, Is.EqualTo(Thrice));
    }

    [Test]
    public void A_closed_task_that_is_reopened_without_a_due_ends_its_series()
    {
        var task = Create(TaskItemStatus.Done);

        Assert.That(task.Edit(task.Fields with { Status = TaskItemStatus.Todo, Due = null }, Later).IsSuccess, Is.True);
        Assert.That(task.Recurrence, Is.Null);
    }

    [Test]
    public void An_open_task_that_repeats_needs_a_due()
    {
        var task = Create();

        Assert.That(
            task.Edit(task.Fields with { Due = null }, Later).Error,
            Is.EqualTo(TaskErrors.RecurrenceWithoutDue)
        );
        Assert.That(task.Edit(task.Fields with { Due = null, Recurrence = null }, Later).IsSuccess, Is.True);
        Assert.That((task.Recurrence, task.SeriesId), Is.EqualTo((default(Recurrence?), task.Id)));
    }

    [Test]
    public void A_next_task_may_have_been_done_before_the_server_created_it()
    {
        var next = Continued(hasMissed: false).CreateSuccessor(Later);

        Assert.That(next.MoveTo(TaskItemStatus.Done, Later, Now.AddMinutes(-1)).IsSuccess, Is.True);
        Assert.That(next.CompletedAt, Is.EqualTo(next.CreatedAt));
    }

    private static TaskItem Create(TaskItemStatus status = TaskItemStatus.Todo) =>
        TaskItem.Create(Guid.NewGuid(), Guid.NewGuid(), Fields with { Status = status }, Now);

    /// <summary>Creates a task that was done, and that the series goes on from.</summary>
    private static TaskItem Continued(bool hasMissed)
    {
        var task = Create(TaskItemStatus.Done);
        task.ContinueSeries(new NextDate(Next, hasMissed), Fields.Due!.Date);
        return task;
    }
}
