using System.Globalization;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

/// <summary>Tasks that are due on a day in winter, on which the clocks of Berlin are an hour ahead of UTC.</summary>
internal static class DueTasks
{
    public const string Berlin = "Europe/Berlin";
    public const string Tokyo = "Asia/Tokyo";

    public static readonly TaskFields Fields = new("Task", null, TaskItemStatus.Todo, TaskPriority.Normal, null, []);

    /// <summary>Returns a time of that day in UTC.</summary>
    public static DateTimeOffset At(string time) =>
        DateTimeOffset.Parse($"2026-12-01T{time}Z", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public static Due DueAt(string time, string? zone = null) =>
        Due.Parse($"2026-12-01T{time}") with
        {
            TimeZone = zone,
        };

    /// <summary>Creates a task, and saves it for an owner in Berlin.</summary>
    public static TaskItem Create(Due? due, params int[] reminders) => Create(At("00:00"), due, reminders);

    public static TaskItem Create(DateTimeOffset now, Due? due, params int[] reminders)
    {
        var fields = Fields with { Due = due, Reminders = reminders };
        var task = TaskItem.Create(Guid.NewGuid(), Guid.NewGuid(), fields, now);
        task.ResolveDue(Berlin);
        return task;
    }

    extension(TaskItem task)
    {
        /// <summary>Edits the task as a request does, with its save.</summary>
        public void Save(DateTimeOffset now, Func<TaskFields, TaskFields> edit, string zone = Berlin)
        {
            Assert.That(task.Edit(edit(task.Fields), now).IsSuccess, Is.True);
            task.ResolveDue(zone);
        }

        public void Move(string time, Due? due, string zone = Berlin) =>
            task.Save(At(time), fields => fields with { Due = due }, zone);

        /// <summary>Returns what a scan at this time tells: the minutes of reminders, and null for overdue.</summary>
        public int?[] Scan(string time) => [.. task.RaiseAlerts(At(time)).Select(alert => alert.MinutesBefore)];
    }
}
