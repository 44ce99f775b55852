using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Mail;

/// <summary>Decides, when the time of a mail has come, who gets it, and writes it.</summary>
internal sealed class LetterWriter(
    IMailRecipients recipients,
    IMailPreferences preferences,
    LinkMails links,
    IMailComposer composer
)
{
    /// <summary>What to send now; null when the mail was dropped or postponed.</summary>
    public async Task<Letter?> WriteAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var timing =
            mail.Kind == MailKind.TaskOverdue
                ? await preferences.WhenAsync(mail, now, cancellationToken)
                : MailTiming.Now;
        if (timing.NotBefore is { } notBefore && notBefore > now)
        {
            mail.Postpone(notBefore);
            return null;
        }

        var draft = timing.IsWanted ? await DraftAsync(mail, now, cancellationToken) : null;
        if (draft is null)
        {
            mail.Drop(now);
            return null;
        }

        return composer.Compose(mail.Id, draft);
    }

    private Task<MailDraft?> DraftAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken) =>
        mail.Kind switch
        {
            MailKind.ConfirmEmail => links.ConfirmEmailAsync(mail, now, cancellationToken),
            MailKind.ResetPassword => links.ResetPasswordAsync(mail, now, cancellationToken),
            _ => NoticeAsync(mail, cancellationToken),
        };

    // Only to those who have shown that the address is theirs.
    private async Task<MailDraft?> NoticeAsync(OutboxMail mail, CancellationToken cancellationToken) =>
        await recipients.FindAsync(mail.UserId!.Value, cancellationToken)
            is { IsConfirmed: true, IsDisabled: false } user
            ? new MailDraft(mail.Kind, user with { Address = mail.Address ?? user.Address }, mail.Data)
            : null;
}
