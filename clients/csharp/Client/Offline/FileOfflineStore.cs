using System.Text;

namespace Fitnessify.Client;

/// <summary>
/// Keeps the records in a file. Each write is appended to it and flushed to the disk, so that it is there completely or not at all,
/// whenever the process or the machine stops.
/// </summary>
/// <remarks>
/// A second file, whose name has <c>.lock</c> at its end, keeps other replicas out while the store is open. On Unix, only the owner of
/// the files can read them, unless they were there before; in .NET Standard 2.0 the permissions are those of new files. When most of a
/// file of more than 1 MiB is outdated, a new file with the extension <c>.new</c> takes its place.
/// </remarks>
/// <param name="path">The path of the file. Its folder is created if it is not there.</param>
public sealed partial class FileOfflineStore(string path) : IOfflineStore
{
    private const int CompactionLength = 1024 * 1024;

    // The first line says what the file is, so that no other file is taken for one and cut off.
    private static readonly byte[] Header = Encoding.ASCII.GetBytes("Fitnessify offline store 1\n");

    private readonly string _path = Path.GetFullPath(path);
    private readonly Dictionary<string, int> _lengths = [];
    private FileStream? _lock;
    private FileStream? _journal;

    // The end of the last complete write. What is behind it is the rest of a write that has failed.
    private long _end;
    private long _liveLength;

    /// <inheritdoc />
    public Task<IReadOnlyList<OfflineRecord>> OpenAsync(CancellationToken cancellationToken = default) =>
        Task.Run(Open, cancellationToken);

    /// <inheritdoc />
    public Task WriteAsync(IReadOnlyList<OfflineRecord> records) => Task.Run(() => Write(records));

    /// <inheritdoc />
    public Task CloseAsync() => Task.Run(Close);

    private IReadOnlyList<OfflineRecord> Open()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        _lock = OpenLock();
        try
        {
            // It is left over from a process that ended while it wrote it; the old file is complete.
            File.Delete(NewPath);
            _journal = OpenFile(_path);
            var records = Load();
            _lengths.Clear();
            _liveLength = 0;
            Count(records);
            return records;
        }
        catch
        {
            Close();
            throw;
        }
    }

    private void Write(IReadOnlyList<OfflineRecord> records)
    {
        if (_lock is null)
        {
            throw new OfflineException(OfflineErrorReason.Closed);
        }

        if (_journal is null)
        {
            // A compaction has closed it and failed then.
            _journal = OpenFile(_path);
            Load();
        }

        Append(_journal, LineOf(records), _end);
        _end = _journal.Length;
        Count(records);
        if (_end > CompactionLength && _end > 2 * _liveLength)
        {
            TryCompact();
        }
    }

    private void Close()
    {
        _journal?.Dispose();
        _lock?.Dispose();
        (_journal, _lock) = (null, null);
    }

    private void Count(IEnumerable<OfflineRecord> records)
    {
        foreach (var record in records)
        {
            if (_lengths.TryGetValue(record.Key, out var before))
            {
                _liveLength -= before;
                _lengths.Remove(record.Key);
            }

            if (record.Json is { } json)
            {
                _lengths[record.Key] = Encoding.UTF8.GetByteCount(json) + record.Key.Length + LineOverhead;
                _liveLength += _lengths[record.Key];
            }
        }
    }
}
