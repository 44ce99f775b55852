namespace Fitnessify.Domain.Mail;

/// <summary>Limits mails for all instances together: those that strangers can have sent to an address, and those about tasks.</summary>
public interface IMailThrottle
{
    /// <summary>At most so many of one kind an hour.</summary>
    const int Limit = 5;

    /// <summary>Counts one more; false when there were as many as the limit.</summary>
    Task<bool> TryTakeAsync(string address, MailKind kind, CancellationToken cancellationToken);

    /// <summary>Whether a notice of its kind is the first that a user gets today, for those that a stranger can set off again and again.</summary>
    Task<bool> TryTakeDailyAsync(Guid userId, MailKind kind, CancellationToken cancellationToken);

    /// <summary>Counts one more mail about the user's tasks; or answers how long to wait, when there were as many as there may be in an hour.</summary>
    Task<TimeSpan?> TakeNoticeAsync(Guid userId, CancellationToken cancellationToken);
}
