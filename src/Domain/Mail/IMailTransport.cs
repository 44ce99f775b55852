namespace Fitnessify.Domain.Mail;

/// <summary>Delivers mails to a mail server. Implementations are safe for concurrent use.</summary>
public interface IMailTransport
{
    /// <summary>
    /// Delivers one mail within a time limit shorter than <see cref="OutboxMail.Lease"/>, or returns why it could not. A canceled
    /// call may still have delivered it.
    /// </summary>
    Task<MailDelivery> SendAsync(MailMessage message, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes what this server stores of these mails, if anything. What cannot be deleted is logged, and stops nothing.
    /// </summary>
    void Forget(IEnumerable<Guid> mailIds) { }
}

/// <summary>A rendered mail.</summary>
/// <param name="Id">The id, which is the same for each attempt, so that a recipient can recognize a duplicate.</param>
/// <param name="To">The address of the recipient.</param>
/// <param name="Subject">The subject, which may contain any character: the transport turns it into one line.</param>
/// <param name="Text">The body for readers without HTML.</param>
/// <param name="Html">The body as a complete HTML document.</param>
public sealed record MailMessage(Guid Id, string To, string Subject, string Text, string Html);

/// <summary>The outcome of an attempt to deliver a mail.</summary>
/// <param name="Outcome">Whether the mail was delivered, and if not, whether a retry can help.</param>
/// <param name="Reason">The reason of a failure in a few words; never an address.</param>
public readonly record struct MailDelivery(MailOutcome Outcome, string Reason = "")
{
    /// <summary>The mail server has accepted the mail.</summary>
    public static readonly MailDelivery Delivered = new(MailOutcome.Delivered);

    /// <summary>Creates the outcome of an attempt that can succeed later.</summary>
    public static MailDelivery Failed(string reason) => new(MailOutcome.Failed, reason);

    /// <summary>Creates the outcome of an attempt after which the mail server has the mail and may have accepted it.</summary>
    /// <param name="reason">The reason, which is the same for each such attempt.</param>
    public static MailDelivery Unanswered(string reason) => new(MailOutcome.Unanswered, reason);

    /// <summary>Creates the outcome of an attempt that no retry can help.</summary>
    public static MailDelivery Refused(string reason) => new(MailOutcome.Refused, reason);
}

/// <summary>The possible outcomes of an attempt.</summary>
public enum MailOutcome
{
    /// <summary>The mail server has accepted the mail.</summary>
    Delivered,

    /// <summary>The attempt failed, and a retry can help.</summary>
    Failed,

    /// <summary>It is not known whether the mail server has accepted the mail. Each retry may be one more copy.</summary>
    Unanswered,

    /// <summary>The mail server has rejected the recipient for good.</summary>
    Refused,
}
