using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Fitnessify.Client;

// The journal has one line for each write: the checksum of the JSON, a space, and the JSON, an array of [key, value] or, for a
// deletion, [key].
public sealed partial class FileOfflineStore
{
    private const int ChecksumLength = 16;

    // What a record takes in a line of its own besides its key and its value.
    private const int LineOverhead = ChecksumLength + 9;

    private string NewPath => _path + ".new";

    private FileStream OpenLock()
    {
        try
        {
            return OpenFile(_path + ".lock");
        }
        // The errors of a file that is open elsewhere: EWOULDBLOCK of Linux and of macOS, and ERROR_SHARING_VIOLATION of Windows.
        catch (IOException cause) when (cause.HResult is 11 or 35 or unchecked((int)0x80070020))
        {
            throw new OfflineException(OfflineErrorReason.StoreInUse, null, cause);
        }
    }

    private static FileStream OpenFile(string path)
    {
#if NET
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
#else
        return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
#endif
    }

    // Reads all writes, and cuts off one that was not completed.
    private List<OfflineRecord> Load()
    {
        var bytes = new byte[_journal!.Length];
        ReadAll(_journal, bytes);
        var header = Math.Min(bytes.Length, Header.Length);
        if (!bytes.AsSpan(0, header).SequenceEqual(Header.AsSpan(0, header)))
        {
            throw Damaged("The file is not an offline store.");
        }

        if (header < Header.Length)
        {
            Append(_journal, Header, 0);
            _end = Header.Length;
            return [];
        }

        var records = new Dictionary<string, OfflineRecord>();
        var start = header;
        while (start < bytes.Length)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var isLast = length < 0 || start + length + 1 == bytes.Length;
            if (length < 0 || Read(bytes.AsSpan(start, length)) is not { } written)
            {
                if (!isLast)
                {
                    throw Damaged($"The line that begins at byte {start} is damaged.");
                }

                break;
            }

            foreach (var record in written)
            {
                Apply(records, record);
            }

            start += length + 1;
        }

        _end = start;
        return [.. records.Values];
    }

    private static void Apply(Dictionary<string, OfflineRecord> records, OfflineRecord record)
    {
        if (record.Json is null)
        {
            records.Remove(record.Key);
        }
        else
        {
            records[record.Key] = record;
        }
    }

    private static byte[] LineOf(IReadOnlyList<OfflineRecord> records)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartArray();
            foreach (var record in records)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(record.Key);
                if (record.Json is { } value)
                {
                    writer.WriteRawValue(value);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        var content = json.ToArray();
        return [.. Encoding.ASCII.GetBytes(ChecksumOf(content) + " "), .. content, (byte)'\n'];
    }

    // Returns null for a damaged line.
    private static List<OfflineRecord>? Read(ReadOnlySpan<byte> line)
    {
        if (line.Length <= ChecksumLength)
        {
            return null;
        }

        var content = line.Slice(ChecksumLength + 1).ToArray();
        if (Encoding.ASCII.GetString(line.Slice(0, ChecksumLength + 1).ToArray()) != ChecksumOf(content) + " ")
        {
            return null;
        }

        using var json = JsonDocument.Parse(content);
        return
        [
            .. json
                .RootElement.EnumerateArray()
                .Select(record => new OfflineRecord(
                    record[0].GetString()!,
                    record.GetArrayLength() > 1 ? record[1].GetRawText() : null
                )),
        ];
    }

    private static string ChecksumOf(byte[] content)
    {
#pragma warning disable CA1850 // .NET Standard has no SHA256.HashData.
        using var sha256 = SHA256.Create();
        var hash = BitConverter.ToString(sha256.ComputeHash(content));
#pragma warning restore CA1850
        return hash.Replace("-", "").Substring(0, ChecksumLength);
    }

    private static void Append(FileStream file, byte[] bytes, long end)
    {
        // A write that has failed may have left a part of it.
        if (file.Length != end)
        {
            file.SetLength(end);
        }

        try
        {
            file.Position = end;
            file.Write(bytes, 0, bytes.Length);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            CutOff(file, end);
            throw;
        }
    }

    private static void CutOff(FileStream file, long end)
    {
        try
        {
            file.SetLength(end);
        }
        catch (IOException)
        {
            // The next write tries it again, and a part of a line is ignored when the file is opened.
        }
    }

    private void TryCompact()
    {
        try
        {
            var records = Load();
            File.Delete(NewPath);
            using (var file = OpenFile(NewPath))
            {
                file.Write(Header, 0, Header.Length);
                foreach (var record in records)
                {
                    var line = LineOf([record]);
                    file.Write(line, 0, line.Length);
                }

                file.Flush(flushToDisk: true);
            }

            // Windows does not replace a file that is open. The lock keeps others out meanwhile.
            _journal!.Dispose();
            _journal = null;
            File.Replace(NewPath, _path, null);
            _journal = OpenFile(_path);
            _end = _journal.Length;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What was written is durable, in the old file or in the new one, and a later write tries it again.
        }
    }

    private static void ReadAll(FileStream file, byte[] bytes)
    {
        file.Position = 0;
        for (var (total, read) = (0, -1); total < bytes.Length && read != 0; total += read)
        {
            read = file.Read(bytes, total, bytes.Length - total);
        }
    }

    private static OfflineException Damaged(string message) => new(OfflineErrorReason.StoreDamaged, message);
}
