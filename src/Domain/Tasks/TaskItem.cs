using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>A task of a user.</summary>
public sealed partial class TaskItem : IVersioned
{
    /// <summary>The longest title in UTF-16 units.</summary>
    public const int TitleMaxLength = 200;

    /// <summary>The longest description in UTF-16 units.</summary>
    public const int DescriptionMaxLength = 4000;

    /// <summary>The largest number of labels of one task.</summary>
    public const int LabelsMaxCount = 20;

    /// <summary>The longest label in UTF-16 units.</summary>
    public const int LabelMaxLength = 50;

    /// <summary>The largest number of tasks of a guest, those in the trash included.</summary>
    public const int MaxPerGuest = 500;

    /// <summary>
    /// The largest number of next tasks of series beyond the limit of an account: a task that repeats can be done also at the limit.
    /// </summary>
    public const int SuccessorReserve = 500;

    /// <summary>How far the clock of a device may be ahead that says when a task was done.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>The character before and after each label where labels are stored; no label contains it.</summary>
    public const char LabelSeparator = '\n';

    // The permitted transitions between statuses; keeping the status is not a transition.
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

    // The labels are one text with separators around each, so that a query can find one without a table of labels.
    private string _labels = "";

    private TaskItem() { }

    /// <summary>The id, a UUID that the client may choose.</summary>
    public Guid Id { get; private init; }

    /// <summary>The id of the user who owns the task.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>The title, 1 to <see cref="TitleMaxLength"/> characters.</summary>
    public string Title { get; private set; } = "";

    /// <summary>The description, or null.</summary>
    public string? Description { get; private set; }

    /// <summary>The status.</summary>
    public TaskItemStatus Status { get; private set; }

    /// <summary>The priority.</summary>
    public TaskPriority Priority { get; private set; }

    /// <summary>The labels in the order of the client, without duplicates.</summary>
    public IReadOnlyList<string> Labels
    {
        get => _labels.Split(LabelSeparator, StringSplitOptions.RemoveEmptyEntries);
        private set => _labels = JoinLabels(value);
    }

    /// <summary>The id of the list that the task is in; null for the inbox.</summary>
    public Guid? ListId { get; private set; }

    /// <summary>The place among the tasks (see <see cref="Positions"/>); set by the first save if nobody has placed it.</summary>
    public string Position { get; private set; } = "";

    /// <summary>The steps of the task.</summary>
    public Checklist Checklist { get; private set; } = Checklist.Empty;

    /// <summary>The time of the creation in UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The time of the last change in UTC.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>The time in UTC at which the task was done; null unless it is.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>The time in UTC at which the task was moved to the trash; null unless it is there.</summary>
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The value of the owner's change counter after the last change of this task; set by the save.</summary>
    public long Version { get; private set; }

    /// <summary>
    /// The version after the creation. It orders the owner's tasks by creation, also those that were created at the same time.
    /// </summary>
    public long CreatedVersion { get; private set; }

    /// <summary>Whether the task is to do or in progress, and not in the trash.</summary>
    public bool IsOpen => Status is TaskItemStatus.Todo or TaskItemStatus.InProgress && DeletedAt is null;

    /// <summary>The values that the owner can edit.</summary>
    public TaskFields Fields =>
        new(Title, Description, Status, Priority, Due, Labels)
        {
            Reminders = Reminders,
            ListId = ListId,
            Position = Position,
            Checklist = Checklist,
            Recurrence = Recurrence,
        };

    /// <summary>Creates a task in any status.</summary>
    public static TaskItem Create(Guid id, Guid ownerId, TaskFields fields, DateTimeOffset now)
    {
        var task = new TaskItem
        {
            Id = id,
            OwnerId = ownerId,
            CreatedAt = now,
            Status = fields.Status,
            CompletedAt = CompletionOf(fields.Status, now, fields.CompletedAt),
        };
        task.Write(task.WithDefaults(fields));
        task.UpdatedAt = now;
        return task;
    }

    /// <summary>Replaces the values that the owner can edit. If nothing differs, the task does not change.</summary>
    /// <returns>
    /// Success; <c>state_conflict</c> if the status or the recurrence cannot change like this; or <c>validation_failed</c> if the
    /// checklist has too many items, the due of a task that repeats is missing, or the completion is out of range. After a failure
    /// nothing is changed.
    /// </returns>
    public Result Edit(TaskFields fields, DateTimeOffset now)
    {
        if (Has(fields))
        {
            return Result.Success;
        }

        if (fields.Checklist.Items.Count > Checklist.MaxCount)
        {
            return TaskErrors.ChecklistTooLong;
        }

        var written = WithDefaults(fields);
        var permitted = CheckRecurrence(written);
        permitted = permitted.IsSuccess ? CheckMove(fields.Status, now, fields.CompletedAt) : permitted;
        if (permitted.IsSuccess)
        {
            Write(written);
            Move(fields.Status, now, fields.CompletedAt);
            UpdatedAt = now;
            IsUntouched = false;
        }

        return permitted;
    }

    /// <summary>Changes the status of the task.</summary>
    /// <param name="status">The status.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="completedAt">The time in UTC at which the task was done, if that was not just now.</param>
    /// <returns>
    /// Success; <c>state_conflict</c> if the status cannot change like this; or <c>validation_failed</c> if the task was done before
    /// it was created, or in the future.
    /// </returns>
    public Result MoveTo(TaskItemStatus status, DateTimeOffset now, DateTimeOffset? completedAt = null)
    {
        var permitted = CheckMove(status, now, completedAt);
        if (permitted.IsSuccess)
        {
            Move(status, now, completedAt);
        }

        return permitted;
    }

    /// <summary>Moves the task to the trash.</summary>
    public void Trash(DateTimeOffset now)
    {
        if (DeletedAt is null)
        {
            (DeletedAt, UpdatedAt) = (now, now);
            IsUntouched = false;
        }
    }

    /// <summary>Moves the task to the trash, because its list was deleted. From there it can be restored into the inbox.</summary>
    public void TrashWithList(DateTimeOffset now)
    {
        Trash(now);
        ListId = null;
    }

    /// <summary>Restores the task from the trash, and takes it out of its list.</summary>
    public void RestoreToInbox(DateTimeOffset now)
    {
        if (DeletedAt is not null)
        {
            Restore(now);
            ListId = null;
        }
    }

    /// <summary>Places the task where tasks stand that nobody has placed. The save calls it once it has given the versions.</summary>
    public void PlaceByCreation() => Position = Positions.Default(CreatedVersion);

    /// <summary>Restores the task from the trash.</summary>
    public void Restore(DateTimeOffset now)
    {
        if (DeletedAt is not null)
        {
            (DeletedAt, UpdatedAt) = (null, now);
            _isRescheduled = true;
        }
    }

    /// <summary>Returns whether the task has these values.</summary>
    public bool Has(TaskFields fields) => WithDefaults(fields).Equals(Fields);

    /// <summary>Returns labels in the form in which they are stored.</summary>
    public static string JoinLabels(IEnumerable<string> labels) =>
        string.Concat(labels.Select(label => LabelSeparator + label + LabelSeparator));

    private Result CheckMove(TaskItemStatus status, DateTimeOffset now, DateTimeOffset? completedAt) =>
        status == Status ? Result.Success
        : !Moves.Contains((Status, status)) ? TaskErrors.StateConflict
        : (completedAt < CreatedAt && !IsSuccessor) || completedAt > now + ClockTolerance
            ? TaskErrors.CompletionOutOfRange
        : Result.Success;

    private void Move(TaskItemStatus status, DateTimeOffset now, DateTimeOffset? completedAt)
    {
        if (status != Status)
        {
            _isRescheduled |= !IsOpen;
            MoveInSeries(status);
            Status = status;
            // A device may have done a successor before another one made the server create it.
            CompletedAt = CompletionOf(status, now, completedAt < CreatedAt ? CreatedAt : completedAt);
            UpdatedAt = now;
            IsUntouched = false;
        }
    }

    private static DateTimeOffset? CompletionOf(
        TaskItemStatus status,
        DateTimeOffset now,
        DateTimeOffset? completedAt
    ) =>
        status != TaskItemStatus.Done ? null
        : completedAt < now ? completedAt
        : now;

    private TaskFields WithDefaults(TaskFields fields) =>
        fields with
        {
            Position = fields.Position ?? Positions.Unplaced(Position, CreatedVersion),
            Recurrence = RecurrenceOf(fields),
        };

    private void Write(TaskFields fields)
    {
        _isRescheduled |= Due != fields.Due || !Reminders.SequenceEqual(fields.Reminders);
        (Title, Description, Priority, Labels) = (fields.Title, fields.Description, fields.Priority, fields.Labels);
        (Due, Reminders) = (fields.Due, fields.Reminders);
        (ListId, Position, Checklist) = (fields.ListId, fields.Position!, fields.Checklist);
        _replacedRecurrence = IsClosed ? _recurrence : null;
        _recurrence = IsSuperseded ? _recurrence : fields.Recurrence;
        StartSeries();
    }
}
