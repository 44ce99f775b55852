using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fitnessify.Client;

// These methods return the records of a write; those who call them have their turn to write.
#pragma warning disable CA1001 // Without its wait handle, a semaphore holds nothing to dispose of.
internal sealed partial class OfflineRecords
#pragma warning restore CA1001
{
    private static string KeyOf(ChangeKind kind, Guid id) => $"{NameOf(kind)}/{id}";

    /// <summary>Returns what the server said last; null if it has not, or if the task is only predicted.</summary>
    public JsonElement? ConfirmedItem(ChangeKind kind, Guid id) =>
        Locked<JsonElement?>(() =>
            _confirmed.TryGetValue((kind, id), out var known) && known.Item.Version() > 0 ? known.Item : null
        );

    /// <summary>Returns the record of what the server says, or none if something as new is known.</summary>
    public IReadOnlyList<OfflineRecord> Confirm(ChangeKind kind, JsonElement item)
    {
        var (state, id) = (State, item.GetProperty("id").GetGuid());
        var known = Locked<Confirmed?>(() => _confirmed.TryGetValue((kind, id), out var found) ? found : null);
        if (known is { } other && other.Epoch == state.Epoch && other.Item.Version() >= item.Version())
        {
            return [];
        }

        var json = new JsonObject { ["epoch"] = state.Epoch, ["item"] = item.ToNode() };
        return [new OfflineRecord(KeyOf(kind, id), json.ToJsonString())];
    }

    /// <summary>Returns the record of a deletion, or none if the item is not known.</summary>
    public IReadOnlyList<OfflineRecord> ConfirmDeletion(ChangeKind kind, Guid id) =>
        Locked(() => _confirmed.ContainsKey((kind, id))) ? [new OfflineRecord(KeyOf(kind, id), null)] : [];

    /// <summary>Returns the records after a change was sent.</summary>
    /// <param name="change">The change. It may have been discarded meanwhile.</param>
    /// <param name="item">The item as the server has it now; null if it is gone.</param>
    public IReadOnlyList<OfflineRecord> Acknowledge(OfflineChange change, JsonElement? item)
    {
        // A task in the trash is gone as well.
        var live = item?.Member("deletedAt") is null ? item : null;
        List<OfflineRecord> records =
        [
            .. live is { } said ? Confirm(change.Kind, said) : ConfirmDeletion(change.Kind, change.Id),
        ];
        if (Change(change.Sequence) is not null)
        {
            records.AddRange(Remove(change, live));
        }

        if (live is { } task && change.Kind == ChangeKind.Task)
        {
            records.AddRange(ConfirmSuccessor(change, task));
        }

        return records;
    }

    /// <summary>Returns the records that remove a change. The next one of its item is based on what the item is then.</summary>
    public IReadOnlyList<OfflineRecord> Remove(OfflineChange change, JsonElement? seen)
    {
        var next = Changes.FirstOrDefault(later =>
            later.Kind == change.Kind && later.Id == change.Id && later.Sequence > change.Sequence
        );
        var removed = new OfflineRecord(change.Key, null);
        return next is { Seen: null } && seen is not null ? [removed, next.WithBase(seen).ToRecord()] : [removed];
    }

    /// <summary>Returns the deletions of what a complete pass over the data of the server has not met.</summary>
    /// <param name="met">The records of the last page.</param>
    public IReadOnlyList<OfflineRecord> Unmet(IEnumerable<OfflineRecord> met)
    {
        var keys = new HashSet<string>(met.Select(record => record.Key));
        return Locked(() =>
            _confirmed
                .Where(of => of.Value.Epoch != _state.Epoch || of.Value.Item.Version() == 0)
                .Select(of => KeyOf(of.Key.Kind, of.Key.Id))
                .Where(key => !keys.Contains(key))
                .Select(key => new OfflineRecord(key, null))
                .ToArray()
        );
    }

    /// <summary>Returns the deletions of all records.</summary>
    public IReadOnlyList<OfflineRecord> All() =>
        Locked(() =>
            _confirmed
                .Keys.Select(of => KeyOf(of.Kind, of.Id))
                .Concat(_changes.Values.Select(change => change.Key))
                .Append(OfflineState.Key)
                .Select(key => new OfflineRecord(key, null))
                .ToArray()
        );

    // The server has made the next task of the series, but only the next pull gets it.
    private IReadOnlyList<OfflineRecord> ConfirmSuccessor(OfflineChange change, JsonElement task)
    {
        if (
            change.Op != OfflineOperation.Patch
            || change.Content?.Member("status") is null
            || ItemCopies.IsOpen(task)
            || (task.Time("completedAt") ?? task.Time("updatedAt")) is not { } closedAt
            || ItemCopies.Successor(task, closedAt, TimeZone) is not { } successor
        )
        {
            return [];
        }

        return Locked(() => _confirmed.ContainsKey((ChangeKind.Task, successor.GetProperty("id").GetGuid())))
            ? []
            : Confirm(ChangeKind.Task, successor);
    }
}
