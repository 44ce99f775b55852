using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>Section <c>Jobs</c>: what runs on a schedule.</summary>
public sealed class JobOptions
{
    /// <summary>
    /// Seconds between two looks for reminders whose moment has come and for tasks that have become overdue: so long it can take
    /// until the owner is told.
    /// </summary>
    [Range(1, 3600)]
    public int OverdueScanSeconds { get; init; } = 30;
}
