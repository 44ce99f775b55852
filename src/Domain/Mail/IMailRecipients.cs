namespace Fitnessify.Domain.Mail;

/// <summary>Whom mails are for.</summary>
public interface IMailRecipients
{
    /// <summary>The account as it is now, by id or else by address in any case; null when there is none.</summary>
    Task<MailRecipient?> FindAsync(OutboxMail mail, CancellationToken cancellationToken);
}

/// <summary>An account, as far as mails go.</summary>
/// <param name="Address">As stored.</param>
/// <param name="Username">As shown.</param>
/// <param name="IsConfirmed">Whether the person has shown that they read what is sent there.</param>
/// <param name="IsDisabled">Whether an administrator has disabled the account.</param>
public sealed record MailRecipient(string Address, string Username, bool IsConfirmed, bool IsDisabled);
