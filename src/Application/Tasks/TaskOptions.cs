using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Application.Tasks;

/// <summary>Section <c>Tasks</c>: how many tasks there may be, and how long deleted ones are kept.</summary>
public sealed class TaskOptions
{
    /// <summary>Tasks of one user, those in the trash included.</summary>
    [Range(1, 1_000_000_000)]
    public int MaxPerUser { get; init; } = 20_000;

    /// <summary>Days for which a deleted task can be restored, and for which sync tells of deleted tasks and lists.</summary>
    [Range(1, 3650)]
    public int TrashDays { get; init; } = 30;
}
