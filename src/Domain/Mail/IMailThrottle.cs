namespace Fitnessify.Domain.Mail;

/// <summary>Limits mails across all instances: those that an anonymous caller can cause for an address, and those about tasks.</summary>
public interface IMailThrottle
{
    /// <summary>The largest number of mails of one kind per hour.</summary>
    const int Limit = 5;

    /// <summary>Counts one more mail to the address; returns false if the limit is reached.</summary>
    Task<bool> TryTakeAsync(string address, MailKind kind, CancellationToken cancellationToken);

    /// <summary>
    /// Returns whether this is the user's first notice of its kind today; for notices that an anonymous caller can cause
    /// repeatedly.
    /// </summary>
    Task<bool> TryTakeDailyAsync(Guid userId, MailKind kind, CancellationToken cancellationToken);

    /// <summary>
    /// Counts one more mail about the user's tasks, and returns null; or returns the time to wait if the hourly limit is
    /// reached.
    /// </summary>
    Task<TimeSpan?> TakeNoticeAsync(Guid userId, CancellationToken cancellationToken);
}
