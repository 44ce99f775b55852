using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Benchmarks;

/// <summary>
/// Measures for each index of the table of tasks what it costs a write and what it gives a read: everything is measured with
/// all indexes, and again in a copy of the database without the one. The owner has 20,000 tasks.
/// </summary>
internal static class TaskIndexes
{
    private const int Copies = 100;
    private const int Writes = 300;
    private const int Reads = 200;

    private const string Owned = "SELECT * FROM Tasks WHERE OwnerId = $owner AND DeletedAt IS NULL";

    // The read that each index is for.
    private static readonly Dictionary<string, string> Queries = new()
    {
        ["IX_Tasks_Id"] = "SELECT 1 FROM Tasks WHERE Id = $id",
        ["IX_Tasks_Version"] = $"{Owned} AND Version > 19000 ORDER BY Version LIMIT 51",
        ["IX_Tasks_Trash"] =
            "SELECT * FROM Tasks WHERE OwnerId = $owner AND DeletedAt IS NOT NULL ORDER BY Version DESC LIMIT 51",
        ["IX_Tasks_CreatedAt"] = $"{Owned} ORDER BY CreatedAt DESC, CreatedVersion DESC LIMIT 51",
        ["IX_Tasks_DueAt"] = $"{Owned} AND DueAt IS NOT NULL ORDER BY DueAt, CreatedVersion LIMIT 51",
        ["IX_Tasks_Priority"] = $"{Owned} ORDER BY Priority DESC, CreatedVersion DESC LIMIT 51",
        ["IX_Tasks_TitleKey"] = $"{Owned} ORDER BY TitleKey, CreatedVersion LIMIT 51",
        ["IX_Tasks_Position"] = $"{Owned} ORDER BY PositionKey, CreatedVersion LIMIT 51",
        ["IX_Tasks_ListId"] = $"{Owned} AND ListId = $list ORDER BY PositionKey, CreatedVersion LIMIT 51",
        ["IX_Tasks_Summary"] =
            "SELECT Status, Priority, ListId, COUNT(*), COUNT(CASE WHEN DueAt < 1 THEN 1 END) FROM Tasks "
            + "WHERE OwnerId = $owner AND DeletedAt IS NULL GROUP BY Status, Priority, ListId",
        ["IX_Tasks_NextAlertAt"] = "SELECT * FROM Tasks WHERE NextAlertAt < 1 ORDER BY NextAlertAt LIMIT 100",
        ["IX_Tasks_DeletedAt"] = "SELECT OwnerId FROM Tasks WHERE DeletedAt < 1 ORDER BY DeletedAt LIMIT 1",
    };

    private sealed record Costs(double Insert, double Update, long Size, Dictionary<string, double> Micros);

    public static async Task MeasureAsync()
    {
        using var server = await Server.StartAsync();
        var folder = Directory.CreateTempSubdirectory("fitnessify-indexes-");
        try
        {
            var full = Path.Combine(folder.FullName, "full.db");
            using (var source = Open(server.DatabaseFile))
            {
                Execute(source, $"VACUUM INTO '{full}'");
            }

            using (var connection = Open(full))
            {
                Fill(connection);
            }

            var with = Measure(full, null);
            await Console.Out.WriteLineAsync(
                "| index | insert, KiB | update of the title, KiB | file, MiB | its read with it, µs | without, µs |"
            );
            await Console.Out.WriteLineAsync("|---|---:|---:|---:|---:|---:|");
            foreach (var index in Queries.Keys)
            {
                var without = Measure(full, index);
                await Console.Out.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| `{index}` | {with.Insert - without.Insert:F1} | {with.Update - without.Update:F1} | {(with.Size - without.Size) / 1024 / 1024.0:F1} | {with.Micros[index]:F0} | {without.Micros[index]:F0} |"
                    )
                );
            }

            await Console.Out.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| all together | {with.Insert:F1} | {with.Update:F1} | {with.Size / 1024 / 1024.0:F1} | | |"
                )
            );
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Half of the tasks are due, a tenth is in one of ten lists, and a twentieth is in the trash.
    private static void Fill(SqliteConnection connection)
    {
        var columns = Columns(connection);
        for (var copy = 1; copy < Copies; copy++)
        {
            Insert(connection, columns, copy, "1 = 1");
        }

        Execute(connection, "UPDATE Tasks SET DueAt = CreatedAt + CreatedVersion WHERE CreatedVersion % 2 = 0");
        Execute(
            connection,
            "UPDATE Tasks SET ListId = printf('00000000-0000-7000-8000-%012X', CreatedVersion / 10 % 10) WHERE CreatedVersion % 10 = 0"
        );
        Execute(connection, "UPDATE Tasks SET DeletedAt = CreatedAt WHERE CreatedVersion % 20 = 1");
        Execute(connection, "UPDATE Tasks SET Priority = CreatedVersion % 4");
        Execute(connection, "ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
    }

    private static Costs Measure(string full, string? dropped)
    {
        var file = $"{full}.copy";
        File.Copy(full, file, overwrite: true);
        using var connection = Open(file);
        if (dropped is not null)
        {
            Execute(connection, $"DROP INDEX {dropped}");
        }

        Execute(connection, "VACUUM; PRAGMA wal_autocheckpoint = 0; PRAGMA wal_checkpoint(TRUNCATE)");
        var size = new FileInfo(file).Length;
        var reads = Queries.ToDictionary(query => query.Key, query => Read(connection, query.Value));
        var columns = Columns(connection);
        var insert = KibibytesEach(file, i => Insert(connection, columns, Copies + i, "CreatedVersion = 57"));
        var update = KibibytesEach(
            file,
            i =>
                Execute(
                    connection,
                    $"""
                    UPDATE Tasks SET Title = 'Walk', TitleKey = 'WALK {i * 7919 % 1009}', SearchText = 'WALK',
                        UpdatedAt = UpdatedAt + 1, Version = {10_000_000 + i}
                    WHERE CreatedVersion = {(i * 61 % 19_000 / 20 * 20) + 2}
                    """
                )
        );
        return new Costs(insert, update, size, reads);
    }

    private static double KibibytesEach(string file, Action<int> write)
    {
        var before = new FileInfo($"{file}-wal").Length;
        for (var i = 0; i < Writes; i++)
        {
            write(i);
        }

        return (new FileInfo($"{file}-wal").Length - before) / 1024.0 / Writes;
    }

    private static double Read(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        command.Parameters.AddWithValue("$owner", Scalar(connection, "SELECT OwnerId FROM Tasks LIMIT 1"));
        command.Parameters.AddWithValue("$id", Scalar(connection, "SELECT Id FROM Tasks WHERE CreatedVersion = 777"));
        command.Parameters.AddWithValue("$list", "00000000-0000-7000-8000-000000000003");
        var best = double.MaxValue;
        for (var i = 0; i < Reads; i++)
        {
            var started = Stopwatch.GetTimestamp();
            using var reader = command.ExecuteReader();
            while (reader.Read()) { }

            best = Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds);
        }

        return best;
    }

    private static void Insert(SqliteConnection connection, string columns, int copy, string rows)
    {
        const string NewId = "printf('{0:X8}-0000-7000-8000-%012X', CreatedVersion * 7919 % 1000003)";
        var id = NewId.Replace("{0:X8}", copy.ToString("X8", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var values = columns
            .Replace("\"Id\"", id, StringComparison.Ordinal)
            .Replace("\"Version\"", $"Version + {copy * 1000}", StringComparison.Ordinal)
            .Replace("\"CreatedVersion\"", $"CreatedVersion + {copy * 200}", StringComparison.Ordinal)
            .Replace(
                "\"PositionKey\"",
                $"printf('V%05d ', CreatedVersion + {copy * 200}) || {id}",
                StringComparison.Ordinal
            )
            .Replace(
                "\"TitleKey\"",
                $"printf('TASK %d', CreatedVersion * 7919 % 10007 + {copy})",
                StringComparison.Ordinal
            );
        Execute(
            connection,
            $"INSERT INTO Tasks ({columns}) SELECT {values} FROM Tasks WHERE CreatedVersion <= 200 AND {rows}"
        );
    }

    private static string Columns(SqliteConnection connection) =>
        (string)Scalar(connection, "SELECT group_concat('\"' || name || '\"', ', ') FROM pragma_table_info('Tasks')");

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode = WAL");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static object Scalar(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar()!;
    }
}
