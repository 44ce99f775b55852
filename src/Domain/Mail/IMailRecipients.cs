namespace Fitnessify.Domain.Mail;

/// <summary>Whom mails are for.</summary>
public interface IMailRecipients
{
    /// <summary>The account as it is now, or null.</summary>
    Task<MailRecipient?> FindAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>The account that has this address, in any case; null when none has.</summary>
    Task<MailRecipient?> FindOwnerAsync(string address, CancellationToken cancellationToken);

    /// <summary>The newest account that waits for this address, in any case, to be confirmed; null when none does.</summary>
    Task<MailRecipient?> FindClaimantAsync(string address, CancellationToken cancellationToken);
}

/// <summary>An account, as far as mails go.</summary>
/// <param name="UserId">The account.</param>
/// <param name="Address">As stored.</param>
/// <param name="Username">As shown.</param>
/// <param name="IsConfirmed">Whether the person has shown that they read what is sent there.</param>
/// <param name="IsDisabled">Whether an administrator has disabled the account.</param>
/// <param name="PendingAddress">The address that takes the place of the present one when it is confirmed, or null.</param>
public sealed record MailRecipient(
    Guid UserId,
    string Address,
    string Username,
    bool IsConfirmed,
    bool IsDisabled,
    string? PendingAddress = null
);
