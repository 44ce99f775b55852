namespace Fitnessify.Domain.Mail;

/// <summary>Hands mails over. One object serves many threads.</summary>
public interface IMailTransport
{
    /// <summary>Hands one over, or says why it could not. A cancelled call may still have handed it over.</summary>
    Task<MailDelivery> SendAsync(MailMessage message, CancellationToken cancellationToken);

    /// <summary>Deletes what this server still holds of mails that were handed over, if anything.</summary>
    void Forget(IEnumerable<Guid> mailIds) { }
}

/// <summary>A mail in words.</summary>
/// <param name="Id">The same for each attempt, so that whoever gets it twice can tell.</param>
/// <param name="To">The address.</param>
/// <param name="Subject">May hold anything: the transport makes one line of it.</param>
/// <param name="Text">For readers without HTML.</param>
/// <param name="Html">A whole document.</param>
public sealed record MailMessage(Guid Id, string To, string Subject, string Text, string Html);

/// <summary>What has become of an attempt.</summary>
/// <param name="Outcome">Whether to try again.</param>
/// <param name="Reason">Of a failure: a few words, never an address.</param>
public readonly record struct MailDelivery(MailOutcome Outcome, string Reason = "")
{
    /// <summary>Handed over.</summary>
    public static readonly MailDelivery Delivered = new(MailOutcome.Delivered);

    /// <summary>Not this time.</summary>
    public static MailDelivery Failed(string reason) => new(MailOutcome.Failed, reason);

    /// <summary>Never.</summary>
    public static MailDelivery Refused(string reason) => new(MailOutcome.Refused, reason);
}

/// <summary>How an attempt ends.</summary>
public enum MailOutcome
{
    /// <summary>Handed over.</summary>
    Delivered,

    /// <summary>Trying again can help.</summary>
    Failed,

    /// <summary>The mail server knows of no such recipient.</summary>
    Refused,
}
