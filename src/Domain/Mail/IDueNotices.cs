namespace Fitnessify.Domain.Mail;

/// <summary>
/// Reads the content of mails about tasks that are due. Each notification belongs to one mail, which is sent later and may contain
/// more of them.
/// </summary>
public interface IDueNotices
{
    /// <summary>Moves all notifications of the user that belong to unfinished mails to this mail.</summary>
    /// <returns>
    /// False while an older mail to the same user is unfinished: the older one collects the notifications, and this one has to
    /// wait for it.
    /// </returns>
    Task<bool> TryGatherAsync(OutboxMail mail, CancellationToken cancellationToken);

    /// <summary>Reads the tasks of the mail that are still open and still have the due time of the notification, each once.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="now">The current time in UTC, which decides which of them are overdue.</param>
    /// <param name="limit">The largest number of tasks that are listed by title; the first ones due are listed.</param>
    Task<DueNotice> ReadAsync(OutboxMail mail, DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>The tasks of one user that are due.</summary>
/// <param name="Count">The number of all of them.</param>
/// <param name="First">Some of them, with their current titles.</param>
/// <param name="IsOverdue">Whether the due time of all of them has passed.</param>
public sealed record DueNotice(int Count, IReadOnlyList<DueNoticeTask> First, bool IsOverdue);

/// <summary>One task that is due.</summary>
/// <param name="Title">The title of the task.</param>
/// <param name="DueAt">The due time in UTC.</param>
/// <param name="AllDay">The day on which it is due if it has no time; otherwise null.</param>
public sealed record DueNoticeTask(string Title, DateTimeOffset DueAt, DateOnly? AllDay = null);
