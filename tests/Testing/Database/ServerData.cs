using System.Data.Common;
using System.Runtime.CompilerServices;
using Fitnessify.Infrastructure;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Testing;

/// <summary>
/// The data that server processes share: a folder with the SQLite database, or a database on the SQL Server of the tests. It is
/// deleted when this object is disposed, after the processes have ended.
/// </summary>
internal sealed class ServerData : IDisposable
{
    private readonly string? _sqlServer;

    /// <exception cref="InvalidOperationException">The configured SQL Server is not available.</exception>
    public ServerData()
    {
        TestSqlServer.Check();
        _sqlServer = IsSqlServer ? TestSqlServer.NewDatabase() : null;
        Folder = Directory.CreateTempSubdirectory("fitnessify-").FullName;
    }

    public static bool IsSqlServer => TestSqlServer.ConnectionString is not null;

    public string Folder { get; }

    public string ConnectionString => _sqlServer ?? $"Data Source={ServerProcess.DatabaseIn(Folder)}";

    /// <summary>Gets the settings of the processes.</summary>
    public IReadOnlyList<string> Settings =>
        _sqlServer is null
            ? []
            :
            [
                "--Database:Provider=SqlServer",
                "--Database:MigrateOnStart=true",
                $"--ConnectionStrings:Fitnessify={_sqlServer}",
            ];

    /// <summary>Starts a process with this data.</summary>
    public ServerProcess Run(string[] args, params (string Name, string Value)[] environment) =>
        ServerProcess.Run(Folder, With(args), environment);

    /// <summary>Starts a process with limited numbers of open files and connections.</summary>
    public ServerProcess RunWith(int descriptors, string[] args) =>
        ServerProcess.RunWith(descriptors, Folder, With(args));

    /// <summary>Opens a connection to read or disturb the database.</summary>
    public async Task<DbConnection> OpenAsync()
    {
        // Infrastructure determines which SQLite library is used.
        RuntimeHelpers.RunModuleConstructor(typeof(DependencyInjection).Module.ModuleHandle);
        DbConnection connection = _sqlServer is null
            ? new SqliteConnection($"{ConnectionString};Pooling=False")
            : new SqlConnection(_sqlServer);
        await connection.OpenAsync();
        return connection;
    }

    public void Dispose()
    {
        if (_sqlServer is not null)
        {
            TestSqlServer.Drop(_sqlServer);
        }

        Directory.Delete(Folder, recursive: true);
    }

    // A command is the first argument.
    private string[] With(string[] args) => [.. args.TakeWhile(IsWord), .. Settings, .. args.SkipWhile(IsWord)];

    private static bool IsWord(string argument) => !argument.StartsWith('-');
}
