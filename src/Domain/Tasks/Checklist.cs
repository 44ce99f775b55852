using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>
/// The steps of a task, under keys that the client chooses, so that two devices can change different items of one checklist.
/// A checklist does not change; a merge returns another one.
/// </summary>
public sealed class Checklist : IEquatable<Checklist>
{
    /// <summary>The largest number of items.</summary>
    public const int MaxCount = 100;

    /// <summary>The form of a key.</summary>
    public const string KeyPattern = @"\A[A-Za-z0-9-]{1,36}\z";

    /// <summary>The longest title of an item in UTF-16 units.</summary>
    public const int TitleMaxLength = 200;

    /// <summary>Creates a checklist of items with different keys.</summary>
    public Checklist(IEnumerable<ChecklistItem> items) =>
        Items = [.. items.OrderBy(item => item, Comparer<ChecklistItem>.Create(Compare))];

    /// <summary>The checklist of a task that has none.</summary>
    public static Checklist Empty { get; } = new([]);

    /// <summary>The items by their positions.</summary>
    public IReadOnlyList<ChecklistItem> Items { get; }

    /// <summary>Returns the same steps, none of which is done.</summary>
    public Checklist Unticked() =>
        Items.Any(item => item.Done) ? new Checklist(Items.Select(item => item with { Done = false })) : this;

    /// <summary>
    /// Applies changes by key, in their order. Null removes an item. An item that is not there is added if the change has a
    /// title; otherwise the change is ignored, because another device has removed the item. A new item without a position
    /// comes last.
    /// </summary>
    public Checklist Merge(IEnumerable<KeyValuePair<string, ChecklistItemChange?>> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var items = Items.ToDictionary(item => item.Key);
        foreach (var (key, change) in changes)
        {
            var item = items.GetValueOrDefault(key);
            if (change is null)
            {
                items.Remove(key);
            }
            else if (item is not null || change.Title is { IsPresent: true, Value: not null })
            {
                var last = items
                    .Values.Where(other => other.Key != key)
                    .MaxBy(other => other.Position, StringComparer.Ordinal);
                items[key] = change.ApplyTo(item ?? new ChecklistItem(key, "", false, ""), last?.Position);
            }
        }

        return new Checklist(items.Values);
    }

    /// <inheritdoc />
    public bool Equals(Checklist? other) => other is not null && Items.SequenceEqual(other.Items);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Checklist);

    /// <inheritdoc />
    public override int GetHashCode() => Items.Aggregate(0, HashCode.Combine);

    private static int Compare(ChecklistItem left, ChecklistItem right) =>
        Positions.Compare((left.Position, left.Key), (right.Position, right.Key));
}

/// <summary>A step of a task.</summary>
/// <param name="Key">The key, chosen by the client.</param>
/// <param name="Title">The title, 1 to <see cref="Checklist.TitleMaxLength"/> characters.</param>
/// <param name="Done">Whether it is ticked.</param>
/// <param name="Position">The place in the checklist (see <see cref="Positions"/>).</param>
public sealed record ChecklistItem(string Key, string Title, bool Done, string Position);

/// <summary>A merge patch of an item (RFC 7396).</summary>
/// <param name="Title">The title; an item cannot be without.</param>
/// <param name="Done">Whether it is ticked; null for not.</param>
/// <param name="Position">The place in the checklist; null for the end.</param>
public sealed record ChecklistItemChange(Optional<string?> Title, Optional<bool?> Done, Optional<string?> Position)
{
    internal ChecklistItem ApplyTo(ChecklistItem item, string? last) =>
        item with
        {
            Title = Title.IsPresent ? Title.Value! : item.Title,
            Done = Done.IsPresent ? Done.Value ?? false : item.Done,
            Position =
                Position.IsPresent ? Position.Value ?? Positions.After(last)
                : item.Position.Length > 0 ? item.Position
                : Positions.After(last),
        };
}
