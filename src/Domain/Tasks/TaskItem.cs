using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>Something that its owner means to do.</summary>
public sealed class TaskItem : IVersioned
{
    /// <summary>UTF-16 units.</summary>
    public const int TitleMaxLength = 200;

    /// <summary>UTF-16 units.</summary>
    public const int DescriptionMaxLength = 4000;

    /// <summary>Labels of one task.</summary>
    public const int LabelsMaxCount = 20;

    /// <summary>UTF-16 units.</summary>
    public const int LabelMaxLength = 50;

    /// <summary>Stands before and after each label where labels are stored; no label holds it.</summary>
    public const char LabelSeparator = '\n';

    // The moves that a status allows; to itself is no move.
    private static readonly HashSet<(TaskItemStatus From, TaskItemStatus To)> Moves =
    [
        (TaskItemStatus.Todo, TaskItemStatus.InProgress),
        (TaskItemStatus.Todo, TaskItemStatus.Done),
        (TaskItemStatus.Todo, TaskItemStatus.Cancelled),
        (TaskItemStatus.InProgress, TaskItemStatus.Todo),
        (TaskItemStatus.InProgress, TaskItemStatus.Done),
        (TaskItemStatus.InProgress, TaskItemStatus.Cancelled),
        (TaskItemStatus.Done, TaskItemStatus.Todo),
        (TaskItemStatus.Cancelled, TaskItemStatus.Todo),
    ];

    // One text, each label between separators, so that a database finds one without a table of their own.
    private string _labels = "";

    private TaskItem() { }

    /// <summary>UUID; the client may choose it.</summary>
    public Guid Id { get; private init; }

    /// <summary>Whose task it is.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>1 to <see cref="TitleMaxLength"/> characters.</summary>
    public string Title { get; private set; } = "";

    /// <summary>Or null.</summary>
    public string? Description { get; private set; }

    /// <summary>How far it is.</summary>
    public TaskItemStatus Status { get; private set; }

    /// <summary>How much it matters.</summary>
    public TaskPriority Priority { get; private set; }

    /// <summary>UTC, or null.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>In the order of the client; no duplicates.</summary>
    public IReadOnlyList<string> Labels
    {
        get => _labels.Split(LabelSeparator, StringSplitOptions.RemoveEmptyEntries);
        private set => _labels = JoinLabels(value);
    }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>UTC; the last change of anything.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>UTC; null unless done.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>UTC; null unless in the trash.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The owner's change counter as the last change of this task has raised it; set when that is saved.</summary>
    public long Version { get; private set; }

    /// <summary>The version that it was created with: the order in which the owner's tasks came to be, those of one moment too.</summary>
    public long CreatedVersion { get; private set; }

    /// <summary>Whether it is still to be done: to do or in progress, and not in the trash.</summary>
    public bool IsOpen => Status is TaskItemStatus.Todo or TaskItemStatus.InProgress && DeletedAt is null;

    /// <summary>What the owner can edit.</summary>
    public TaskFields Fields => new(Title, Description, Status, Priority, DueAt, Labels);

    /// <summary>A new task, in any status.</summary>
    public static TaskItem Create(Guid id, Guid ownerId, TaskFields fields, DateTimeOffset now)
    {
        var task = new TaskItem
        {
            Id = id,
            OwnerId = ownerId,
            CreatedAt = now,
            Status = fields.Status,
            CompletedAt = fields.Status == TaskItemStatus.Done ? now : null,
        };
        task.Write(fields);
        task.UpdatedAt = now;
        return task;
    }

    /// <summary>Makes the task say what the fields say. What changes nothing leaves no trace.</summary>
    /// <returns>Success, or <c>state_conflict</c> when the status cannot move there; nothing is changed then.</returns>
    public Result Edit(TaskFields fields, DateTimeOffset now)
    {
        if (fields.Equals(Fields))
        {
            return Result.Success;
        }

        var moved = MoveTo(fields.Status, now);
        if (moved.IsSuccess)
        {
            Write(fields);
            UpdatedAt = now;
        }

        return moved;
    }

    /// <summary>Moves the task to another status.</summary>
    /// <returns>Success, or <c>state_conflict</c>.</returns>
    public Result MoveTo(TaskItemStatus status, DateTimeOffset now)
    {
        if (status == Status)
        {
            return Result.Success;
        }

        if (!Moves.Contains((Status, status)))
        {
            return TaskErrors.StateConflict;
        }

        Status = status;
        CompletedAt = status == TaskItemStatus.Done ? now : null;
        UpdatedAt = now;
        return Result.Success;
    }

    /// <summary>Puts the task into the trash.</summary>
    public void Trash(DateTimeOffset now)
    {
        if (DeletedAt is null)
        {
            (DeletedAt, UpdatedAt) = (now, now);
        }
    }

    /// <summary>Takes the task out of the trash, as it was.</summary>
    public void Restore(DateTimeOffset now)
    {
        if (DeletedAt is not null)
        {
            (DeletedAt, UpdatedAt) = (null, now);
        }
    }

    /// <summary>Whether it should be done by now and is not.</summary>
    public bool IsOverdue(DateTimeOffset now) => IsOpen && DueAt < now;

    /// <summary>Labels as they are stored.</summary>
    public static string JoinLabels(IEnumerable<string> labels) =>
        string.Concat(labels.Select(label => LabelSeparator + label + LabelSeparator));

    private void Write(TaskFields fields) =>
        (Title, Description, Priority, DueAt, Labels) = (
            fields.Title,
            fields.Description,
            fields.Priority,
            fields.DueAt,
            fields.Labels
        );
}
