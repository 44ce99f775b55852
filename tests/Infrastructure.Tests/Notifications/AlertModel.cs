using System.Globalization;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>What an owner is told of a task.</summary>
internal sealed record Told(NotificationType Type, int? Minutes, DateTimeOffset DueAt)
{
    public static Told Of(int? minutes, DateTimeOffset dueAt) =>
        new(minutes is null ? NotificationType.TaskOverdue : NotificationType.TaskReminder, minutes, dueAt);

    public static Told Of(Notification notification) =>
        new(notification.Type, notification.MinutesBefore, notification.DueAt);

    public override string ToString() =>
        $"{Minutes?.ToString(CultureInfo.InvariantCulture) ?? "overdue"} of {DueAt:dd HH:mm:ss.fff}Z";
}

/// <summary>A due as a person writes it, with the moments that come of it.</summary>
internal sealed record WrittenDue(DateOnly Date, TimeOnly? Time, string? Zone)
{
    public static WrittenDue At(DateTimeOffset moment) =>
        new(DateOnly.FromDateTime(moment.UtcDateTime), TimeOnly.FromDateTime(moment.UtcDateTime), "UTC");

    /// <summary>Returns when the task is due for a person who is in this zone.</summary>
    public DateTimeOffset Moment(string zone) =>
        Time is { } time
            ? Shown(Date, time, zone)
            : Shown(Date.AddDays(1), TimeOnly.MinValue, zone).AddMilliseconds(-1);

    /// <summary>Returns the moment of a reminder.</summary>
    public DateTimeOffset Reminder(int minutes, string zone) =>
        Shown(Date, Time ?? new TimeOnly(9, 0), zone).AddMinutes(-minutes);

    public override string ToString() =>
        $"{Date:MM-dd}{(Time is { } time ? $"T{time:HH:mm:ss.fff}" : "")} {Zone ?? "floating"}";

    private DateTimeOffset Shown(DateOnly date, TimeOnly time, string zone)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(Zone ?? zone);
        var local = date.ToDateTime(time);
        if (info.IsInvalidTime(local))
        {
            local = local.Date.AddMinutes(Math.Floor(local.TimeOfDay.TotalMinutes));
            while (info.IsInvalidTime(local))
            {
                local = local.AddMinutes(1);
            }
        }

        var offset = info.IsAmbiguousTime(local) ? info.GetAmbiguousTimeOffsets(local).Max() : info.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}

/// <summary>
/// One task as the rules of alerts see it. It knows nothing of how the server remembers them: once an alert has been told, it
/// stays told. A change returns another state.
/// </summary>
internal sealed record ModelTask
{
    public bool IsOpen { get; init; }

    public bool IsTrashed { get; init; }

    public WrittenDue? Due { get; init; }

    public int[] Reminders { get; init; } = [];

    /// <summary>The moment that has come of the due when it was last computed.</summary>
    public DateTimeOffset? Moment { get; private init; }

    /// <summary>What the owner was told since the test last looked.</summary>
    public Told[] Unseen { get; init; } = [];

    private string Zone { get; init; } = "";

    private Alert[] Alerts { get; init; } = [];

    /// <summary>All moments at which something is to be told.</summary>
    public IEnumerable<DateTimeOffset> Moments =>
        CanAlert
            ? Planned()
                .Select(planned => planned.At)
                .Concat(Alerts.Select(alert => alert.Again).OfType<DateTimeOffset>())
            : [];

    private bool CanAlert => IsOpen && !IsTrashed && Due is not null;

    public static ModelTask Create(WrittenDue? due, int[] reminders, string zone, DateTimeOffset now) =>
        new ModelTask
        {
            IsOpen = true,
            Due = due,
            Reminders = reminders,
        }.Save(zone, now, isRescheduled: true);

    /// <summary>The owner changes the task. If nothing differs afterwards, nothing has happened.</summary>
    /// <param name="change">The change.</param>
    /// <param name="isTouched">Whether something differs that does not matter for alerts.</param>
    /// <param name="zone">Where the owner is.</param>
    /// <param name="now">The current time.</param>
    public ModelTask Change(Func<ModelTask, ModelTask> change, bool isTouched, string zone, DateTimeOffset now)
    {
        var changed = change(this);
        var isRescheduled =
            changed.Due != Due
            || !changed.Reminders.SequenceEqual(Reminders)
            || (changed.IsOpen && !IsOpen)
            || (!changed.IsTrashed && IsTrashed);
        return isRescheduled || isTouched || changed.IsOpen != IsOpen || changed.IsTrashed != IsTrashed
            ? changed.Save(zone, now, isRescheduled)
            : this;
    }

    /// <summary>The job looks whether the task is due at another moment where the owner is now.</summary>
    public ModelTask Reschedule(string zone, DateTimeOffset now) =>
        IsTrashed || Due is null || (Due.Moment(zone) == Moment && Due.Reminder(0, zone) == Due.Reminder(0, Zone))
            ? this
            : Save(zone, now, isRescheduled: false);

    /// <summary>Snoozes a notification; null if that is refused.</summary>
    public ModelTask? Snooze(Told notification, DateTimeOffset until)
    {
        var snoozed = Alerts.LastOrDefault(alert =>
            alert.Minutes == notification.Minutes && alert.Moment == notification.DueAt && IsPresent(alert)
        );
        return !CanAlert || snoozed is null
            ? null
            : this with
            {
                Alerts =
                [
                    .. Alerts.Select(alert =>
                        alert == snoozed ? alert with { Again = until }
                        : alert.IsSameAs(snoozed) ? alert with { Again = null }
                        : alert
                    ),
                ],
            };
    }

    /// <summary>A server looks for what is to be told.</summary>
    public ModelTask Scan(DateTimeOffset now)
    {
        if (!CanAlert)
        {
            return this;
        }

        var first = Planned().Where(planned => planned.At < now && !IsKnown(planned.Alert)).Select(of => of.Alert);
        var again = Alerts
            .Where(alert => IsPresent(alert) && alert.Again < now)
            .Select(alert => Present(alert.Minutes))
            .Distinct();
        Alert[] told = [.. first, .. again];
        return this with
        {
            Unseen = [.. Unseen, .. told.Select(alert => Told.Of(alert.Minutes, alert.Moment))],
            Alerts =
            [
                .. Alerts.Select(alert => told.Any(alert.IsSameAs) ? alert with { Again = null } : alert),
                .. told.Where(alert => !Alerts.Any(known => known with { Again = null } == alert)),
            ],
        };
    }

    /// <summary>Two states with the same text behave alike from now on, and have told the same.</summary>
    public override string ToString() =>
        $"{(IsTrashed ? "trashed " : "")}{(IsOpen ? "open" : "closed")}, due {Due} = {Moment:dd HH:mm:ss.fff}Z in {Zone}, "
        + $"reminders {string.Join(' ', Reminders)}, alerts [{string.Join("; ", Alerts.AsEnumerable())}], "
        + $"telling [{string.Join("; ", Unseen.AsEnumerable())}]";

    // What has passed with its due when the task is written or moves is not told, and will not be.
    private ModelTask Save(string zone, DateTimeOffset now, bool isRescheduled)
    {
        var saved = this with { Moment = Due?.Moment(zone), Zone = zone };
        return (isRescheduled || saved.Moment != Moment) && saved.CanAlert && saved.Moment < now
            ? saved with
            {
                Alerts =
                [
                    .. saved.Alerts,
                    .. saved
                        .Planned()
                        .Where(of => of.Alert.Minutes is not null && of.At < now && !saved.IsKnown(of.Alert))
                        .Select(of => of.Alert),
                ],
            }
            : saved;
    }

    private IEnumerable<(Alert Alert, DateTimeOffset At)> Planned() =>
        Reminders
            .Select(minutes => (Present(minutes), Due!.Reminder(minutes, Zone)))
            .Append((Present(null), Moment!.Value));

    private Alert Present(int? minutes) => new(minutes, Due!, Moment!.Value, null);

    private bool IsKnown(Alert planned) => Alerts.Any(planned.IsSameAs);

    private bool IsPresent(Alert alert) => alert.Due == Due || alert.Moment == Moment;

    /// <summary>An alert that was told, or that will not be.</summary>
    private sealed record Alert(int? Minutes, WrittenDue Due, DateTimeOffset Moment, DateTimeOffset? Again)
    {
        public bool IsSameAs(Alert other) => Minutes == other.Minutes && (Due == other.Due || Moment == other.Moment);

        public override string ToString() =>
            $"{Minutes?.ToString(CultureInfo.InvariantCulture) ?? "overdue"} of {Due} = {Moment:dd HH:mm:ss.fff}Z"
            + (Again is { } again ? $", again {again:dd HH:mm:ss.fff}Z" : "");
    }
}
