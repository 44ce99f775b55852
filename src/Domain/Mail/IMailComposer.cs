namespace Fitnessify.Domain.Mail;

/// <summary>Puts mails into words.</summary>
public interface IMailComposer
{
    /// <summary>The mail as this recipient is to read it.</summary>
    /// <param name="id">Of the mail.</param>
    /// <param name="draft">What it says.</param>
    /// <exception cref="InvalidOperationException">The templates need something that the draft does not hold.</exception>
    MailMessage Compose(Guid id, MailDraft draft);
}

/// <summary>What a mail says.</summary>
/// <param name="Kind">Which templates.</param>
/// <param name="Recipient">Who reads it.</param>
/// <param name="Values">What the templates need besides the recipient.</param>
public sealed record MailDraft(MailKind Kind, MailRecipient Recipient, IReadOnlyDictionary<string, string> Values);
