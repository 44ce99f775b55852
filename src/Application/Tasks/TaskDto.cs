using AutoMapper;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>A task.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">At most 4000 characters, or null.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Priority">How much it matters.</param>
/// <param name="DueAt">UTC, or null.</param>
/// <param name="Labels">At most 20, none twice.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="UpdatedAt">UTC; the last change of anything.</param>
/// <param name="CompletedAt">UTC; null unless done.</param>
/// <param name="DeletedAt">UTC; null unless in the trash.</param>
/// <param name="Version">Its ETag, and its place among the owner's changes.</param>
public sealed record TaskDto(
    Guid Id,
    string Title,
    string? Description,
    TaskItemStatus Status,
    TaskPriority Priority,
    DateTimeOffset? DueAt,
    IReadOnlyList<string> Labels,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? DeletedAt,
    long Version
)
{
    /// <summary>Whether it is to do or in progress, and due before now.</summary>
    public bool IsOverdue { get; init; }

    private sealed class Map : Profile
    {
        public Map()
        {
            CreateMap<TaskItem, TaskDto>().ForMember(task => task.IsOverdue, member => member.Ignore());
            // Without these maps, AutoMapper converts the enumerations by reflection for each task of a list.
            CreateMap<TaskItemStatus, TaskItemStatus>().ConvertUsing(status => status);
            CreateMap<TaskPriority, TaskPriority>().ConvertUsing(priority => priority);
        }
    }
}

/// <summary>The result of a replacement.</summary>
/// <param name="Task">The task as saved.</param>
/// <param name="IsNew">Whether the task was created.</param>
public sealed record ReplacedTask(TaskDto Task, bool IsNew);

/// <summary>Maps a task together with the values that depend on the time.</summary>
internal static class TaskMapping
{
    public static TaskDto ToDto(this IMapper mapper, TaskItem task, DateTimeOffset now) =>
        mapper.Map<TaskItem, TaskDto>(task) with
        {
            IsOverdue = task.IsOverdue(now),
        };
}
