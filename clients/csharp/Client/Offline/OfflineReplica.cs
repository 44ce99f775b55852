using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>
/// The tasks and lists of the user on this device. The app reads and writes them without a connection, and <see cref="SyncAsync"/>
/// sends what it has written and fetches what others have. What is written is in the store before a call completes, survives a crash,
/// and is sent in its order until the server has it, never twice. The members are safe for concurrent use.
/// </summary>
/// <remarks>
/// What the methods return are copies: changing them changes nothing else. Once the replica is disposed, they fail with
/// <see cref="OfflineErrorReason.Closed"/>. Writing fails with the exception of the store if that fails, and then changes nothing.
/// </remarks>
public sealed partial class OfflineReplica : IAsyncDisposable
{
    private readonly OfflineRecords _records;
    private readonly OfflineOptions _options;
    private readonly SharedRuns _syncs;

    private OfflineReplica(FitnessifySession session, OfflineRecords records, OfflineOptions options)
    {
        (_records, _options) = (records, options);
        _syncs = new SharedRuns(ct => new OfflineSync(session, records, options, ct).RunAsync());
    }

    /// <summary>
    /// The changes that wait, in their order. Those with a <see cref="OfflineChange.Problem"/> wait to be retried or discarded.
    /// </summary>
    public IReadOnlyList<OfflineChange> Changes => _records.Changes;

    /// <summary>
    /// Returns all tasks in no order, those of lists that are not there left out. Tasks that were made on this device have the version
    /// 0 until the server has them.
    /// </summary>
    public IReadOnlyList<TaskDto> GetTasks()
    {
        _records.ThrowIfClosed();
        var shown = _records.View(view => view.All(ChangeKind.Task).Where(task => IsVisible(view, task)).ToArray());
        return [.. shown.Select(ToTask)];
    }

    /// <summary>Returns a task, or null if the device shows none with this id.</summary>
    public TaskDto? GetTask(Guid id)
    {
        _records.ThrowIfClosed();
        return FindVisible(ChangeKind.Task, id) is { } task ? ToTask(task) : null;
    }

    /// <summary>Returns all lists in no order. Lists that were made on this device have the version 0 until the server has them.</summary>
    public IReadOnlyList<ListDto> GetLists()
    {
        _records.ThrowIfClosed();
        return [.. _records.View(view => view.All(ChangeKind.List).ToArray()).Select(OfflineJson.Read<ListDto>)];
    }

    /// <summary>Returns a list, or null if the device shows none with this id.</summary>
    public ListDto? GetList(Guid id)
    {
        _records.ThrowIfClosed();
        return OfflineJson.Read<ListDto>(FindVisible(ChangeKind.List, id));
    }

    /// <summary>Creates a task and returns it as it is shown. What else is wrong with it shows in a sync.</summary>
    /// <param name="task">The content of the task.</param>
    /// <param name="id">Any UUID; null generates one.</param>
    /// <exception cref="ArgumentException">The date or the time of the due is malformed.</exception>
    /// <exception cref="OfflineException">Too many changes wait.</exception>
    public async Task<TaskDto> CreateTaskAsync(
        TaskInput task,
        Guid? id = null,
        CancellationToken cancellationToken = default
    ) =>
        ToTask(
            await AppendAsync(ChangeKind.Task, id ?? Guid.NewGuid(), task, true, cancellationToken)
                .ConfigureAwait(false)
        );

    /// <summary>
    /// Changes a task and returns it as it is shown. One that becomes done is done now, unless the patch says when. If the task
    /// repeats and becomes done or canceled, the next one of its series is shown at once.
    /// </summary>
    /// <exception cref="ArgumentException">The date or the time of the due is malformed.</exception>
    /// <exception cref="OfflineException">The device shows no such task, or too many changes wait.</exception>
    public async Task<TaskDto> PatchTaskAsync(
        Guid id,
        TaskPatch patch,
        CancellationToken cancellationToken = default
    ) => ToTask(await AppendAsync(ChangeKind.Task, id, patch, false, cancellationToken).ConfigureAwait(false));

    /// <summary>Moves a task to the trash.</summary>
    /// <exception cref="OfflineException">The device shows no such task, or too many changes wait.</exception>
    public Task DeleteTaskAsync(Guid id, CancellationToken cancellationToken = default) =>
        AppendAsync(ChangeKind.Task, id, null, false, cancellationToken);

    /// <summary>Creates a list and returns it as it is shown. What is wrong with it shows in a sync.</summary>
    /// <param name="list">The content of the list.</param>
    /// <param name="id">Any UUID; null generates one.</param>
    /// <exception cref="OfflineException">Too many changes wait.</exception>
    public async Task<ListDto> CreateListAsync(
        ListInput list,
        Guid? id = null,
        CancellationToken cancellationToken = default
    ) =>
        OfflineJson.Read<ListDto>(
            await AppendAsync(ChangeKind.List, id ?? Guid.NewGuid(), list, true, cancellationToken)
                .ConfigureAwait(false)
        )!;

    /// <summary>Changes a list and returns it as it is shown.</summary>
    /// <exception cref="OfflineException">The device shows no such list, or too many changes wait.</exception>
    public async Task<ListDto> PatchListAsync(
        Guid id,
        ListPatch patch,
        CancellationToken cancellationToken = default
    ) =>
        OfflineJson.Read<ListDto>(
            await AppendAsync(ChangeKind.List, id, patch, false, cancellationToken).ConfigureAwait(false)
        )!;

    /// <summary>Deletes a list. Its tasks are not shown any more; the server moves them to the trash.</summary>
    /// <exception cref="OfflineException">The device shows no such list, or too many changes wait.</exception>
    public Task DeleteListAsync(Guid id, CancellationToken cancellationToken = default) =>
        AppendAsync(ChangeKind.List, id, null, false, cancellationToken);

    internal static async Task<OfflineReplica> OpenAsync(
        FitnessifySession session,
        IOfflineStore store,
        OfflineOptions options,
        CancellationToken ct
    )
    {
        var records = new OfflineRecords(store, options);
        await records.OpenAsync(ct).ConfigureAwait(false);
        return new OfflineReplica(session, records, options);
    }

    // Returns the item as it is shown then; null after a deletion.
    private async Task<JsonElement?> AppendAsync(
        ChangeKind kind,
        Guid id,
        object? body,
        bool isNew,
        CancellationToken ct
    )
    {
        // The caller may change the body as soon as this method returns.
        var content = body is null ? (JsonElement?)null : OfflineJson.Write(body);
        var op =
            isNew ? OfflineOperation.Create
            : body is null ? OfflineOperation.Delete
            : OfflineOperation.Patch;
        JsonElement? shown = null;
        await _records
            .WriteAsync(
                () =>
                {
                    var before = FindVisible(kind, id);
                    if (before is null && !isNew)
                    {
                        throw NotFound();
                    }

                    shown = before;
                    if (op == OfflineOperation.Patch && content!.Value.IsEmpty())
                    {
                        return [];
                    }

                    if (_records.Changes.Count >= _options.MaxChanges)
                    {
                        throw new OfflineException(OfflineErrorReason.QueueFull);
                    }

                    var change = NewChange(kind, op, id, content, before);
                    shown = ItemCopies.Apply(change, before, _records.TimeZone);
                    if (kind == ChangeKind.Task && content?.Member("due") is not null)
                    {
                        ItemCopies.CheckDue(shown!.Value, _records.TimeZone);
                    }

                    return [change.ToRecord()];
                },
                ct
            )
            .ConfigureAwait(false);
        return shown;
    }

    private OfflineChange NewChange(
        ChangeKind kind,
        OfflineOperation op,
        Guid id,
        JsonElement? content,
        JsonElement? before
    )
    {
        var now = DateTimeOffset.UtcNow;
        if (
            kind == ChangeKind.Task
            && op == OfflineOperation.Patch
            && content!.Value.Text("status") == "done"
            && content.Value.Member("completedAt") is null
            && ItemCopies.IsOpen(before!.Value)
        )
        {
            content = content.Value.With("completedAt", OfflineJson.Format(now));
        }

        var isFirst = op != OfflineOperation.Create && !_records.View(view => view.IsChanged(kind, id));
        var seen = isFirst ? _records.ConfirmedItem(kind, id) : null;
        return new OfflineChange(_records.NextSequence, kind, op, id, now, content, seen);
    }

    private JsonElement? FindVisible(ChangeKind kind, Guid id) =>
        _records.View(view =>
            view.Find(kind, id) is { } item && (kind == ChangeKind.List || IsVisible(view, item))
                ? item
                : (JsonElement?)null
        );

    private static bool IsVisible(OfflineView view, JsonElement task) =>
        task.Uuid("listId") is not { } list || view.Find(ChangeKind.List, list) is not null;

    private static TaskDto ToTask(JsonElement? element)
    {
        var task = OfflineJson.Read<TaskDto>(element)!;
        var isOpen = task.Status is TaskItemStatus.Todo or TaskItemStatus.InProgress;
        task.IsOverdue = isOpen && task.DueAt < DateTimeOffset.UtcNow;
        return task;
    }

    private static TaskDto ToTask(JsonElement element) => ToTask((JsonElement?)element);

    private static OfflineException NotFound() => new(OfflineErrorReason.NotFound);
}
