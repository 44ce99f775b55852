using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

public sealed partial class TaskItem
{
    /// <summary>The largest number of reminders of one task.</summary>
    public const int RemindersMaxCount = 5;

    /// <summary>The longest time from a reminder to the due, in minutes: 28 days.</summary>
    public const int ReminderMaxMinutes = 40320;

    /// <summary>The longest time for which an alert can be snoozed, in minutes: a week.</summary>
    public const int SnoozeMaxMinutes = 10080;

    // Whether alerts that are past already may have come into being with this change.
    private bool _isRescheduled;

    /// <summary>When the task is due, as its owner says it, or null.</summary>
    public Due? Due { get; private set; }

    /// <summary>The reminders as minutes before the due, without duplicates.</summary>
    public IReadOnlyList<int> Reminders { get; private set; } = [];

    /// <summary>The moment in UTC that comes of <see cref="Due"/>; set by the save.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>The IANA name of the time zone in which <see cref="DueAt"/> was computed; null without a due.</summary>
    public string? DueTimeZone { get; private set; }

    /// <summary>The time in UTC of the next alert; null if there is none, as for a task that is not open.</summary>
    public DateTimeOffset? NextAlertAt { get; private set; }

    /// <summary>The alerts that the owner has had.</summary>
    public TaskAlerts Alerts { get; private set; } = TaskAlerts.None;

    private AlertPlan? Plan =>
        IsOpen && Due is not null && DueAt is { } dueAt
            ? new AlertPlan(Due, dueAt, TimeZoneExtensions.FindOrUtc(DueTimeZone!), Reminders)
            : null;

    /// <summary>Returns whether the task is open and its due time has passed.</summary>
    public bool IsOverdue(DateTimeOffset now) => IsOpen && DueAt < now;

    /// <summary>
    /// Computes the moment at which the task is due, and that of the next alert. The save calls it, because only there the time
    /// zone of the owner cannot change.
    /// </summary>
    /// <param name="timeZone">The IANA name of the owner's time zone.</param>
    public void ResolveDue(string timeZone)
    {
        var before = DueAt;
        DueTimeZone = Due is null ? null : Due.TimeZone ?? timeZone;
        DueAt = Due?.MomentIn(TimeZoneExtensions.FindOrUtc(DueTimeZone!));
        var plan = Plan;
        if (plan is not null && (_isRescheduled || before != DueAt))
        {
            SettlePastReminders(plan);
        }

        _isRescheduled = false;
        ScheduleNextAlert(plan);
    }

    /// <summary>
    /// Computes the due once more, because the owner's time zone or the data of time zones has changed. If its moment and those
    /// of the reminders are the same, the task does not change.
    /// </summary>
    /// <param name="timeZone">The IANA name of the owner's time zone.</param>
    /// <param name="now">The current time in UTC.</param>
    public void Reschedule(string timeZone, DateTimeOffset now)
    {
        if (Due is not null && MovesTo(TimeZoneExtensions.FindOrUtc(Due.TimeZone ?? timeZone)))
        {
            UpdatedAt = now;
            ResolveDue(timeZone);
        }
    }

    /// <summary>Raises the alerts whose moment has passed, each once.</summary>
    /// <returns>The alerts, in the order of their moments.</returns>
    public IReadOnlyList<TaskAlert> RaiseAlerts(DateTimeOffset now)
    {
        List<TaskAlert> raised = [];
        var plan = Plan;
        if (plan is not null)
        {
            raised =
            [
                .. Alerts
                    .Pending(plan)
                    .Where(of => of.At < now)
                    .OrderBy(of => of.At)
                    .Select(of => of.Alert)
                    // Snoozes of two dues are the same alert if the present due is both.
                    .DistinctBy(alert => alert.MinutesBefore),
            ];
            Alerts = raised.Aggregate(Alerts, (alerts, alert) => alerts.With(alert, plan));
        }

        ScheduleNextAlert(plan);
        return raised;
    }

    /// <summary>Plans that an alert is raised again. Another snooze of the same alert replaces this one.</summary>
    /// <param name="minutesBefore">The minutes of the reminder; null for the alert that the task is overdue.</param>
    /// <param name="dueAt">The due time of the alert in UTC.</param>
    /// <param name="until">The time in UTC at which the alert is raised again.</param>
    /// <returns>
    /// Success, or <c>state_conflict</c> if the task is not open, or is not due any more when it was at the time of the alert.
    /// </returns>
    public Result Snooze(int? minutesBefore, DateTimeOffset dueAt, DateTimeOffset until)
    {
        if (
            Plan is not { } plan
            || Alerts.Raised.LastOrDefault(raised =>
                raised.MinutesBefore == minutesBefore && raised.DueAt == dueAt && plan.Concerns(raised)
            )
                is not { } alert
        )
        {
            return TaskErrors.NothingToSnooze;
        }

        Alerts = Alerts.With(alert with { SnoozedUntil = until }, plan);
        ScheduleNextAlert(plan);
        return Result.Success;
    }

    // The clocks can change between the morning and the end of a day, in one of two zones.
    private bool MovesTo(TimeZoneInfo zone) =>
        Due!.MomentIn(zone) != DueAt
        || Due.ReminderMomentIn(0, zone) != Due.ReminderMomentIn(0, TimeZoneExtensions.FindOrUtc(DueTimeZone!));

    // A reminder whose due has passed too when the task is written is left to the alert that the task is overdue.
    private void SettlePastReminders(AlertPlan plan)
    {
        if (plan.DueAt < UpdatedAt)
        {
            Alerts = Alerts
                .Pending(plan)
                .Where(of => of.Alert is { MinutesBefore: not null, Snoozes: 0 } && of.At < UpdatedAt)
                .ToList()
                .Aggregate(Alerts, (alerts, of) => alerts.With(of.Alert, plan));
        }
    }

    private void ScheduleNextAlert(AlertPlan? plan) =>
        NextAlertAt = plan is null ? null : Alerts.Pending(plan).Min(of => (DateTimeOffset?)of.At);
}
