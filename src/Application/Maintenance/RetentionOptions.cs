using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Application.Maintenance;

/// <summary>Section <c>Retention</c>: how long what is over is kept, in days.</summary>
public sealed class RetentionOptions
{
    /// <summary>The audit trail.</summary>
    [Range(1, 3650)]
    public int AuditDays { get; init; } = 365;

    /// <summary>Sessions that have ended.</summary>
    [Range(1, 3650)]
    public int EndedSessionDays { get; init; } = 30;
}
