namespace Fitnessify.Domain.Tasks;

/// <summary>Which tasks are wanted, and in which order.</summary>
/// <param name="Statuses">Any of these; all when empty.</param>
/// <param name="Priorities">Any of these; all when empty.</param>
/// <param name="Labels">All of these, as <see cref="Common.TextKeys.Fold(string)"/> writes them.</param>
/// <param name="DueBefore">UTC.</param>
/// <param name="DueAfter">UTC.</param>
/// <param name="OverdueAt">UTC; with <paramref name="IsOverdue"/>: the time that decides.</param>
/// <param name="IsOverdue">Only those that are, or that are not, overdue.</param>
/// <param name="Words">Each part of the title or the description, as <see cref="Common.TextKeys.FoldWithoutAccents"/> writes them.</param>
/// <param name="Sort">The order.</param>
/// <param name="InTrash">Only the trash, or only the rest.</param>
public sealed record TaskFilter(
    IReadOnlyList<TaskItemStatus> Statuses,
    IReadOnlyList<TaskPriority> Priorities,
    IReadOnlyList<string> Labels,
    DateTimeOffset? DueBefore,
    DateTimeOffset? DueAfter,
    DateTimeOffset OverdueAt,
    bool? IsOverdue,
    IReadOnlyList<string> Words,
    TaskSort Sort,
    bool InTrash
)
{
    /// <summary>Whether it is the list as nobody has filtered or sorted it.</summary>
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
                InTrash: false
            }
        && Sort == TaskSort.Default;

    /// <summary>The trash, latest first.</summary>
    public static TaskFilter Trash { get; } =
        new([], [], [], null, null, default, null, [], new TaskSort(TaskSortKey.UpdatedAt, true), true);
}

/// <summary>An order of tasks.</summary>
/// <param name="Key">By what.</param>
/// <param name="IsDescending">Greatest first; tasks that are not due are last both ways.</param>
public readonly record struct TaskSort(TaskSortKey Key, bool IsDescending)
{
    /// <summary>Newest first.</summary>
    public static TaskSort Default { get; } = new(TaskSortKey.CreatedAt, true);
}

/// <summary>By what tasks can be ordered.</summary>
public enum TaskSortKey
{
    /// <summary>When it was created.</summary>
    CreatedAt,

    /// <summary>When it last changed.</summary>
    UpdatedAt,

    /// <summary>When it is due.</summary>
    DueAt,

    /// <summary>How much it matters.</summary>
    Priority,

    /// <summary>Its title, in any case.</summary>
    Title,
}
