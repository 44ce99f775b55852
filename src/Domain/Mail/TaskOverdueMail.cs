namespace Fitnessify.Domain.Mail;

/// <summary>Tells somebody that a task of theirs is overdue.</summary>
public static class TaskOverdueMail
{
    /// <summary>The mail, to be added to the outbox.</summary>
    /// <param name="userId">Whose task.</param>
    /// <param name="title">Of the task.</param>
    /// <param name="dueAt">When it was due.</param>
    /// <param name="zone">In which it tells the time; null for UTC.</param>
    /// <param name="now">UTC.</param>
    /// <param name="notBefore">UTC; null for now.</param>
    public static OutboxMail Create(
        Guid userId,
        string title,
        DateTimeOffset dueAt,
        TimeZoneInfo? zone,
        DateTimeOffset now,
        DateTimeOffset? notBefore = null
    ) =>
        OutboxMail.ToUser(
            MailKind.TaskOverdue,
            userId,
            new Dictionary<string, string>
            {
                ["title"] = title,
                ["dueAt"] = MailTimes.Format(dueAt, zone ?? TimeZoneInfo.Utc),
            },
            now,
            notBefore
        );
}
