namespace Fitnessify.Client;

/// <summary>
/// Keeps the records of an <see cref="OfflineReplica"/> on the device. An app that has a database of its own implements the methods
/// with one table of keys and values.
/// </summary>
public interface IOfflineStore
{
    /// <summary>Opens the store, for one replica at a time, and returns all records in any order.</summary>
    /// <exception cref="OfflineException">The store is in use, or damaged.</exception>
    Task<IReadOnlyList<OfflineRecord>> OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Writes the records in one transaction, all or none. When it completes, they must survive a crash. It cannot be canceled,
    /// because it would not be known then what is stored. Two writes are never made at the same time.
    /// </summary>
    Task WriteAsync(IReadOnlyList<OfflineRecord> records);

    /// <summary>Closes the store, so that another replica can open it.</summary>
    Task CloseAsync();
}

/// <summary>A record of an <see cref="IOfflineStore"/>, or its deletion.</summary>
public sealed class OfflineRecord
{
    /// <summary>Creates a record.</summary>
    /// <param name="key">The key.</param>
    /// <param name="json">The value as JSON without line breaks; null deletes the record.</param>
    public OfflineRecord(string key, string? json) => (Key, Json) = (key, json);

    /// <summary>The key, at most 100 characters of ASCII.</summary>
    public string Key { get; }

    /// <summary>The value as JSON without line breaks; null deletes the record.</summary>
    public string? Json { get; }
}
