using System.Globalization;

namespace Fitnessify.Chaos;

/// <summary>This class accesses the database of the servers directly.</summary>
internal sealed class Database(ServerData data)
{
    /// <summary>
    /// The result describes corrupt pages, indexes and foreign keys of a SQLite file, and is empty when there are none. SQL Server
    /// is not checked, because it has its own process, which is not killed.
    /// </summary>
    public async Task<string> CheckAsync()
    {
        if (ServerData.IsSqlServer)
        {
            return "";
        }

        List<string> found =
        [
            .. await ReadAsync("PRAGMA integrity_check"),
            .. await ReadAsync("PRAGMA foreign_key_check"),
        ];
        return string.Join("; ", found.Where(row => row != "ok"));
    }

    /// <summary>The write lock of SQLite is held for the duration, so that no server can write.</summary>
    public async Task LockAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var connection = await data.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(cancellationToken);
        await Task.Delay(duration, cancellationToken);
        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>The result is the number of all notifications. The file of SQLite lets one read it without a wait for writers.</summary>
    public async Task<int> CountNotificationsAsync() =>
        int.Parse((await ReadAsync("SELECT COUNT(*) FROM Notifications"))[0], CultureInfo.InvariantCulture);

    private async Task<List<string>> ReadAsync(string sql)
    {
        await using var connection = await data.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add($"{reader.GetValue(0)}");
        }

        return rows;
    }
}
