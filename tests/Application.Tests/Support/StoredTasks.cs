using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Moq;

namespace Fitnessify.Application.Tests.Support;

/// <summary>Stores tasks like a database.</summary>
internal sealed class StoredTasks : Stored<TaskItem>, ITaskRepository
{
    public TaskSeries Series { get; }

    public TaskWriter Changer => new(this, this, this, Series, Given.Mapper, Clock);

    // Tests of series run on a real database.
    public StoredTasks() =>
        Series = new TaskSeries(
            this,
            Mock.Of<ISeriesRepository>(MockBehavior.Strict),
            Mock.Of<IAccountRepository>(MockBehavior.Strict),
            Mock.Of<IRecurrenceRules>(MockBehavior.Strict)
        );

    public static TaskFields Fields(string title, TaskItemStatus status = TaskItemStatus.Todo) =>
        new(title, "Description", status, TaskPriority.High, Due.At(Given.Now.AddDays(1)), ["gym"]);

    /// <summary>Stores a task of the current user or of another one.</summary>
    public TaskItem Store(
        string title,
        TaskItemStatus status = TaskItemStatus.Todo,
        bool inTrash = false,
        Guid? ownerId = null
    )
    {
        var task = TaskItem.Create(Guid.NewGuid(), ownerId ?? Id, Fields(title, status), Given.Now.AddDays(-2));
        if (inTrash)
        {
            task.Trash(Given.Now.AddDays(-1));
        }

        return Write(task);
    }

    public Task<Result<Page<TaskItem>>> ListAsync(
        Guid ownerId,
        TaskFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("A command lists nothing.");

    public Task<TaskCounts> CountAsync(
        Guid ownerId,
        DateTimeOffset now,
        (DateTimeOffset From, DateTimeOffset To) today,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("A command counts nothing.");

    protected override bool IsChanged(TaskItem item, TaskItem before) =>
        !item.Fields.Equals(before.Fields)
        || (item.UpdatedAt, item.CompletedAt, item.DeletedAt)
            != (before.UpdatedAt, before.CompletedAt, before.DeletedAt);

    protected override void Complete(TaskItem item)
    {
        if (item.Position.Length == 0)
        {
            item.PlaceByCreation();
        }

        item.ResolveDue(Due.Utc);
    }
}

/// <summary>Merge patches for tests, in which all other members are absent.</summary>
internal static class Patch
{
    public static TaskPatch Nothing { get; } = new(default, default, default, default, default, default);

    public static TaskPatch Title(string? title) => Nothing with { Title = new(title) };

    public static TaskPatch Status(TaskItemStatus? status) => Nothing with { Status = new(status) };

    public static TaskPatch Priority(TaskPriority? priority) => Nothing with { Priority = new(priority) };

    public static TaskPatch Checklist(params (string Key, ChecklistItemPatch? Item)[] items) =>
        Nothing with
        {
            Checklist = new(items.ToDictionary(item => item.Key, item => item.Item)),
        };

    /// <summary>A patch of one step of a checklist.</summary>
    public static ChecklistItemPatch Step(
        Optional<string?> title = default,
        Optional<bool?> done = default,
        Optional<string?> position = default
    ) => new(title, done, position);
}
