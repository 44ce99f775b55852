namespace Fitnessify.Domain.Mail;

/// <summary>
/// Reads the content of mails about overdue tasks. Each notification belongs to one mail, which is sent later and may contain
/// more of them.
/// </summary>
public interface IOverdueNotices
{
    /// <summary>Moves all notifications of the user that belong to unfinished mails to this mail.</summary>
    /// <returns>
    /// False while an older mail to the same user is unfinished: the older one collects the notifications, and this one has to
    /// wait for it.
    /// </returns>
    Task<bool> TryGatherAsync(OutboxMail mail, CancellationToken cancellationToken);

    /// <summary>Reads the tasks of the mail that are still open and still have the due time of the notification.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="limit">The largest number of tasks that are listed by title; the first ones due are listed.</param>
    Task<OverdueNotice> ReadAsync(OutboxMail mail, int limit, CancellationToken cancellationToken);
}

/// <summary>The overdue tasks of one user.</summary>
/// <param name="Count">The number of all overdue tasks.</param>
/// <param name="First">Some of them, with their current titles.</param>
public sealed record OverdueNotice(int Count, IReadOnlyList<OverdueNoticeTask> First);

/// <summary>One overdue task.</summary>
/// <param name="Title">The title of the task.</param>
/// <param name="DueAt">The due time in UTC.</param>
public sealed record OverdueNoticeTask(string Title, DateTimeOffset DueAt);
