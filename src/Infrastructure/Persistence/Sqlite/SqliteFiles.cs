using Microsoft.Data.Sqlite;

namespace Fitnessify.Infrastructure.Persistence.Sqlite;

/// <summary>Maintains SQLite databases as files.</summary>
internal static class SqliteFiles
{
    // These are SQLITE_CORRUPT and SQLITE_NOTADB.
    private static readonly int[] DamageCodes = [11, 26];

    /// <summary>Opens the file without the connection pool of the server.</summary>
    /// <exception cref="SqliteException">The file is missing, no database, or locked.</exception>
    public static Task<SqliteConnection> OpenAsync(string file, CancellationToken cancellationToken) =>
        OpenAsync(file, SqliteOpenMode.ReadWrite, cancellationToken);

    /// <summary>Copies the committed state of one moment into an existing empty file, while others read and write.</summary>
    /// <param name="source">The file to copy.</param>
    /// <param name="target">The empty file that receives the copy.</param>
    /// <param name="isAtRest">
    /// Whether no process writes to the source, so that it can be read without locks and without files beside it.
    /// </param>
    /// <exception cref="SqliteException">The source is no database, or is damaged.</exception>
    public static async Task CopyAsync(string source, string target, bool isAtRest, CancellationToken cancellationToken)
    {
        await using var from = isAtRest
            ? await OpenAsync($"{new Uri(source).AbsoluteUri}?immutable=1", SqliteOpenMode.ReadOnly, cancellationToken)
            : await OpenAsync(source, cancellationToken);
        await using var to = await OpenAsync(target, cancellationToken);
        // The copy is made in one step, in which a reader of the write-ahead log sees one state and blocks no writer.
        from.BackupDatabase(to);
    }

    /// <summary>Returns a description of the damage; null if there is none.</summary>
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
    /// Returns whether no process has the file open, and moves its write-ahead log into the file. A damaged file counts as
    /// closed, because the damage may be the reason to replace it.
    /// </summary>
    public static async Task<bool> IsClosedAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await OpenAsync(file, cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandTimeout = 1;
            // The statements run one by one, because an error after the result of a PRAGMA would be ignored.
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
            return DamageCodes.Contains(exception.SqliteErrorCode);
        }
    }

    /// <summary>Returns the path of the database's write-ahead log.</summary>
    public static string LogOf(string file) => file + "-wal";

    /// <summary>Returns the path of that log's index.</summary>
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
