namespace Fitnessify.Domain.Mail;

/// <summary>Limits the mails that strangers can have sent to an address, whoever has it, for all instances together.</summary>
public interface IMailThrottle
{
    /// <summary>At most so many an hour.</summary>
    const int Limit = 5;

    /// <summary>Counts one more; false when there were as many as the limit.</summary>
    Task<bool> TryTakeAsync(string address, CancellationToken cancellationToken);

    /// <summary>Whether a notice of its kind is the first that a user gets today, for those that a stranger can set off again and again.</summary>
    Task<bool> TryTakeDailyAsync(Guid userId, MailKind kind, CancellationToken cancellationToken);
}
