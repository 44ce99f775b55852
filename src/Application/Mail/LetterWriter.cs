using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Mail;

/// <summary>Decides, when the time of a mail has come, who gets it, and writes it.</summary>
internal sealed class LetterWriter(IMailRecipients recipients, IMailPreferences preferences, IMailComposer composer)
{
    /// <summary>What to send now; null when the mail was dropped or postponed.</summary>
    public async Task<Letter?> WriteAsync(OutboxMail mail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var recipient = await recipients.FindAsync(mail, cancellationToken);
        var timing = recipient is null ? MailTiming.Never : await WhenAsync(mail, recipient, now, cancellationToken);
        if (!timing.IsWanted)
        {
            mail.Drop(now);
            return null;
        }

        if (timing.NotBefore is { } notBefore && notBefore > now)
        {
            mail.Postpone(notBefore);
            return null;
        }

        return composer.Compose(mail, recipient!);
    }

    private Task<MailTiming> WhenAsync(
        OutboxMail mail,
        MailRecipient recipient,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        mail.Kind switch
        {
            MailKind.TaskOverdue when recipient is { IsConfirmed: true, IsDisabled: false } => preferences.WhenAsync(
                mail,
                now,
                cancellationToken
            ),
            MailKind.TaskOverdue => Task.FromResult(MailTiming.Never),
            _ => throw new InvalidOperationException($"Nothing says who gets mails of kind {mail.Kind}."),
        };
}
