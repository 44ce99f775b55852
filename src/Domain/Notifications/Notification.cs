namespace Fitnessify.Domain.Notifications;

/// <summary>What a notification tells. Expect more of them in time.</summary>
public enum NotificationType
{
    /// <summary>A task has passed its due time and is not finished.</summary>
    TaskOverdue,
}

/// <summary>Something that a user is told, once.</summary>
public sealed class Notification
{
    private Notification() { }

    /// <summary>UUID, version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>Who is told.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>What it tells.</summary>
    public NotificationType Type { get; private init; }

    /// <summary>The task that it tells of, which may be gone by now.</summary>
    public Guid TaskId { get; private init; }

    /// <summary>The task's title at that moment.</summary>
    public string Title { get; private init; } = "";

    /// <summary>UTC; when the task was due.</summary>
    public DateTimeOffset DueAt { get; private init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>UTC; null while unread.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>The mail that tells of it too; null without one.</summary>
    public Guid? MailId { get; private init; }

    /// <summary>Its place among all notifications of all users, in the order in which they became visible; set when it is saved.</summary>
    public long Sequence { get; private set; }

    /// <summary>Tells the owner of a task that it is overdue.</summary>
    /// <param name="task">The task.</param>
    /// <param name="mailId">The mail that tells of it too, or null.</param>
    /// <param name="now">UTC.</param>
    public static Notification Overdue(OverdueTask task, Guid? mailId, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(task);
        return new Notification
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = task.OwnerId,
            Type = NotificationType.TaskOverdue,
            TaskId = task.TaskId,
            Title = task.Title,
            DueAt = task.DueAt,
            CreatedAt = now,
            MailId = mailId,
        };
    }

    /// <summary>The user has seen it; the first time counts.</summary>
    public void Read(DateTimeOffset now) => ReadAt ??= now;
}
