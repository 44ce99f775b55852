using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>Section <c>Tasks</c>: how many there may be.</summary>
public sealed class TaskQuotaOptions
{
    /// <summary>Tasks of one user, those in the trash included.</summary>
    [Range(1, 10_000_000)]
    public int MaxPerUser { get; init; } = 20_000;
}
