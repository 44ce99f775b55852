using System.Data.Common;
using System.Runtime.CompilerServices;
using Fitnessify.Infrastructure;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Fitnessify.Testing;

/// <summary>
/// Where processes of the server keep what they share: a folder with the SQLite database in it, or beside it a database on the
/// SQL Server that the tests are told of. It is deleted with this object, which ends after the processes.
/// </summary>
internal sealed class ServerData : IDisposable
{
    private readonly string? _sqlServer;

    /// <exception cref="InvalidOperationException">There is no SQL Server where the tests are told that there is one.</exception>
    public ServerData()
    {
        TestSqlServer.Check();
        _sqlServer = IsSqlServer ? TestSqlServer.NewDatabase() : null;
        Folder = Directory.CreateTempSubdirectory("fitnessify-").FullName;
    }

    public static bool IsSqlServer => TestSqlServer.ConnectionString is not null;

    public string Folder { get; }

    public string ConnectionString => _sqlServer ?? $"Data Source={ServerProcess.DatabaseIn(Folder)}";

    /// <summary>What the processes are told.</summary>
    public IReadOnlyList<string> Settings =>
        _sqlServer is null
            ? []
            :
            [
                "--Database:Provider=SqlServer",
                "--Database:MigrateOnStart=true",
                $"--ConnectionStrings:Fitnessify={_sqlServer}",
            ];

    /// <summary>A process on it.</summary>
    public ServerProcess Run(string[] args, params (string Name, string Value)[] environment) =>
        ServerProcess.Run(Folder, With(args), environment);

    /// <summary>The same with so many files and connections at a time.</summary>
    public ServerProcess RunWith(int descriptors, string[] args) =>
        ServerProcess.RunWith(descriptors, Folder, With(args));

    /// <summary>To look into the database, or to disturb it.</summary>
    public async Task<DbConnection> OpenAsync()
    {
        // Infrastructure says which SQLite is used.
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

    // A command comes first.
    private string[] With(string[] args) => [.. args.TakeWhile(IsWord), .. Settings, .. args.SkipWhile(IsWord)];

    private static bool IsWord(string argument) => !argument.StartsWith('-');
}
