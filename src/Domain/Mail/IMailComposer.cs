namespace Fitnessify.Domain.Mail;

/// <summary>Puts mails into words.</summary>
public interface IMailComposer
{
    /// <summary>The mail as this recipient is to read it.</summary>
    /// <exception cref="InvalidOperationException">The templates need something that the mail does not hold.</exception>
    Letter Compose(OutboxMail mail, MailRecipient recipient);
}
