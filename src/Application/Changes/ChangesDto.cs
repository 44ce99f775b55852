using Fitnessify.Application.Lists;
using Fitnessify.Application.Tasks;

namespace Fitnessify.Application.Changes;

/// <summary>A part of what changed.</summary>
/// <param name="Items">In the order of the changes; each task and list at most once, as it is now.</param>
/// <param name="Next">Send it as since the next time.</param>
/// <param name="HasMore">Whether there is more already.</param>
public sealed record ChangesDto(IReadOnlyList<ChangeDto> Items, string Next, bool HasMore);

/// <summary>A task or a list that changed.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">UUID.</param>
/// <param name="Deleted">Whether it is gone.</param>
/// <param name="Task">As it is; null when deleted, or when it is a list.</param>
/// <param name="List">As it is; null when deleted, or when it is a task.</param>
public sealed record ChangeDto(ChangeKind Kind, Guid Id, bool Deleted, TaskDto? Task, ListDto? List);

/// <summary>What changed. Expect more kinds in time.</summary>
public enum ChangeKind
{
    /// <summary>A task.</summary>
    Task,

    /// <summary>A list.</summary>
    List,
}
