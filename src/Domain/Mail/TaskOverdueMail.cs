using System.Globalization;

namespace Fitnessify.Domain.Mail;

/// <summary>Tells somebody which tasks of theirs are overdue.</summary>
public static class TaskOverdueMail
{
    /// <summary>As many are named; of the others it is told how many there are.</summary>
    public const int MaxTasks = 20;

    /// <summary>The mail, to be added to the outbox. What it says shows when it is sent: see <see cref="IOverdueNotices"/>.</summary>
    /// <param name="userId">The user who owns the tasks.</param>
    /// <param name="now">UTC.</param>
    public static OutboxMail Create(Guid userId, DateTimeOffset now) =>
        OutboxMail.ToUser(MailKind.TaskOverdue, userId, new Dictionary<string, string>(), now);

    /// <summary>What the templates need.</summary>
    /// <param name="notice">At least one task, at most <see cref="MaxTasks"/> by name.</param>
    /// <param name="zone">In which it tells the time.</param>
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
