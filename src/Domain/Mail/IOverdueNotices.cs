namespace Fitnessify.Domain.Mail;

/// <summary>What mails about overdue tasks tell. Each notification belongs to one mail, which is sent later and may tell of more.</summary>
public interface IOverdueNotices
{
    /// <summary>Gives the mail all notifications of its user that belong to mails which are not finished.</summary>
    /// <returns>False while an older mail to the same user is not finished: that one gathers them, this one has to wait for it.</returns>
    Task<bool> TryGatherAsync(OutboxMail mail, CancellationToken cancellationToken);

    /// <summary>What the mail tells that is still true: the task is open, and due when it was said to be.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="limit">Of the tasks by name, those that were due first.</param>
    Task<OverdueNotice> ReadAsync(OutboxMail mail, int limit, CancellationToken cancellationToken);
}

/// <summary>Which tasks of one user are overdue.</summary>
/// <param name="Count">How many in all.</param>
/// <param name="First">Some of them, with the titles that they have now.</param>
public sealed record OverdueNotice(int Count, IReadOnlyList<OverdueNoticeTask> First);

/// <summary>One of them.</summary>
/// <param name="Title">Of the task.</param>
/// <param name="DueAt">UTC.</param>
public sealed record OverdueNoticeTask(string Title, DateTimeOffset DueAt);
