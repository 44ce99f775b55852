using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Notifications;

/// <summary>What a notification tells. Expect more of them in time.</summary>
public enum NotificationType
{
    /// <summary>A task is overdue.</summary>
    TaskOverdue,

    /// <summary>A task is due soon.</summary>
    TaskReminder,
}

/// <summary>A notification of a user. It is created once and never repeated.</summary>
public sealed class Notification
{
    /// <summary>
    /// The largest number of notifications of a user; the oldest give way. So many are more than a person looks at, and few enough for
    /// one transaction.
    /// </summary>
    public const int MaxPerUser = 5000;

    private Notification() { }

    /// <summary>The id, a UUID of version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>The id of the user who is notified.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>The type of the notification.</summary>
    public NotificationType Type { get; private init; }

    /// <summary>The id of the task, which may have been deleted since.</summary>
    public Guid TaskId { get; private init; }

    /// <summary>The title that the task had when the notification was created.</summary>
    public string Title { get; private init; } = "";

    /// <summary>The due time of the task in UTC.</summary>
    public DateTimeOffset DueAt { get; private init; }

    /// <summary>The minutes before the due of a reminder; null for other notifications.</summary>
    public int? MinutesBefore { get; private init; }

    /// <summary>The time of the creation in UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The time in UTC at which the user read it; null while it is unread.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>The time in UTC at which the user wants to be notified again; null unless the notification was snoozed.</summary>
    public DateTimeOffset? SnoozedUntil { get; private set; }

    /// <summary>The id of the mail that contains the notification too; null if there is none.</summary>
    public Guid? MailId { get; private init; }

    /// <summary>The position among the notifications of all users, in the order in which they became visible; set by the save.</summary>
    public long Sequence { get; private set; }

    /// <summary>Creates the notification of an alert.</summary>
    /// <param name="task">The task.</param>
    /// <param name="alert">The alert that the task has raised.</param>
    /// <param name="mailId">The id of the mail that contains the notification too, or null.</param>
    /// <param name="now">The current time in UTC.</param>
    public static Notification Of(TaskItem task, TaskAlert alert, Guid? mailId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(alert);
        return new Notification
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = task.OwnerId,
            Type = alert.MinutesBefore is null ? NotificationType.TaskOverdue : NotificationType.TaskReminder,
            TaskId = task.Id,
            Title = task.Title,
            DueAt = alert.DueAt,
            MinutesBefore = alert.MinutesBefore,
            CreatedAt = now,
            MailId = mailId,
        };
    }

    /// <summary>Marks the notification as read; only the first time is stored.</summary>
    public void Read(DateTimeOffset now) => ReadAt ??= now;

    /// <summary>Stores until when the notification is snoozed, and marks it as read.</summary>
    public void Snooze(DateTimeOffset until, DateTimeOffset now)
    {
        SnoozedUntil = until;
        Read(now);
    }
}
