using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Application.Mail;

/// <summary>Records the outcome of an attempt in the mail, and logs a failure for the operator.</summary>
internal sealed partial class DeliveryLog(TimeProvider clock, ILogger<DeliveryLog> logger)
{
    public void RecordRenderFailure(OutboxMail mail, Exception exception)
    {
        LogRenderFailed(exception, mail.Kind, mail.Id);
        RecordOutcome(mail, MailDelivery.Failed($"cannot be written: {exception.GetType().Name}"));
    }

    public void RecordOutcome(OutboxMail mail, MailDelivery delivery)
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
            case MailOutcome.Unanswered:
                mail.Unanswered(delivery.Reason, now);
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
    private partial void LogRenderFailed(Exception exception, MailKind kind, Guid mailId);
}
