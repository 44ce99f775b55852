using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Lists;

/// <summary>A list of tasks of a user.</summary>
public sealed class TaskList : IVersioned
{
    /// <summary>The longest name in UTF-16 units.</summary>
    public const int NameMaxLength = 100;

    /// <summary>The length of a color, <c>#rrggbb</c>.</summary>
    public const int ColorLength = 7;

    /// <summary>The largest number of lists of one user, without deleted ones.</summary>
    public const int MaxPerUser = 200;

    /// <summary>The largest number of lists of one user, with those whose deletion is still remembered.</summary>
    public const int MaxPerUserWithDeleted = 2000;

    private TaskList() { }

    /// <inheritdoc />
    public Guid Id { get; private init; }

    /// <inheritdoc />
    public Guid OwnerId { get; private init; }

    /// <summary>The name, 1 to <see cref="NameMaxLength"/> characters.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The color as <c>#rrggbb</c>, or null.</summary>
    public string? Color { get; private set; }

    /// <summary>The place among the lists (see <see cref="Positions"/>); set by the first save if nobody has placed it.</summary>
    public string Position { get; private set; } = "";

    /// <summary>The time in UTC at which the list was archived, as the client said; null unless it is.</summary>
    public DateTimeOffset? ArchivedAt { get; private set; }

    /// <summary>The time of the creation in UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The time of the last change in UTC.</summary>
    public DateTimeOffset UpdatedAt { get; private set; }

    /// <inheritdoc />
    public DateTimeOffset? DeletedAt { get; private set; }

    /// <inheritdoc />
    public long Version { get; private set; }

    /// <summary>The version after the creation.</summary>
    public long CreatedVersion { get; private set; }

    /// <summary>
    /// The version of the deletion, until the tasks of the list are in the trash; null when there is nothing to do. It outlives
    /// the restoration of the list: what was in it when it was deleted still goes into the trash.
    /// </summary>
    public long? EmptyThrough { get; private set; }

    /// <summary>The values that the owner can edit.</summary>
    public ListFields Fields => new(Name, Color, Position, ArchivedAt);

    /// <summary>Creates a list.</summary>
    public static TaskList Create(Guid id, Guid ownerId, ListFields fields, DateTimeOffset now)
    {
        var list = new TaskList
        {
            Id = id,
            OwnerId = ownerId,
            CreatedAt = now,
        };
        list.Write(list.Complete(fields));
        list.UpdatedAt = now;
        return list;
    }

    /// <summary>Replaces the values that the owner can edit. If nothing differs, the list does not change.</summary>
    public void Edit(ListFields fields, DateTimeOffset now)
    {
        if (!Has(fields))
        {
            Write(Complete(fields));
            UpdatedAt = now;
        }
    }

    /// <summary>Returns whether the list has these values.</summary>
    public bool Has(ListFields fields) => Complete(fields) == Fields;

    /// <summary>Deletes the list. Its tasks follow later, in batches.</summary>
    public void Delete(DateTimeOffset now)
    {
        if (DeletedAt is null)
        {
            (DeletedAt, UpdatedAt) = (now, now);
        }
    }

    /// <summary>Takes the deletion back.</summary>
    public void Restore(DateTimeOffset now)
    {
        if (DeletedAt is not null)
        {
            (DeletedAt, UpdatedAt) = (null, now);
        }
    }

    /// <summary>Places the list where lists stand that nobody has placed. The save calls it once it has given the versions.</summary>
    public void PlaceByCreation() => Position = Positions.Default(CreatedVersion);

    private ListFields Complete(ListFields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return fields with { Position = fields.Position ?? Positions.Unplaced(Position, CreatedVersion) };
    }

    private void Write(ListFields fields) =>
        (Name, Color, Position, ArchivedAt) = (fields.Name, fields.Color, fields.Position!, fields.ArchivedAt);
}

/// <summary>All values of a list that its owner can edit.</summary>
/// <param name="Name">The name, 1 to <see cref="TaskList.NameMaxLength"/> characters.</param>
/// <param name="Color">The color as <c>#rrggbb</c>, or null.</param>
/// <param name="Position">The place among the lists; null for the one by creation.</param>
/// <param name="ArchivedAt">The time in UTC at which the list was archived, or null.</param>
public sealed record ListFields(string Name, string? Color, string? Position, DateTimeOffset? ArchivedAt);
