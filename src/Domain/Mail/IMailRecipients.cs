namespace Fitnessify.Domain.Mail;

/// <summary>Finds the accounts that mails are for.</summary>
public interface IMailRecipients
{
    /// <summary>Returns the current state of the account, or null if there is none.</summary>
    Task<MailRecipient?> FindAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>Returns the account with this address, in any case, or null if there is none.</summary>
    Task<MailRecipient?> FindOwnerAsync(string address, CancellationToken cancellationToken);

    /// <summary>Returns the newest account for which this address is pending, in any case, or null if there is none.</summary>
    Task<MailRecipient?> FindClaimantAsync(string address, CancellationToken cancellationToken);
}

/// <summary>The part of an account that mails need.</summary>
/// <param name="UserId">The id of the account.</param>
/// <param name="Address">The address as stored; null for an account without one.</param>
/// <param name="Username">The username as displayed.</param>
/// <param name="IsConfirmed">Whether the user has proven that they can read mail sent to the address.</param>
/// <param name="IsDisabled">Whether an admin has disabled the account.</param>
/// <param name="PendingAddress">The address that replaces the current one once it is confirmed, or null.</param>
/// <param name="Locale">The language of mails, as a language tag (BCP 47).</param>
/// <param name="TimeZone">The IANA name of the user's time zone.</param>
public sealed record MailRecipient(
    Guid UserId,
    string? Address,
    string Username,
    bool IsConfirmed,
    bool IsDisabled,
    string? PendingAddress = null,
    string Locale = Accounts.Account.DefaultLocale,
    string TimeZone = Accounts.Account.DefaultTimeZone
);
