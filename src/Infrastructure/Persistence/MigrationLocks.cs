using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Keeps processes that start at the same moment from migrating at the same moment.</summary>
internal interface IMigrationLock
{
    /// <summary>Waits until this process alone may migrate; dispose what is returned to end that.</summary>
    Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken);
}

/// <summary>
/// A lock on a file beside the database, which the operating system releases when its holder dies. EF Core's own lock on
/// SQLite is a row that a killed process leaves behind, and that the next start would wait for without end.
/// </summary>
internal sealed class SqliteMigrationLock(AppDbContext context) : IMigrationLock
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    public async Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        var database = new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource;
        PrivateFile.CreateFolder(Path.GetDirectoryName(database)!);
        var held = await OpenAsync(database + ".lock", cancellationToken);
        // What SQLite puts beside it gets the mode that this has.
        await using (PrivateFile.Open(database, FileMode.OpenOrCreate, FileShare.ReadWrite)) { }

        // Whoever wrote the row has held this file, and does not any more.
        await context.Database.ExecuteSqlRawAsync(
            """
            PRAGMA journal_mode = WAL;
            CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
                "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
                "Timestamp" TEXT NOT NULL
            );
            DELETE FROM "__EFMigrationsLock";
            """,
            cancellationToken
        );
        return held;
    }

    private static async Task<FileStream> OpenAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException) when (File.Exists(path))
            {
                await Task.Delay(RetryAfter, cancellationToken);
            }
        }
    }
}

/// <summary>EF Core's own lock on SQL Server ends with its connection, whatever happens: there is nothing to add.</summary>
internal sealed class SqlServerMigrationLock : IMigrationLock, IAsyncDisposable
{
    public Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IAsyncDisposable>(this);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
