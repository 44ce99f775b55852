namespace Fitnessify.Client;

public static partial class Recurrences
{
    private const string Utc = "UTC";

    /// <summary>
    /// Predicts the next task of a series, which the server makes when the present one becomes done or canceled. An app that is offline
    /// can show it at once, and even complete it: the task of the server will have the same id.
    /// </summary>
    /// <param name="task">The present task, as it was before or after that. It is not changed.</param>
    /// <param name="completedAt">The moment at which it was done or skipped.</param>
    /// <param name="timeZone">The IANA name of the time zone of the person.</param>
    /// <returns>
    /// The task with <c>Version</c> 0, so that what the server says is newer. It is null if the task does not repeat, or if its series
    /// ends.
    /// </returns>
    /// <exception cref="ArgumentException">The rule is no rule of whole days, or a date or a time is malformed.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know a time zone.</exception>
    public static TaskDto? Successor(TaskDto task, DateTimeOffset completedAt, string timeZone)
    {
        if (
            task is not { Due: { } due, Recurrence: { } recurrence, SeriesId: { } seriesId, Occurrence: { } occurrence }
            || Successor((recurrence.Rule, NameOf(recurrence.From)), seriesId, occurrence, completedAt, timeZone)
                is not var (id, date, rule)
        )
        {
            return null;
        }

        var (day, time) = DueTimes.Local(completedAt, Utc);
        var now = DueTimes.Moment((day, time, Utc), Utc);
        var dueAt = DueTimes.Moment((date, due.Time, due.TimeZone), timeZone);
        return new TaskDto
        {
            Id = id,
            Title = task.Title,
            Description = task.Description,
            Status = TaskItemStatus.Todo,
            Priority = task.Priority,
            Due = new DueDto
            {
                Date = date,
                Time = due.Time,
                TimeZone = due.TimeZone,
            },
            DueAt = dueAt,
            Reminders = task.Reminders,
            Recurrence = new RecurrenceDto { Rule = rule, From = recurrence.From },
            SeriesId = seriesId,
            Occurrence = date,
            Labels = task.Labels,
            ListId = task.ListId,
            Position = task.Position,
            Checklist = task.Checklist.ToDictionary(item => item.Key, item => Unticked(item.Value)),
            CreatedAt = now,
            UpdatedAt = now,
            IsOverdue = dueAt < now,
        };
    }

    private static ChecklistItemDto Unticked(ChecklistItemDto item) =>
        new() { Title = item.Title, Position = item.Position };

    private static string NameOf(RecurrenceFrom from) =>
        from switch
        {
            RecurrenceFrom.Due => "due",
            RecurrenceFrom.Completion => "completion",
            _ => from.ToString(),
        };
}
