namespace Fitnessify.Chaos;

/// <summary>The database under the servers, seen from outside.</summary>
internal sealed class Database(ServerData data)
{
    /// <summary>
    /// What SQLite finds wrong with the pages, the indexes and the foreign keys; empty when nothing. On SQL Server it is always
    /// empty: nobody but that has its files open, and it is not what is killed.
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

    /// <summary>Keeps all others from writing, on SQLite.</summary>
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

    private async Task<List<string>> ReadAsync(string pragma)
    {
        await using var connection = await data.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = pragma;
        await using var reader = await command.ExecuteReaderAsync();
        List<string> rows = [];
        while (await reader.ReadAsync())
        {
            rows.Add($"{reader.GetValue(0)}");
        }

        return rows;
    }
}
