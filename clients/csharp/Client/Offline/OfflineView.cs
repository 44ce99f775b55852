using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>What the app sees: what the server has said, with the changes that wait applied to it.</summary>
/// <param name="confirmed">What the server has said.</param>
/// <param name="predecessors">
/// The task that must be completed before the server makes a predicted one, by the id of the latter. The view adds what it predicts.
/// </param>
/// <param name="timeZone">The IANA name of the user's time zone.</param>
internal sealed class OfflineView(
    IReadOnlyDictionary<(ChangeKind Kind, Guid Id), Confirmed> confirmed,
    Dictionary<Guid, Guid> predecessors,
    string timeZone
)
{
    // Null stands for an item that is not there any more.
    private readonly Dictionary<(ChangeKind Kind, Guid Id), JsonElement?> _changed = [];
    private readonly HashSet<Guid> _predicted = [];

    public JsonElement? Find(ChangeKind kind, Guid id) =>
        _changed.TryGetValue((kind, id), out var changed) ? changed
        : confirmed.TryGetValue((kind, id), out var said) ? said.Item
        : null;

    public bool IsChanged(ChangeKind kind, Guid id) => _changed.ContainsKey((kind, id));

    public IEnumerable<JsonElement> All(ChangeKind kind) =>
        confirmed
            .Where(of => of.Key.Kind == kind && !_changed.ContainsKey(of.Key))
            .Select(of => of.Value.Item)
            .Concat(_changed.Where(of => of.Key.Kind == kind && of.Value is not null).Select(of => of.Value!.Value));

    /// <summary>Applies one more change, which is later than all others.</summary>
    public void Add(OfflineChange change)
    {
        var before = Find(change.Kind, change.Id);
        var after = ItemCopies.Apply(change, before, timeZone);
        _changed[(change.Kind, change.Id)] = after;
        _predicted.Remove(change.Id);
        if (change is not { Kind: ChangeKind.Task, Op: OfflineOperation.Patch } || before is null || after is null)
        {
            return;
        }

        var (wasOpen, isOpen) = (ItemCopies.IsOpen(before.Value), ItemCopies.IsOpen(after.Value));
        if (wasOpen && !isOpen)
        {
            Predict(after.Value, change);
        }
        else if (!wasOpen && isOpen)
        {
            Withdraw(change.Id);
        }
    }

    private void Predict(JsonElement task, OfflineChange change)
    {
        if (
            ItemCopies.Successor(task, task.Time("completedAt") ?? change.At, timeZone) is { } successor
            && successor.Uuid("id") is { } id
            && !confirmed.ContainsKey((ChangeKind.Task, id))
            && !IsChanged(ChangeKind.Task, id)
        )
        {
            _changed[(ChangeKind.Task, id)] = successor;
            _predicted.Add(id);
            predecessors[id] = change.Id;
        }
    }

    // The server removes the next task of a reopened one, too, unless the user has changed it.
    private void Withdraw(Guid reopened)
    {
        foreach (var id in _predicted.Where(id => predecessors[id] == reopened).ToArray())
        {
            _changed.Remove((ChangeKind.Task, id));
            _predicted.Remove(id);
        }
    }
}
