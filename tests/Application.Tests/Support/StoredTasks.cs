using System.Reflection;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Support;

/// <summary>
/// Stores tasks like a database: a reader gets a copy, the same one until the next refused save; ids are unique across
/// owners; a save is all or nothing, raises the counter of the owner for each change and refuses what has changed since it was read.
/// </summary>
internal sealed class StoredTasks : ITaskRepository, IUnitOfWork, ICurrentUser
{
    private static readonly PropertyInfo Version = typeof(TaskItem).GetProperty(nameof(TaskItem.Version))!;

    private static readonly MethodInfo Clone = typeof(object).GetMethod(
        "MemberwiseClone",
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    private readonly Dictionary<Guid, TaskItem> _rows = [];

    // Holds each task that was read, with its original state, which is null for a new task.
    private readonly Dictionary<Guid, (TaskItem Task, TaskItem? Before)> _tracked = [];
    private readonly Dictionary<Guid, long> _counters = [];

    public Guid Id { get; } = Guid.NewGuid();

    public Guid SessionId { get; } = Guid.NewGuid();

    public FakeTimeProvider Clock { get; } = Given.Clock();

    public int Saves { get; private set; }

    public int Count => _rows.Count;

    /// <summary>Gets or sets an action that runs once, between the reads of a request and its next save.</summary>
    public Action? BeforeNextSave { get; set; }

    public TaskWriter Changer => new(this, this, this, Given.Mapper, Clock);

    public static TaskFields Fields(string title, TaskItemStatus status = TaskItemStatus.Todo) =>
        new(title, "Description", status, TaskPriority.High, Given.Now.AddDays(1), ["gym"]);

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

    /// <summary>Stores this instance of a task.</summary>
    public TaskItem Write(TaskItem task)
    {
        _counters[task.OwnerId] = _counters.GetValueOrDefault(task.OwnerId) + 1;
        Version.SetValue(task, _counters[task.OwnerId]);
        _rows[task.Id] = Copy(task);
        return Row(task.Id);
    }

    /// <summary>Changes a stored task as another client would.</summary>
    public void Change(Guid id, Action<TaskItem> change)
    {
        var task = Row(id);
        change(task);
        Write(task);
    }

    /// <summary>Returns the stored task.</summary>
    public TaskItem Row(Guid id) => Copy(_rows[id]);

    public bool Holds(Guid id) => _rows.ContainsKey(id);

    public void Add(TaskItem task) => _tracked.Add(task.Id, (task, null));

    public Task<TaskItem?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken)
    {
        if (!_tracked.TryGetValue(id, out var found) && Owned(ownerId, id) is { } row)
        {
            found = (Copy(row), row);
            _tracked.Add(id, found);
        }

        return Task.FromResult(found.Task?.OwnerId == ownerId ? found.Task : null);
    }

    public Task<TaskItem?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(Owned(ownerId, id) is { DeletedAt: null } row ? Copy(row) : null);

    public Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
    {
        var action = BeforeNextSave;
        BeforeNextSave = null;
        action?.Invoke();
        var changed = _tracked.Values.Where(tracked => IsChanged(tracked.Task, tracked.Before)).ToList();
        var refused =
            changed.Any(tracked => tracked.Before is null && Holds(tracked.Task.Id)) ? CommonErrors.NotFound
            : changed.Any(tracked =>
                tracked.Before is { } before && _rows.GetValueOrDefault(before.Id)?.Version != before.Version
            )
                ? CommonErrors.PreconditionFailed
            : null;
        if (refused is not null)
        {
            _tracked.Clear();
            return Task.FromResult<Result>(refused);
        }

        foreach (var (task, _) in changed)
        {
            Write(task);
            _tracked[task.Id] = (task, _rows[task.Id]);
        }

        Saves++;
        return Task.FromResult(Result.Success);
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

    private TaskItem? Owned(Guid ownerId, Guid id) =>
        _rows.TryGetValue(id, out var row) && row.OwnerId == ownerId ? row : null;

    private static bool IsChanged(TaskItem task, TaskItem? before) =>
        before is null
        || !task.Fields.Equals(before.Fields)
        || (task.UpdatedAt, task.CompletedAt, task.DeletedAt)
            != (before.UpdatedAt, before.CompletedAt, before.DeletedAt);

    private static TaskItem Copy(TaskItem task) => (TaskItem)Clone.Invoke(task, null)!;
}

/// <summary>Merge patches for tests, in which all other members are absent.</summary>
internal static class Patch
{
    public static TaskPatch Nothing { get; } = new(default, default, default, default, default, default);

    public static TaskPatch Title(string? title) => Nothing with { Title = new(title) };

    public static TaskPatch Status(TaskItemStatus? status) => Nothing with { Status = new(status) };

    public static TaskPatch Priority(TaskPriority? priority) => Nothing with { Priority = new(priority) };
}
