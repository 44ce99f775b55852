using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Mail;

/// <summary>Decides who receives a mail that is due, and renders it.</summary>
internal sealed class MailWriter(
    IMailRecipients recipients,
    IChallengeTokens challengeTokens,
    IMailThrottle throttle,
    LinkMails links,
    DueMails dueMails,
    IMailComposer composer
)
{
    /// <summary>Returns the domain of the address, in a form that can be compared.</summary>
    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].ToUpperInvariant();

    /// <summary>Returns the domain to which the mail would go now; null if it has no recipient.</summary>
    public async Task<string?> FindDomainAsync(OutboxMail mail, CancellationToken cancellationToken)
    {
        var address = mail.Address;
        if (address is null && await recipients.FindAsync(mail.UserId!.Value, cancellationToken) is { } user)
        {
            address = mail.Kind == MailKind.ConfirmEmail ? user.PendingAddress ?? user.Address : user.Address;
        }

        return address is null ? null : DomainOf(address);
    }

    /// <summary>Returns the mail to send now; null if it was dropped or postponed.</summary>
    public async Task<MailMessage?> WriteAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await DraftAsync(mail, now, cancellationToken) is { } draft)
        {
            mail.GoesTo(draft.Recipient.UserId);
            return composer.Compose(mail.Id, draft);
        }

        if (mail.PostponedFrom is null)
        {
            mail.Drop(now);
        }

        return null;
    }

    private Task<MailDraft?> DraftAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken) =>
        mail.Kind switch
        {
            MailKind.ConfirmEmail => links.ConfirmEmailAsync(mail, now, cancellationToken),
            MailKind.ResetPassword => links.ResetPasswordAsync(mail, now, cancellationToken),
            _ => NoticeAsync(mail, now, cancellationToken),
        };

    private async Task<MailDraft?> NoticeAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (
            await recipients.FindAsync(mail.UserId!.Value, cancellationToken) is not { IsDisabled: false } user
            || (mail.Address ?? user.Address) is not { } address
        )
        {
            return null;
        }

        if (mail.Kind == MailKind.TasksDue)
        {
            return await dueMails.DraftAsync(mail, user, now, cancellationToken);
        }

        return await IsDueAsync(mail, cancellationToken) && await MayBeSentAsync(mail, user, cancellationToken)
            ? new MailDraft(mail.Kind, user with { Address = address }, mail.Data)
            : null;
    }

    private async Task<bool> IsDueAsync(OutboxMail mail, CancellationToken cancellationToken) =>
        mail.Kind != MailKind.SignInNotCompleted
        || await challengeTokens.IsUnusedAsync(Guid.Parse(mail.Data[AccountMails.ChallengeId]), cancellationToken);

    // An unconfirmed address may belong to somebody else, who must not be flooded, but should learn of the changes to the
    // account. A retry of the same mail is not counted again.
    private async Task<bool> MayBeSentAsync(OutboxMail mail, MailRecipient user, CancellationToken cancellationToken) =>
        (user.IsConfirmed && mail.Kind != MailKind.SignInNotCompleted)
        || mail.Attempts > 0
        || await throttle.TryTakeDailyAsync(user.UserId, mail.Kind, cancellationToken);
}
