using AutoMapper;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Application.Tasks;

/// <summary>A task.</summary>
/// <param name="Id">UUID.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Description">At most 4000 characters, or null.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Priority">How much it matters.</param>
/// <param name="Due">When it is due, as it was said, or null.</param>
/// <param name="DueAt">UTC; the moment that comes of due, or null.</param>
/// <param name="Reminders">Minutes before it is due, at most 5 of 0 to 40320.</param>
/// <param name="Recurrence">How it repeats, or null.</param>
/// <param name="SeriesId">The id of the first task of its series; null if it has never repeated.</param>
/// <param name="Occurrence">yyyy-MM-dd; the date for which it stands in its series, whatever its due is moved to.</param>
/// <param name="Labels">At most 20, none twice.</param>
/// <param name="ListId">The list that it is in; null for the inbox.</param>
/// <param name="Position">Its place among the tasks: compared byte by byte, then by id.</param>
/// <param name="Checklist">Its steps by the client's keys, at most 100, in the order of their positions.</param>
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
    DueDto? Due,
    DateTimeOffset? DueAt,
    IReadOnlyList<int> Reminders,
    RecurrenceDto? Recurrence,
    Guid? SeriesId,
    string? Occurrence,
    IReadOnlyList<string> Labels,
    Guid? ListId,
    string Position,
    IReadOnlyDictionary<string, ChecklistItemDto> Checklist,
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
            CreateMap<DateOnly?, string?>()
                .ConvertUsing(date => date == null ? null : Domain.Tasks.Due.Format(date.Value));
            // Without these maps, AutoMapper converts the enumerations by reflection for each task of a list.
            CreateMap<TaskItemStatus, TaskItemStatus>().ConvertUsing(status => status);
            CreateMap<TaskPriority, TaskPriority>().ConvertUsing(priority => priority);
            CreateMap<Checklist, IReadOnlyDictionary<string, ChecklistItemDto>>()
                .ConvertUsing(checklist => ChecklistItemDto.ByKey(checklist));
            CreateMap<IReadOnlyList<int>, IReadOnlyList<int>>().ConvertUsing(reminders => reminders);
        }
    }
}

/// <summary>A step of a task.</summary>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Done">Whether it is ticked.</param>
/// <param name="Position">Its place in the checklist: compared byte by byte, then by key.</param>
public sealed record ChecklistItemDto(string Title, bool Done, string Position)
{
    private static readonly Dictionary<string, ChecklistItemDto> None = [];

    internal static IReadOnlyDictionary<string, ChecklistItemDto> ByKey(Checklist checklist) =>
        checklist.Items.Count == 0
            ? None
            : checklist.Items.ToDictionary(
                item => item.Key,
                item => new ChecklistItemDto(item.Title, item.Done, item.Position)
            );
}

/// <summary>Maps a task together with the values that depend on the time.</summary>
internal static class TaskMapping
{
    public static TaskDto ToDto(this IMapper mapper, TaskItem task, DateTimeOffset now) =>
        mapper.Map<TaskItem, TaskDto>(task) with
        {
            IsOverdue = task.IsOverdue(now),
        };
}
