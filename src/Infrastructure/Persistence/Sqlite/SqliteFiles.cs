using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>SQLite databases as files, for what is done to them as a whole.</summary>
internal static class SqliteFiles
{
    // SQLITE_CORRUPT and SQLITE_NOTADB.
    private static readonly int[] Damaged = [11, 26];

    /// <summary>Opens it apart from all connections of the server.</summary>
    /// <exception cref="SqliteException">It is missing, no database, or held by somebody.</exception>
    public static Task<SqliteConnection> OpenAsync(string file, CancellationToken cancellationToken) =>
        OpenAsync(file, SqliteOpenMode.ReadWrite, cancellationToken);

    /// <summary>Copies all that is committed at one moment, while others go on reading and writing. The copy is there already, empty.</summary>
    /// <param name="source">Where it is.</param>
    /// <param name="target">Where the copy is to be.</param>
    /// <param name="isAtRest">Whether nobody writes into it, so that nothing has to be written beside it either, for locks for instance.</param>
    /// <exception cref="SqliteException">The source is no database, or damaged.</exception>
    public static async Task CopyAsync(string source, string target, bool isAtRest, CancellationToken cancellationToken)
    {
        await using var from = isAtRest
            ? await OpenAsync($"{new Uri(source).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly, cancellationToken)
            : await OpenAsync(source, cancellationToken);
        await using var to = await OpenAsync(target, cancellationToken);
        // In one step: a reader of the write-ahead log sees one moment, and keeps no writer waiting.
        from.BackupDatabase(to);
    }

    /// <summary>What is wrong with the file, or null.</summary>
    public static async Task<string?> FindDamageAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(file, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check(1)";
        var answer = (string?)await command.ExecuteScalarAsync(cancellationToken);
        if (answer != "ok")
        {
            return answer?.ReplaceLineEndings(" ") ?? "no answer";
        }

        command.CommandText = "PRAGMA foreign_key_check";
        return await command.ExecuteScalarAsync(cancellationToken) is string table
            ? $"a row of {table} refers to one that is not there"
            : null;
    }

    /// <summary>
    /// Whether nobody has it open; also brings what is in its log into the file itself. One that is damaged is no hindrance: that
    /// may be why another takes its place.
    /// </summary>
    public static async Task<bool> IsClosedAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(file, cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandTimeout = 1;
            // One by one: what comes after the answer of a PRAGMA fails without a word.
            foreach (
                var statement in (string[])
                    ["PRAGMA busy_timeout = 1000", "PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE", "COMMIT"]
            )
            {
                command.CommandText = statement;
                await command.ExecuteNonQueryAsync(cancellationToken);
            }

            return true;
        }
        catch (SqliteException exception)
        {
            return Damaged.Contains(exception.SqliteErrorCode);
        }
    }

    /// <summary>The write-ahead log of a database.</summary>
    public static string LogOf(string file) => file + "-wal";

    /// <summary>The index of that log.</summary>
    public static string LogIndexOf(string file) => file + "-shm";

    private static async Task<SqliteConnection> OpenAsync(
        string file,
        SqliteOpenMode mode,
        CancellationToken cancellationToken
    )
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder
            {
                DataSource = file,
                Mode = mode,
                Pooling = false,
            }.ToString()
        );
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 10000";
        await command.ExecuteNonQueryAsync(cancellationToken);
        return connection;
    }
}
