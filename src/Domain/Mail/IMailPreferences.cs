namespace Fitnessify.Domain.Mail;

/// <summary>What people have said about the mails that they need not get.</summary>
public interface IMailPreferences
{
    /// <summary>Whether and when to send it; asked each time before.</summary>
    Task<MailTiming> WhenAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken);
}

/// <summary>Whether and when to send a mail.</summary>
/// <param name="IsWanted">False drops it.</param>
/// <param name="NotBefore">UTC; null for now.</param>
public readonly record struct MailTiming(bool IsWanted, DateTimeOffset? NotBefore)
{
    /// <summary>At once.</summary>
    public static readonly MailTiming Now = new(true, null);

    /// <summary>Not at all.</summary>
    public static readonly MailTiming Never = new(false, null);

    /// <summary>Not yet; then it is asked again.</summary>
    public static MailTiming Later(DateTimeOffset until) => new(true, until);
}
