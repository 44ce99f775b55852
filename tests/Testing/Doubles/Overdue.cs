using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Testing;

/// <summary>Overdue tasks, and the notifications of them, as the server makes them.</summary>
internal static class Overdue
{
    /// <summary>Creates a task that was due at this moment.</summary>
    public static TaskItem Task(Guid ownerId, string title, DateTimeOffset dueAt)
    {
        var fields = new TaskFields(title, null, TaskItemStatus.Todo, TaskPriority.Normal, Due.At(dueAt), []);
        var task = TaskItem.Create(Guid.CreateVersion7(dueAt), ownerId, fields, dueAt.AddDays(-1));
        task.ResolveDue(Due.Utc);
        return task;
    }

    /// <summary>Creates the notification that the task is overdue.</summary>
    public static Notification NotificationOf(TaskItem task, DateTimeOffset now, Guid? mailId = null) =>
        Domain.Notifications.Notification.Of(
            task,
            new TaskAlert(null, task.Due!.ToString(), task.DueAt!.Value),
            mailId,
            now
        );

    /// <summary>Creates the notification that a task that is due now is overdue.</summary>
    public static Notification Notification(Guid ownerId, string title, DateTimeOffset now) =>
        NotificationOf(Task(ownerId, title, now), now);
}
