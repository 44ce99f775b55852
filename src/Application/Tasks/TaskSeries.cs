using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>Goes on with the series of tasks that repeat, and takes that back when they are reopened.</summary>
internal sealed class TaskSeries(
    ITaskRepository tasks,
    ISeriesRepository series,
    IAccountRepository accounts,
    IRecurrenceRules rules
)
{
    // The tasks for which a save has been tried: whatever it was based on may have been wrong.
    private readonly HashSet<Guid> _tried = [];

    /// <summary>Checks how a task is to repeat.</summary>
    /// <param name="fields">The values that the task is to have.</param>
    /// <param name="task">The task as it is; null for a new one.</param>
    /// <returns>
    /// Success; <c>validation_failed</c> if it is not due; or <c>recurrence_unsupported</c> if the rule has no date within ten years.
    /// </returns>
    public Result Check(TaskFields fields, TaskItem? task = null)
    {
        if (fields.Recurrence is not { Rule: var rule } recurrence || recurrence == task?.Recurrence)
        {
            return Result.Success;
        }

        if (fields.Due is not { Date: var date })
        {
            return TaskErrors.RecurrenceWithoutDue;
        }

        // The end of the rule does not matter: the last task of a series has no date after it.
        var anchor = task?.Occurrence ?? date;
        return rules.DatesAfter(rule.WithoutEnd(), anchor, anchor).Any()
            ? Result.Success
            : TaskErrors.RecurrenceUnsupported;
    }

    /// <summary>Returns the values of a new task, if it can repeat as they say.</summary>
    public Result<TaskFields> Check(Result<TaskFields> fields)
    {
        var permitted = fields.Then(found => Check(found));
        return permitted.IsSuccess ? fields : permitted.Error;
    }

    /// <summary>Does what a change of the status of the task means for its series. The unit of work saves it with the task.</summary>
    public async Task SettleAsync(TaskItem task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (task.TakeSeriesMove() is not { } move)
        {
            return;
        }

        if (!move.Closes)
        {
            await UndoAsync(task, move.StreakChange, now, cancellationToken);
        }
        else if (task.NextOccurrence is null)
        {
            await ContinueAsync(task, now, cancellationToken);
        }
        else
        {
            AddToStreaks(task, move.StreakChange);
        }
    }

    private async Task ContinueAsync(TaskItem task, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (task.Recurrence is not { } recurrence)
        {
            return;
        }

        // The first attempt costs no query: the due has most often been computed in the owner's time zone, the save refuses another
        // day, and it refuses a successor that exists.
        var isRetry = !_tried.Add(task.Id);
        var timeZone = isRetry ? await accounts.FindTimeZoneAsync(task.OwnerId, cancellationToken) : task.DueTimeZone;
        var day = TimeZoneExtensions.FindOrUtc(timeZone ?? Due.Utc).DateAt(task.ClosedAt);
        var next = recurrence.After(task.Occurrence!.Value, day, rules);
        task.ContinueSeries(next, day);
        if (next.Date is not { } date)
        {
            return;
        }

        var id = Recurrence.IdOf(task.SeriesId!.Value, date);
        var existing =
            series.FindLoaded(task.OwnerId, id)
            ?? (isRetry ? await series.FindAsync(task.OwnerId, id, cancellationToken) : null);
        if (existing is null)
        {
            tasks.Add(task.CreateSuccessor(now));
        }
        else if (existing.IsWithdrawn)
        {
            task.ReviveSuccessor(existing, now);
        }
    }

    private async Task UndoAsync(
        TaskItem task,
        int streakChange,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (task.NextOccurrence is not { } next)
        {
            task.ResumeSeries();
            return;
        }

        var (seriesId, id) = (task.SeriesId!.Value, Recurrence.IdOf(task.SeriesId.Value, next));
        // One that was added in this batch is not stored yet.
        var added = series.FindLoaded(task.OwnerId, id) is { Version: 0 } loaded ? loaded : null;
        var later =
            added ?? await series.FindLaterAsync(task.OwnerId, seriesId, task.Occurrence!.Value, cancellationToken);
        if (later is { IsUntouched: false })
        {
            task.LeaveSeries();
            AddToStreaks(task, streakChange);
            return;
        }

        task.ResumeSeries();
        if (added is not null)
        {
            series.Remove(added);
        }
        else
        {
            later?.Withdraw(now);
        }
    }

    private void AddToStreaks(TaskItem task, int change)
    {
        if (!task.HasMissed && change != 0)
        {
            series.AddToStreaks(task.OwnerId, task.SeriesId!.Value, task.Occurrence!.Value, change);
        }
    }
}
