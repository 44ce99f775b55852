using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace Fitnessify.Client;

/// <summary>What the server said last of a task or list, and in which pass over all its data.</summary>
internal readonly record struct Confirmed(int Epoch, JsonElement Item);

/// <summary>The records of a store in memory, which only a completed write changes. The methods are safe for concurrent use.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "The semaphore has no wait handle that would need to be disposed."
)]
internal sealed partial class OfflineRecords(IOfflineStore store, OfflineOptions options)
{
    // One write at a time reads, decides and writes; reading needs only the lock of the memory.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly object _memory = new();
    private readonly Dictionary<(ChangeKind Kind, Guid Id), Confirmed> _confirmed = [];
    private readonly SortedDictionary<long, OfflineChange> _changes = [];
    private readonly Dictionary<Guid, Guid> _predecessors = [];
    private OfflineState _state = OfflineState.New;
    private OfflineView? _view;
    private long _lastSequence;
    private bool _isClosed;

    public bool IsClosed => Volatile.Read(ref _isClosed);

    public OfflineState State => Locked(() => _state);

    public IReadOnlyList<OfflineChange> Changes => Locked(() => _changes.Values.ToArray());

    public string TimeZone => options.TimeZone ?? State.TimeZone ?? LocalTimeZone();

    /// <summary>How often everything was cleared or given to another account. Only a write changes it.</summary>
    public int Generation { get; private set; }

    /// <summary>The number of a change that is appended now. None is given twice while the replica is open.</summary>
    public long NextSequence => Locked(() => _lastSequence + 1);

    public static string NameOf(ChangeKind kind) => kind == ChangeKind.List ? "list" : "task";

    /// <exception cref="OfflineException">The store is in use or damaged.</exception>
    public async Task OpenAsync(CancellationToken ct)
    {
        var records = await store.OpenAsync(ct).ConfigureAwait(false);
        try
        {
            Locked(() => Apply(records));
            View(_ => 0);
        }
        catch (Exception cause)
            when (cause
                    is JsonException
                        or FormatException
                        or OverflowException
                        or InvalidOperationException
                        or KeyNotFoundException
            )
        {
            await store.CloseAsync().ConfigureAwait(false);
            throw new OfflineException(OfflineErrorReason.StoreDamaged, "A record cannot be read.", cause);
        }
    }

    public async Task CloseAsync()
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!IsClosed)
            {
                Volatile.Write(ref _isClosed, true);
                await store.CloseAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Writes the records that the function decides on, when no other write is under way.</summary>
    /// <param name="decide">Reads the records, and returns those to write, perhaps none.</param>
    /// <param name="ct">Cancels the wait for other writes.</param>
    public async Task WriteAsync(Func<IReadOnlyList<OfflineRecord>> decide, CancellationToken ct)
    {
        IReadOnlyList<OfflineRecord> records;
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ThrowIfClosed();
            records = decide();
            if (records.Count > 0)
            {
                await store.WriteAsync(records).ConfigureAwait(false);
                Locked(() => Apply(records));
            }
        }
        finally
        {
            _turn.Release();
        }

        // The callback may write or wait for a write, so it is called after this one.
        if (records.Any(record => record.Key != OfflineState.Key))
        {
            ReportChange();
        }
    }

    public void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new OfflineException(OfflineErrorReason.Closed);
        }
    }

    /// <summary>Makes a sync that is under way end, because what it knows is of the past.</summary>
    public void BeginGeneration() => Generation++;

    /// <summary>Reads what the app sees.</summary>
    public T View<T>(Func<OfflineView, T> read) =>
        Locked(() =>
        {
            if (_view is null)
            {
                _view = new OfflineView(_confirmed, _predecessors, TimeZone);
                foreach (var change in _changes.Values)
                {
                    _view.Add(change);
                }
            }

            return read(_view);
        });

    public OfflineChange? Change(long sequence) =>
        Locked(() => _changes.TryGetValue(sequence, out var change) ? change : null);

    /// <summary>
    /// Returns the task that has to be completed before the server makes this one, if this device has predicted it; otherwise null.
    /// </summary>
    public Guid? PredecessorOf(Guid task) =>
        Locked<Guid?>(() => _predecessors.TryGetValue(task, out var id) ? id : null);

    private void ReportChange()
    {
        try
        {
            options.OnChange?.Invoke();
        }
#pragma warning disable CA1031 // The change is stored all the same, and the call that has made it must not fail.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _ = Task.FromException(failure);
        }
    }

    private void Apply(IReadOnlyList<OfflineRecord> records)
    {
        foreach (var record in records)
        {
            var json = record.Json is null ? (JsonElement?)null : OfflineJson.Parse(record.Json);
            var separator = record.Key.IndexOf('/');
            var (kind, id) = (record.Key.Substring(0, Math.Max(0, separator)), record.Key.Substring(separator + 1));
            if (kind == "change")
            {
                ApplyChange(
                    long.Parse(id, CultureInfo.InvariantCulture),
                    json is null ? null : OfflineChange.Read(json.Value)
                );
                continue;
            }

            _view = null;
            if (record.Key == OfflineState.Key)
            {
                _state = json is null ? OfflineState.New : OfflineState.Read(json.Value);
            }
            else if (kind is "task" or "list")
            {
                ApplyConfirmed((kind == "list" ? ChangeKind.List : ChangeKind.Task, Guid.Parse(id)), json);
            }
        }
    }

    private void ApplyChange(long sequence, OfflineChange? change)
    {
        // What is appended need not be computed anew with all others.
        if (change is not null && _view is not null && sequence > _lastSequence)
        {
            _view.Add(change);
        }
        else
        {
            _view = null;
        }

        _lastSequence = Math.Max(_lastSequence, sequence);
        if (change is null)
        {
            _changes.Remove(sequence);
        }
        else
        {
            _changes[sequence] = change;
        }
    }

    private void ApplyConfirmed((ChangeKind Kind, Guid Id) key, JsonElement? json)
    {
        if (json is null)
        {
            _confirmed.Remove(key);
            return;
        }

        _confirmed[key] = new(json.Value.GetProperty("epoch").GetInt32(), json.Value.GetProperty("item"));
        _predecessors.Remove(key.Id);
    }

    private void Locked(Action action)
    {
        lock (_memory)
        {
            action();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_memory)
        {
            return read();
        }
    }

    private static string LocalTimeZone()
    {
#if NET
        if (TimeZoneInfo.TryConvertWindowsIdToIanaId(TimeZoneInfo.Local.Id, out var name))
        {
            return name;
        }
#endif
        return TimeZoneInfo.Local.Id;
    }
}
