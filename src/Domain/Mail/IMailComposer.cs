namespace Fitnessify.Domain.Mail;

/// <summary>Renders mails in the language and the time zone of their recipients.</summary>
public interface IMailComposer
{
    /// <summary>Renders the mail for its recipient.</summary>
    /// <param name="id">The id of the mail.</param>
    /// <param name="draft">The content of the mail.</param>
    /// <exception cref="InvalidOperationException">A text of the mail needs a value that the draft does not have.</exception>
    MailMessage Compose(Guid id, MailDraft draft);
}

/// <summary>The content of a mail before it is rendered.</summary>
/// <param name="Kind">The kind, which selects the texts.</param>
/// <param name="Recipient">The account that receives the mail.</param>
/// <param name="Values">The values that the texts need besides the recipient, in no language; see <see cref="AccountMails"/>.</param>
/// <param name="Tasks">At least one task, for a mail about tasks; otherwise null.</param>
public sealed record MailDraft(
    MailKind Kind,
    MailRecipient Recipient,
    IReadOnlyDictionary<string, string> Values,
    DueNotice? Tasks = null
);
