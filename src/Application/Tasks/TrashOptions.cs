using System.ComponentModel.DataAnnotations;

namespace Fitnessify.Application.Tasks;

/// <summary>Section <c>Tasks</c>: what is kept of them.</summary>
public sealed class TrashOptions
{
    /// <summary>Days for which a deleted task can be restored, and for which sync tells of its deletion.</summary>
    [Range(1, 3650)]
    public int TrashDays { get; init; } = 30;
}
