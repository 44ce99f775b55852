using System.Reflection;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Support;

/// <summary>
/// Stores tasks or lists like a database: a reader gets a copy, the same one until the next refused save; ids are unique across
/// owners; a save is all or nothing, raises the counter of the owner for each change, places what nobody has placed, and
/// refuses what has changed since it was read.
/// </summary>
internal abstract class Stored<T> : IUnitOfWork, ICurrentUser
    where T : class, IVersioned
{
    private static readonly PropertyInfo Version = typeof(T).GetProperty(nameof(IVersioned.Version))!;

    private static readonly PropertyInfo CreatedVersion = typeof(T).GetProperty("CreatedVersion")!;

    private static readonly MethodInfo Clone = typeof(object).GetMethod(
        "MemberwiseClone",
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    private readonly Dictionary<Guid, T> _rows = [];

    // Holds each item that was read, with its original state, which is null for a new one.
    private readonly Dictionary<Guid, (T Item, T? Before)> _tracked = [];
    private readonly Dictionary<Guid, long> _counters = [];

    public Guid Id { get; } = Guid.NewGuid();

    public Guid SessionId { get; } = Guid.NewGuid();

    public FakeTimeProvider Clock { get; } = Given.Clock();

    public int Saves { get; private set; }

    public int Count => _rows.Count;

    /// <summary>Gets or sets an action that runs once, between the reads of a request and its next save.</summary>
    public Action? BeforeNextSave { get; set; }

    /// <summary>Gets or sets the error with which saves are refused.</summary>
    public Error? Refusal { get; set; }

    /// <summary>Stores this instance.</summary>
    public T Write(T item)
    {
        _counters[item.OwnerId] = _counters.GetValueOrDefault(item.OwnerId) + 1;
        Version.SetValue(item, _counters[item.OwnerId]);
        if (!Holds(item.Id))
        {
            CreatedVersion.SetValue(item, item.Version);
            Complete(item);
        }

        _rows[item.Id] = Copy(item);
        return Row(item.Id);
    }

    /// <summary>Changes what is stored as another client would.</summary>
    public void Change(Guid id, Action<T> change)
    {
        var item = Row(id);
        change(item);
        Write(item);
    }

    /// <summary>Returns what is stored.</summary>
    public T Row(Guid id) => Copy(_rows[id]);

    public bool Holds(Guid id) => _rows.ContainsKey(id);

    public void Add(T item) => _tracked.Add(item.Id, (item, null));

    public Task<T?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken)
    {
        if (!_tracked.TryGetValue(id, out var found) && Owned(ownerId, id) is { } row)
        {
            found = (Copy(row), row);
            _tracked.Add(id, found);
        }

        return Task.FromResult(found.Item?.OwnerId == ownerId ? found.Item : null);
    }

    public Task<T?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(Owned(ownerId, id) is { DeletedAt: null } row ? Copy(row) : null);

    public Task<Result> SaveChangesAsync(CancellationToken cancellationToken)
    {
        var action = BeforeNextSave;
        BeforeNextSave = null;
        action?.Invoke();
        var changed = _tracked
            .Values.Where(tracked => tracked.Before is null || IsChanged(tracked.Item, tracked.Before))
            .ToList();
        var refused =
            Refusal is not null ? Refusal
            : changed.Any(tracked => tracked.Before is null && Holds(tracked.Item.Id)) ? CommonErrors.NotFound
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

        foreach (var (item, _) in changed)
        {
            Write(item);
            _tracked[item.Id] = (item, _rows[item.Id]);
        }

        Saves++;
        return Task.FromResult(Result.Success);
    }

    public Task<Result> SaveChangesAsync(Func<Task<Error?>> change, CancellationToken cancellationToken) =>
        this.SaveAfterAsync(change, cancellationToken);

    protected abstract bool IsChanged(T item, T before);

    protected abstract void Complete(T item);

    private T? Owned(Guid ownerId, Guid id) =>
        _rows.TryGetValue(id, out var row) && row.OwnerId == ownerId ? row : null;

    private static T Copy(T item) => (T)Clone.Invoke(item, null)!;
}
