namespace Fitnessify.Domain.Tasks;

/// <summary>The filter and the order of a list of tasks; null does not filter.</summary>
/// <param name="Statuses">The tasks have one of these statuses; empty for all.</param>
/// <param name="Priorities">The tasks have one of these priorities; empty for all.</param>
/// <param name="Labels">The tasks have all of these labels, in the form of <see cref="Common.TextKeys.Fold(string)"/>.</param>
/// <param name="DueBefore">The tasks are due before this time in UTC.</param>
/// <param name="DueAfter">The tasks are due after this time in UTC.</param>
/// <param name="OverdueAt">The time in UTC that <paramref name="IsOverdue"/> refers to.</param>
/// <param name="IsOverdue">True for overdue tasks only, false for the others only.</param>
/// <param name="Words">
/// Each word occurs in the title or the description, in the form of <see cref="Common.TextKeys.FoldWithoutAccents"/>.
/// </param>
/// <param name="List">The tasks are in this list; null hides the tasks of archived lists.</param>
/// <param name="Sort">The order.</param>
/// <param name="InTrash">True for the tasks in the trash, false for the others.</param>
public sealed record TaskFilter(
    IReadOnlyList<TaskItemStatus> Statuses,
    IReadOnlyList<TaskPriority> Priorities,
    IReadOnlyList<string> Labels,
    DateTimeOffset? DueBefore,
    DateTimeOffset? DueAfter,
    DateTimeOffset OverdueAt,
    bool? IsOverdue,
    IReadOnlyList<string> Words,
    ListFilter? List,
    TaskSort Sort,
    bool InTrash
)
{
    /// <summary>The tasks belong to this series, or null.</summary>
    public Guid? Series { get; init; }

    /// <summary>Whether the list is neither filtered nor sorted by the caller.</summary>
    public bool IsDefault =>
        this
            is {
                Statuses.Count: 0,
                Priorities.Count: 0,
                Labels.Count: 0,
                DueBefore: null,
                DueAfter: null,
                IsOverdue: null,
                Words.Count: 0,
                List: null,
                Series: null,
                InTrash: false
            }
        && Sort == TaskSort.Default;

    /// <summary>The filter for the trash, latest change first.</summary>
    public static TaskFilter Trash { get; } =
        new([], [], [], null, null, default, null, [], null, new TaskSort(TaskSortKey.UpdatedAt, true), true);
}

/// <summary>A list to which tasks are limited.</summary>
/// <param name="Id">The id of the list; null for the inbox, which has the tasks that are in no list.</param>
public sealed record ListFilter(Guid? Id);

/// <summary>An order of tasks.</summary>
/// <param name="Key">The value that decides the order.</param>
/// <param name="IsDescending">Whether the greatest value is first. Tasks without a due time are last in both directions.</param>
public readonly record struct TaskSort(TaskSortKey Key, bool IsDescending)
{
    /// <summary>The default order, newest first.</summary>
    public static TaskSort Default { get; } = new(TaskSortKey.CreatedAt, true);
}

/// <summary>The values by which tasks can be sorted.</summary>
public enum TaskSortKey
{
    /// <summary>The time of the creation.</summary>
    CreatedAt,

    /// <summary>The time of the last change.</summary>
    UpdatedAt,

    /// <summary>The due time.</summary>
    DueAt,

    /// <summary>The priority.</summary>
    Priority,

    /// <summary>The title, case-insensitively.</summary>
    Title,

    /// <summary>The place that the user has given the task.</summary>
    Position,
}
