namespace Fitnessify.Application.Tasks;

/// <summary>A part of what changed.</summary>
/// <param name="Items">In the order of the changes; each task at most once, as it is now.</param>
/// <param name="Next">Send it as since the next time.</param>
/// <param name="HasMore">Whether there is more already.</param>
public sealed record TaskChangesDto(IReadOnlyList<TaskChangeDto> Items, string Next, bool HasMore);

/// <summary>A task that changed.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Deleted">Whether it is gone.</param>
/// <param name="Task">As it is; null when deleted.</param>
public sealed record TaskChangeDto(Guid Id, bool Deleted, TaskDto? Task);
