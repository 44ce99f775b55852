namespace Fitnessify.Domain.Tasks;

/// <summary>
/// What the owner of a task has been alerted of, so that no alert is repeated, whatever happens to the notifications. The value
/// does not change; a further alert makes another one.
/// </summary>
public sealed class TaskAlerts : IEquatable<TaskAlerts>
{
    /// <summary>The largest number of alerts that are remembered; those of the present due are kept longest.</summary>
    public const int MaxCount = 60;

    /// <summary>Creates the alerts of a task, the oldest first.</summary>
    public TaskAlerts(IEnumerable<TaskAlert> raised) => Raised = [.. raised];

    /// <summary>The alerts of a task whose owner has never been alerted.</summary>
    public static TaskAlerts None { get; } = new([]);

    /// <summary>The alerts that have been raised, the oldest first.</summary>
    public IReadOnlyList<TaskAlert> Raised { get; }

    /// <inheritdoc />
    public bool Equals(TaskAlerts? other) => other is not null && Raised.SequenceEqual(other.Raised);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as TaskAlerts);

    /// <inheritdoc />
    public override int GetHashCode() => Raised.Aggregate(0, HashCode.Combine);

    /// <summary>Lists the alerts that are still to be raised, in no order, each with its moment in UTC.</summary>
    internal IEnumerable<(TaskAlert Alert, DateTimeOffset At)> Pending(AlertPlan plan)
    {
        foreach (var (planned, at) in plan.Alerts)
        {
            if (!Raised.Any(planned.IsSameAs))
            {
                yield return (planned, at);
            }
        }

        foreach (var alert in Raised)
        {
            if (alert.SnoozedUntil is { } until && plan.Concerns(alert))
            {
                yield return (plan.Alert(alert.MinutesBefore) with { Snoozes = alert.Snoozes + 1 }, until);
            }
        }
    }

    /// <summary>
    /// Returns the alerts after one more has been raised, or raised again, which ends every other snooze of the same. An alert
    /// that was raised again for another moment is remembered for both.
    /// </summary>
    internal TaskAlerts With(TaskAlert alert, AlertPlan plan)
    {
        var others = Raised
            .Where(other =>
                (other.MinutesBefore, other.Due, other.DueAt) != (alert.MinutesBefore, alert.Due, alert.DueAt)
            )
            .Select(other => other.IsSameAs(alert) ? other with { SnoozedUntil = null } : other)
            .ToList();
        if (others.Count == MaxCount)
        {
            others.RemoveAt(Math.Max(0, others.FindIndex(other => !plan.Concerns(other))));
        }

        return new TaskAlerts([.. others, alert]);
    }
}

/// <summary>An alert of which the owner of a task has been notified, or which was settled without a notification.</summary>
/// <param name="MinutesBefore">The minutes before the due of a reminder; null for the alert that the task is overdue.</param>
/// <param name="Due">The due as it was written then (<see cref="Tasks.Due.ToString"/>).</param>
/// <param name="DueAt">The moment in UTC at which the task was due then.</param>
/// <param name="Snoozes">How often the alert has been raised again after a snooze.</param>
/// <param name="SnoozedUntil">The time in UTC at which the alert is raised again; null unless it is snoozed.</param>
public sealed record TaskAlert(
    int? MinutesBefore,
    string Due,
    DateTimeOffset DueAt,
    int Snoozes = 0,
    DateTimeOffset? SnoozedUntil = null
)
{
    /// <summary>
    /// Returns whether both alerts are the same: a due that was written alike, or that is the same moment, is the same due.
    /// </summary>
    public bool IsSameAs(TaskAlert other) =>
        MinutesBefore == other.MinutesBefore && (Due == other.Due || DueAt == other.DueAt);
}

/// <summary>The alerts that an open task with a due has to raise.</summary>
internal sealed record AlertPlan(Due Due, DateTimeOffset DueAt, TimeZoneInfo Zone, IReadOnlyList<int> Reminders)
{
    private readonly string _due = Due.ToString();

    /// <summary>All reminders and the alert that the task is overdue, each with its moment in UTC.</summary>
    public IEnumerable<(TaskAlert Alert, DateTimeOffset At)> Alerts =>
        Reminders.Select(minutes => (Alert(minutes), Due.ReminderMomentIn(minutes, Zone))).Append((Alert(null), DueAt));

    /// <summary>Returns the alert of the present due, as it is raised for the first time.</summary>
    public TaskAlert Alert(int? minutesBefore) => new(minutesBefore, _due, DueAt);

    /// <summary>Returns whether the alert was about the present due.</summary>
    public bool Concerns(TaskAlert alert) => alert.Due == _due || alert.DueAt == DueAt;
}
