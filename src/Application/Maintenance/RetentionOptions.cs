using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Application.Maintenance;

/// <summary>Section <c>Retention</c>: how long what is over is kept, in days; a nightly job deletes what is older.</summary>
public sealed class RetentionOptions
{
    /// <summary>The audit trail.</summary>
    [Range(1, 3650)]
    public int AuditDays { get; init; } = 365;

    /// <summary>Notifications.</summary>
    [Range(1, 3650)]
    public int NotificationDays { get; init; } = 90;

    /// <summary>Mails that were sent, or never will be.</summary>
    [Range(1, 3650)]
    public int MailDays { get; init; } = 30;

    /// <summary>Sessions that have ended.</summary>
    [Range(1, 3650)]
    public int EndedSessionDays { get; init; } = 30;
}
