namespace Fitnessify.Domain.Mail;

/// <summary>Renders mails from their templates.</summary>
public interface IMailComposer
{
    /// <summary>Renders the mail for its recipient.</summary>
    /// <param name="id">The id of the mail.</param>
    /// <param name="draft">The content of the mail.</param>
    /// <exception cref="InvalidOperationException">A template needs a value that the draft does not have.</exception>
    MailMessage Compose(Guid id, MailDraft draft);
}

/// <summary>The content of a mail before it is rendered.</summary>
/// <param name="Kind">The kind, which selects the templates.</param>
/// <param name="Recipient">The account that receives the mail.</param>
/// <param name="Values">The values that the templates need besides the recipient.</param>
public sealed record MailDraft(MailKind Kind, MailRecipient Recipient, IReadOnlyDictionary<string, string> Values);
