namespace Fitnessify.Domain.Mail;

/// <summary>Creates the mail that lists the tasks of which a user was notified.</summary>
public static class TasksDueMail
{
    /// <summary>The largest number of tasks that a mail lists by title; it gives only the number of the others.</summary>
    public const int MaxTasks = 20;

    /// <summary>
    /// Creates the mail, to be added to the outbox. Its content is read when it is sent; see <see cref="IDueNotices"/>.
    /// </summary>
    /// <param name="userId">The id of the user who owns the tasks.</param>
    /// <param name="now">The current time in UTC.</param>
    public static OutboxMail Create(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.TasksDue, userId, new Dictionary<string, string>(), now);
}
