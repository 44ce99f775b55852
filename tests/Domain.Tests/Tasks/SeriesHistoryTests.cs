using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class SeriesHistoryTests
{
    private const string Daily = "Due FREQ=DAILY";

    private static readonly DateOnly Today = March(10);
    private static readonly DateTimeOffset DoneAt = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly SeriesHistory History = new(Today, new EveryDays(2));

    [TestCase(TaskItemStatus.Done, 9, 9, Daily, 3)]
    [TestCase(TaskItemStatus.Cancelled, 9, 9, Daily, 3)]
    [TestCase(TaskItemStatus.Todo, 10, 10, Daily, 3, TestName = "{m}(today)")]
    [TestCase(TaskItemStatus.Todo, 9, 9, Daily, 0, TestName = "{m}(yesterday)")]
    [TestCase(TaskItemStatus.Todo, 9, 0, Daily, 0, TestName = "{m}(yesterday, without a due)")]
    [TestCase(TaskItemStatus.Todo, 9, 10, Daily, 3, TestName = "{m}(put off until today)")]
    [TestCase(TaskItemStatus.Todo, 9, 11, Daily, 3, TestName = "{m}(put off until tomorrow)")]
    [TestCase(TaskItemStatus.Todo, 8, 10, Daily, 3, TestName = "{m}(put off until the next date)")]
    [TestCase(TaskItemStatus.Todo, 7, 10, Daily, 0, TestName = "{m}(put off past the next date)")]
    [TestCase(TaskItemStatus.InProgress, 7, 10, Daily, 0)]
    [TestCase(TaskItemStatus.Todo, 7, 10, "Completion FREQ=DAILY", 3)]
    [TestCase(TaskItemStatus.Todo, 7, 10, "Due FREQ=DAILY;COUNT=1", 3)]
    [TestCase(TaskItemStatus.Todo, 7, 10, null, 3, TestName = "{m}(without a rule)")]
    public void A_streak_ends_when_a_date_has_passed(
        TaskItemStatus status,
        int occurrence,
        int due,
        string? recurrence,
        int expected
    )
    {
        var latest = Task(occurrence, status, due, recurrence);

        Assert.That(History.CurrentStreak(latest), Is.EqualTo(expected));
    }

    [Test]
    public void A_closed_task_after_which_dates_have_passed_ends_a_streak()
    {
        var latest = Task(1, TaskItemStatus.Done, 1, Daily) with { HasMissed = true, NextOccurrence = March(7) };

        Assert.That(History.CurrentStreak(latest), Is.Zero);
        Assert.That(History.CurrentStreak(latest with { HasMissed = false }), Is.EqualTo(3));
        Assert.That(() => History.CurrentStreak(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void A_history_has_the_tasks_and_the_dates_without_one()
    {
        SeriesTask[] tasks =
        [
            Task(1, TaskItemStatus.Done, 1, Daily) with
            {
                CompletedAt = DoneAt,
                NextOccurrence = March(7),
                HasMissed = true,
            },
            Task(7, TaskItemStatus.Cancelled, 7, Daily) with
            {
                NextOccurrence = March(9),
            },
            Task(9, TaskItemStatus.Todo, 9, Daily),
        ];
        Occurrence[] expected =
        [
            new(March(1), OccurrenceState.Done, tasks[0].Id, DoneAt),
            new(March(3), OccurrenceState.Missed, null, null),
            new(March(5), OccurrenceState.Missed, null, null),
            new(March(7), OccurrenceState.Skipped, tasks[1].Id, null),
            new(March(9), OccurrenceState.Missed, tasks[2].Id, null),
        ];

        Assert.That(History.Between(tasks, March(1), March(31)), Is.EqualTo(expected));
        Assert.That(History.Between(tasks, March(3), March(31)), Is.EqualTo(expected[1..]));
        Assert.That(History.Between(tasks, March(4), March(31)), Is.EqualTo(expected[2..]));
        Assert.That(History.Between(tasks[..1], March(1), March(4)), Is.EqualTo(expected[..2]));
        Assert.That(History.Between(tasks[..1], March(1), March(3)), Is.EqualTo(expected[..2]));
    }

    [Test]
    public void Dates_after_a_series_has_ended_are_missed_where_they_have_passed()
    {
        var last = Task(1, TaskItemStatus.Done, 1, Daily) with { HasMissed = true };

        Assert.That(
            History.Between([last], March(1), March(5)).Select(found => (found.Date, found.State)),
            Is.EqualTo([
                (March(1), OccurrenceState.Done),
                (March(3), OccurrenceState.Missed),
                (March(5), OccurrenceState.Missed),
            ])
        );
    }

    [Test]
    public void A_task_that_was_put_off_is_open_and_the_dates_up_to_yesterday_have_passed()
    {
        var open = Task(6, TaskItemStatus.InProgress, 12, Daily);

        Assert.That(
            History.Between([open], March(1), March(31)).Select(found => (found.Date, found.State)),
            Is.EqualTo([(March(6), OccurrenceState.Open), (March(8), OccurrenceState.Missed)])
        );
    }

    private static DateOnly March(int day) => new(2026, 3, day);

    private static SeriesTask Task(int occurrence, TaskItemStatus status, int due, string? recurrence) =>
        new(
            Guid.NewGuid(),
            March(occurrence),
            status,
            due == 0 ? null : new Due(March(due), null, null),
            null,
            recurrence is null ? null : Recurrence.Parse(recurrence),
            null,
            HasMissed: false,
            Streak: 3
        );
}
