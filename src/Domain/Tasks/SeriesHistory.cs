namespace Fitnessify.Domain.Tasks;

/// <summary>What the history of a series needs of a task.</summary>
/// <param name="Id">The id of the task.</param>
/// <param name="Occurrence">The date for which it stands.</param>
/// <param name="Status">The status.</param>
/// <param name="Due">When it is due, or null.</param>
/// <param name="CompletedAt">The time in UTC at which it was done, or null.</param>
/// <param name="Recurrence">How it repeats, or did when it was closed, or null.</param>
/// <param name="NextOccurrence">The date with which the series went on, or null.</param>
/// <param name="HasMissed">Whether dates have passed without a task between the two.</param>
/// <param name="Streak">How many dates were done in a row up to this one.</param>
public sealed record SeriesTask(
    Guid Id,
    DateOnly Occurrence,
    TaskItemStatus Status,
    Due? Due,
    DateTimeOffset? CompletedAt,
    Recurrence? Recurrence,
    DateOnly? NextOccurrence,
    bool HasMissed,
    int Streak
);

/// <summary>Where a series stands.</summary>
/// <param name="Latest">Its latest task.</param>
/// <param name="LongestStreak">The most dates that were ever done in a row.</param>
public sealed record SeriesEnd(SeriesTask Latest, int LongestStreak);

/// <summary>What became of a date of a series.</summary>
public enum OccurrenceState
{
    /// <summary>The task is open, and its day has not passed.</summary>
    Open,

    /// <summary>The task was done, on its day or later.</summary>
    Done,

    /// <summary>The task was canceled.</summary>
    Skipped,

    /// <summary>The date has passed without a task, or its task is open past its day.</summary>
    Missed,
}

/// <summary>A date of a series.</summary>
/// <param name="Date">The date.</param>
/// <param name="State">What became of it.</param>
/// <param name="TaskId">The id of its task; null if it has passed without one.</param>
/// <param name="CompletedAt">The time in UTC at which the task was done, or null.</param>
public sealed record Occurrence(DateOnly Date, OccurrenceState State, Guid? TaskId, DateTimeOffset? CompletedAt);

/// <summary>Tells the history of a series from its tasks and the rules that they followed.</summary>
/// <param name="today">The date where the owner is.</param>
/// <param name="rules">Evaluates the rules.</param>
public sealed class SeriesHistory(DateOnly today, IRecurrenceRules rules)
{
    /// <summary>Lists the dates from one to another.</summary>
    /// <param name="tasks">The tasks of these dates, and the one before them, in their order.</param>
    /// <param name="from">The first date.</param>
    /// <param name="to">The last date.</param>
    public IEnumerable<Occurrence> Between(IEnumerable<SeriesTask> tasks, DateOnly from, DateOnly to) =>
        tasks
            .SelectMany(task =>
                Missed(task, from)
                    .TakeWhile(date => date <= to)
                    .Select(date => new Occurrence(date, OccurrenceState.Missed, null, null))
                    .Prepend(new Occurrence(task.Occurrence, StateOf(task), task.Id, task.CompletedAt))
            )
            .Where(occurrence => occurrence.Date >= from);

    /// <summary>Returns how many dates were done in a row up to now.</summary>
    /// <param name="latest">The latest task.</param>
    public int CurrentStreak(SeriesTask latest)
    {
        ArgumentNullException.ThrowIfNull(latest);
        return StateOf(latest) == OccurrenceState.Missed || Missed(latest, latest.Occurrence).Any() ? 0 : latest.Streak;
    }

    private OccurrenceState StateOf(SeriesTask task) =>
        task.Status switch
        {
            TaskItemStatus.Done => OccurrenceState.Done,
            TaskItemStatus.Cancelled => OccurrenceState.Skipped,
            // A task that was put off has until its new day.
            _ => today > task.Occurrence && !(task.Due?.Date >= today) ? OccurrenceState.Missed : OccurrenceState.Open,
        };

    // These are the dates that have passed without a task after this one. Dates that are counted from the completion cannot pass.
    private IEnumerable<DateOnly> Missed(SeriesTask task, DateOnly from)
    {
        var isOpenEnd =
            task is { NextOccurrence: null, Status: TaskItemStatus.Todo or TaskItemStatus.InProgress }
            && task.Recurrence is { From: RecurrenceFrom.Due, Rule.Count: not 1 };
        if (task.Recurrence is not { Rule: var rule } || !(isOpenEnd || task.HasMissed))
        {
            return [];
        }

        var end = isOpenEnd ? today : task.NextOccurrence ?? DateOnly.MaxValue;
        var after = from > task.Occurrence ? from.AddDays(-1) : task.Occurrence;
        return rules.DatesAfter(rule, task.Occurrence, after).TakeWhile(date => date < end);
    }
}
