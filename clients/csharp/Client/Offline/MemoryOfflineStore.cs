namespace Fitnessify.Client;

/// <summary>Keeps the records in memory, where they are lost when the process ends, but not when the replica is closed.</summary>
public sealed class MemoryOfflineStore : IOfflineStore
{
    private readonly object _lock = new();
    private readonly Dictionary<string, OfflineRecord> _records = [];
    private bool _isOpen;

    /// <inheritdoc />
    public Task<IReadOnlyList<OfflineRecord>> OpenAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            if (_isOpen)
            {
                throw new OfflineException(OfflineErrorReason.StoreInUse);
            }

            _isOpen = true;
            return Task.FromResult<IReadOnlyList<OfflineRecord>>([.. _records.Values]);
        }
    }

    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyList<OfflineRecord> records)
    {
        lock (_lock)
        {
            foreach (var record in records)
            {
                if (record.Json is null)
                {
                    _records.Remove(record.Key);
                }
                else
                {
                    _records[record.Key] = record;
                }
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _isOpen = false;
        }

        return Task.CompletedTask;
    }
}
