using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Application.Mail;

/// <summary>Writes down what has become of an attempt: in the mail, and for the operator a failure in the log.</summary>
internal sealed partial class DeliveryLog(TimeProvider clock, ILogger<DeliveryLog> logger)
{
    /// <summary>It could not even be written.</summary>
    public void Unwritten(OutboxMail mail, Exception exception)
    {
        LogUnwritten(exception, mail.Kind, mail.Id);
        Mark(mail, MailDelivery.Failed($"cannot be written: {exception.GetType().Name}"));
    }

    /// <summary>It was handed over, or not.</summary>
    public void Mark(OutboxMail mail, MailDelivery delivery)
    {
        var now = clock.Now();
        switch (delivery.Outcome)
        {
            case MailOutcome.Delivered:
                mail.Sent(now);
                return;
            case MailOutcome.Refused:
                mail.GiveUp(delivery.Reason, now);
                break;
            default:
                mail.Failed(delivery.Reason, now);
                break;
        }

        if (mail.Status == OutboxStatus.GivenUp)
        {
            LogGivenUp(mail.Kind, mail.Id, mail.Attempts, mail.LastError);
        }
        else
        {
            LogFailed(mail.Kind, mail.Id, mail.Attempts, mail.LastError, mail.NextAttemptAt);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Gave up mail {Kind} {MailId} after {Attempts} attempts: {Reason}"
    )]
    private partial void LogGivenUp(MailKind kind, Guid mailId, int attempts, string? reason);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Mail {Kind} {MailId} failed, attempt {Attempts}: {Reason}; next at {NextAttemptAt}"
    )]
    private partial void LogFailed(
        MailKind kind,
        Guid mailId,
        int attempts,
        string? reason,
        DateTimeOffset nextAttemptAt
    );

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Kind} {MailId} cannot be written")]
    private partial void LogUnwritten(Exception exception, MailKind kind, Guid mailId);
}
