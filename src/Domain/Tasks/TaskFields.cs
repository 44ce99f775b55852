namespace Fitnessify.Domain.Tasks;

/// <summary>How far a task is.</summary>
public enum TaskItemStatus
{
    /// <summary>The task is not started.</summary>
    Todo,

    /// <summary>The task is started.</summary>
    InProgress,

    /// <summary>The task is finished.</summary>
    Done,

    /// <summary>The task was canceled.</summary>
    Cancelled,
}

/// <summary>How much a task matters.</summary>
public enum TaskPriority
{
    /// <summary>The task can wait.</summary>
    Low,

    /// <summary>The task has the usual priority.</summary>
    Normal,

    /// <summary>The task comes before others.</summary>
    High,

    /// <summary>The task comes first.</summary>
    Urgent,
}

/// <summary>All values of a task that its owner can edit.</summary>
/// <param name="Title">The title, 1 to <see cref="TaskItem.TitleMaxLength"/> characters.</param>
/// <param name="Description">The description, or null.</param>
/// <param name="Status">The status.</param>
/// <param name="Priority">The priority.</param>
/// <param name="Due">When the task is due, or null.</param>
/// <param name="Labels">The labels, without duplicates.</param>
public sealed record TaskFields(
    string Title,
    string? Description,
    TaskItemStatus Status,
    TaskPriority Priority,
    Due? Due,
    IReadOnlyList<string> Labels
)
{
    /// <summary>The reminders as minutes before the due, without duplicates.</summary>
    public IReadOnlyList<int> Reminders { get; init; } = [];

    /// <summary>The id of the list that the task is in; null for the inbox.</summary>
    public Guid? ListId { get; init; }

    /// <summary>The place among the tasks (see <see cref="Common.Positions"/>); null for the one by creation.</summary>
    public string? Position { get; init; }

    /// <summary>The steps of the task.</summary>
    public Checklist Checklist { get; init; } = Checklist.Empty;

    /// <summary>How the task repeats, or null.</summary>
    public Recurrence? Recurrence { get; init; }

    /// <summary>The time in UTC at which the task was done, if this moves it there; null for now. It is no value of its own.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Compares all values, the labels included.</summary>
    public bool Equals(TaskFields? other) =>
        other is not null
        && Title == other.Title
        && Description == other.Description
        && Status == other.Status
        && Priority == other.Priority
        && Due == other.Due
        && Labels.SequenceEqual(other.Labels)
        && Reminders.SequenceEqual(other.Reminders)
        && ListId == other.ListId
        && Position == other.Position
        && Checklist.Equals(other.Checklist)
        && Recurrence == other.Recurrence;

    /// <inheritdoc />
    public override int GetHashCode() =>
        HashCode.Combine(Title, Description, Status, Priority, Due, Labels.Count, ListId);
}
