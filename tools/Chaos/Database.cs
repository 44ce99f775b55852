using System.Runtime.CompilerServices;
using Fitnessify.Infrastructure;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Chaos;

/// <summary>The file under the servers, seen from outside.</summary>
internal sealed class DatabaseFile
{
    private readonly string _connectionString;

    public DatabaseFile(string path)
    {
        // Infrastructure says which SQLite is used.
        RuntimeHelpers.RunModuleConstructor(typeof(DependencyInjection).Module.ModuleHandle);
        _connectionString = $"Data Source={path};Pooling=False";
    }

    /// <summary>What SQLite finds wrong with the pages, the indexes and the foreign keys; empty when nothing.</summary>
    public async Task<string> CheckAsync()
    {
        List<string> found =
        [
            .. await ReadAsync("PRAGMA integrity_check"),
            .. await ReadAsync("PRAGMA foreign_key_check"),
        ];
        return string.Join("; ", found.Where(row => row != "ok"));
    }

    /// <summary>Keeps all others from writing.</summary>
    public async Task LockAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync(cancellationToken);
        await Task.Delay(duration, cancellationToken);
        command.CommandText = "ROLLBACK";
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task<List<string>> ReadAsync(string pragma)
    {
        await using var connection = await OpenAsync();
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

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync();
        return connection;
    }
}
