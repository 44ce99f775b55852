using System.Globalization;

namespace Fitnessify.Domain.Mail;

/// <summary>Creates the mail that lists the overdue tasks of a user.</summary>
public static class TaskOverdueMail
{
    /// <summary>The largest number of tasks that a mail lists by title; it gives only the number of the others.</summary>
    public const int MaxTasks = 20;

    /// <summary>
    /// Creates the mail, to be added to the outbox. Its content is read when it is sent; see <see cref="IOverdueNotices"/>.
    /// </summary>
    /// <param name="userId">The id of the user who owns the tasks.</param>
    /// <param name="now">The current time in UTC.</param>
    public static OutboxMail Create(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.TaskOverdue, userId, new Dictionary<string, string>(), now);

    /// <summary>Returns the values that the templates need.</summary>
    /// <param name="notice">At least one task, and at most <see cref="MaxTasks"/> of them by title.</param>
    /// <param name="zone">The time zone of the times in the mail.</param>
    public static IReadOnlyDictionary<string, string> Describe(OverdueNotice notice, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var lines = notice.First.Select(task => $"{task.Title}\n  due on {MailTimes.Format(task.DueAt, zone)}");
        var others = notice.Count - notice.First.Count;
        return new Dictionary<string, string>
        {
            ["what"] = notice.Count == 1 ? notice.First[0].Title : Tasks(notice.Count),
            ["lead"] = notice.Count == 1 ? "this task is overdue" : "these tasks are overdue",
            ["tasks"] = string.Join("\n\n", others == 0 ? lines : lines.Append($"and {Tasks(others)} more")),
        };
    }

    private static string Tasks(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "task" : "tasks")}");
}
