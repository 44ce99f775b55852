using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

public sealed partial class TaskItem
{
    // The rule stays where it was followed: that of a closed task says which dates passed between it and the next one.
    private Recurrence? _recurrence;

    // That of a closed task before it was reopened with another one.
    private Recurrence? _replacedRecurrence;

    private SeriesMove? _seriesMove;

    /// <summary>
    /// How the task repeats; null if it does not, or if it was reopened while the series goes on with a later task.
    /// </summary>
    public Recurrence? Recurrence => IsSuperseded ? null : _recurrence;

    /// <summary>The id of the first task of the series; null if the task has never repeated.</summary>
    public Guid? SeriesId { get; private set; }

    /// <summary>The date for which the task stands in its series, whatever its due is moved to.</summary>
    public DateOnly? Occurrence { get; private set; }

    /// <summary>The date of the task with which the series went on when this one was closed, or null.</summary>
    public DateOnly? NextOccurrence { get; private set; }

    /// <summary>Whether dates of the rule have passed without a task between this one and the next.</summary>
    public bool HasMissed { get; private set; }

    /// <summary>How many dates were done in a row up to this one, it included once it is done. Skipped ones do not count, and do not interrupt.</summary>
    public int Streak { get; private set; }

    /// <summary>Whether the server has made the task as the next one of its series, and the owner has not changed it since.</summary>
    public bool IsUntouched { get; private set; }

    /// <summary>
    /// The owner's day of the completion with which the date of the next task was computed; null unless this unit of work has closed
    /// the task.
    /// </summary>
    public DateOnly? ClosedOn { get; private set; }

    /// <summary>The time in UTC at which the task was done or canceled, if it was.</summary>
    public DateTimeOffset ClosedAt => CompletedAt ?? UpdatedAt;

    /// <summary>Whether the task was removed from its series, because the one before it was reopened.</summary>
    public bool IsWithdrawn => IsUntouched && DeletedAt is not null;

    /// <summary>Whether the server has made the task, or would have, as the next one of its series.</summary>
    public bool IsSuccessor => SeriesId is not null && SeriesId != Id;

    private bool IsClosed => Closes(Status);

    private bool IsSuperseded => !IsClosed && NextOccurrence is not null;

    /// <summary>Returns what the last change of the status means for the series, once; null if it means nothing.</summary>
    public SeriesMove? TakeSeriesMove()
    {
        var move = _seriesMove;
        _seriesMove = null;
        return move;
    }

    /// <summary>Says when the series goes on after this task was closed.</summary>
    /// <param name="next">The date of the next task.</param>
    /// <param name="day">The day of the completion, where the owner was.</param>
    public void ContinueSeries(NextDate next, DateOnly day) =>
        (NextOccurrence, HasMissed, ClosedOn) = (next.Date, next.HasMissed, day);

    /// <summary>Goes on with the series from this task, which was reopened, because there is no later one any more.</summary>
    public void ResumeSeries()
    {
        (NextOccurrence, HasMissed) = (null, false);
        // While the series went on without it, the due may have been removed.
        _recurrence = Due is null ? null : _recurrence;
    }

    /// <summary>Leaves the series to its later tasks after this one was reopened. What its rule says about the past stays.</summary>
    public void LeaveSeries() => _recurrence = _replacedRecurrence ?? _recurrence;

    /// <summary>Creates the next task of the series, which is a copy of this one for the next date.</summary>
    public TaskItem CreateSuccessor(DateTimeOffset now)
    {
        var successor = new TaskItem
        {
            Id = Tasks.Recurrence.IdOf(SeriesId!.Value, NextOccurrence!.Value),
            OwnerId = OwnerId,
            // It cannot have been completed offline before that.
            CreatedAt = ClosedAt,
        };
        Write(successor, now);
        return successor;
    }

    /// <summary>Brings the next task of the series back after it was withdrawn, as a copy of this one.</summary>
    public void ReviveSuccessor(TaskItem successor, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(successor);
        successor.DeletedAt = null;
        Write(successor, now);
    }

    /// <summary>Removes the task from its series, because the one before it was reopened.</summary>
    public void Withdraw(DateTimeOffset now) => (DeletedAt, UpdatedAt, Streak) = (now, now, 0);

    private void Write(TaskItem successor, DateTimeOffset now)
    {
        successor.Write(
            Fields with
            {
                Due = Due! with { Date = NextOccurrence!.Value },
                Checklist = Checklist.Unticked(),
            }
        );
        successor.UpdatedAt = now;
        successor.SeriesId = SeriesId;
        successor.Occurrence = NextOccurrence;
        successor._recurrence = Recurrence! with { Rule = Recurrence.Rule.ForNext() };
        successor.Streak = HasMissed ? 0 : Streak;
        successor.IsUntouched = true;
        successor._isRescheduled = true;
    }

    private Result CheckRecurrence(TaskFields fields) =>
        fields.Recurrence != Recurrence && (IsSuperseded || KeepsClosed(fields)) ? TaskErrors.RecurrenceFixed
        : fields.Recurrence is not null && fields.Due is null && !KeepsClosed(fields) ? TaskErrors.RecurrenceWithoutDue
        : Result.Success;

    private bool KeepsClosed(TaskFields fields) => IsClosed && fields.Status == Status;

    // A closed task keeps its recurrence, also if a replacement leaves it out. Without a due it ends when the task is reopened.
    private Recurrence? RecurrenceOf(TaskFields fields) =>
        KeepsClosed(fields) ? fields.Recurrence ?? Recurrence
        : IsClosed && fields.Due is null && fields.Recurrence == Recurrence ? null
        : fields.Recurrence;

    private static bool Closes(TaskItemStatus status) => status is TaskItemStatus.Done or TaskItemStatus.Cancelled;

    private void MoveInSeries(TaskItemStatus status)
    {
        if (SeriesId is null)
        {
            return;
        }

        var (before, wasClosed) = (Streak, IsClosed);
        if (Status == TaskItemStatus.Done)
        {
            Streak--;
        }
        else if (status == TaskItemStatus.Done)
        {
            Streak++;
        }

        var closes = Closes(status);
        if (closes != wasClosed)
        {
            ClosedOn = null;
            _seriesMove = new SeriesMove(closes, closes ? Streak : -before);
        }
    }

    private void StartSeries()
    {
        if (_recurrence is not null && SeriesId is null)
        {
            (SeriesId, Occurrence) = (Id, Due!.Date);
            Streak = Status == TaskItemStatus.Done ? 1 : 0;
        }
    }
}

/// <summary>A task of a series was closed or reopened.</summary>
/// <param name="Closes">Whether it was done or canceled; otherwise it was reopened.</param>
/// <param name="StreakChange">By how much this changes the streaks of the later tasks, up to the next missed date.</param>
public readonly record struct SeriesMove(bool Closes, int StreakChange);
