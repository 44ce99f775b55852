namespace Fitnessify.Domain.Tasks;

/// <summary>How far a task is.</summary>
public enum TaskItemStatus
{
    /// <summary>Not begun.</summary>
    Todo,

    /// <summary>Begun.</summary>
    InProgress,

    /// <summary>Finished.</summary>
    Done,

    /// <summary>Given up.</summary>
    Cancelled,
}

/// <summary>How much a task matters.</summary>
public enum TaskPriority
{
    /// <summary>When there is time.</summary>
    Low,

    /// <summary>As usual.</summary>
    Normal,

    /// <summary>Before others.</summary>
    High,

    /// <summary>Now.</summary>
    Urgent,
}

/// <summary>All that the owner of a task can edit.</summary>
/// <param name="Title">1 to <see cref="TaskItem.TitleMaxLength"/> characters.</param>
/// <param name="Description">Or null.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Priority">How much it matters.</param>
/// <param name="DueAt">UTC, or null.</param>
/// <param name="Labels">No duplicates.</param>
public sealed record TaskFields(
    string Title,
    string? Description,
    TaskItemStatus Status,
    TaskPriority Priority,
    DateTimeOffset? DueAt,
    IReadOnlyList<string> Labels
)
{
    /// <summary>By value, the labels too.</summary>
    public bool Equals(TaskFields? other) =>
        other is not null
        && Title == other.Title
        && Description == other.Description
        && Status == other.Status
        && Priority == other.Priority
        && DueAt == other.DueAt
        && Labels.SequenceEqual(other.Labels);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Title, Description, Status, Priority, DueAt, Labels.Count);
}
