using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Keeps processes that start at the same moment from migrating at the same moment.</summary>
internal interface IMigrationLock
{
    /// <summary>Makes the database if there is none, and waits until this process alone may migrate; dispose what is returned to end that.</summary>
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

        // A statement of its own, because it returns a row, and what comes after a row may fail unnoticed.
        await context.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL;", cancellationToken);
        // Whoever wrote the row has held this file, and does not any more.
        await context.Database.ExecuteSqlRawAsync(
            """
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

/// <summary>
/// EF Core's own lock on SQL Server ends with its connection, whatever happens. It is one in the database, though: of those
/// that start before there is a database, one makes it, and the others find that it is there now.
/// </summary>
internal sealed class SqlServerMigrationLock(AppDbContext context) : IMigrationLock, IAsyncDisposable
{
    // The database exists already, and the template is locked by whoever makes another one at the moment.
    private const int DatabaseExists = 1801;
    private const int TemplateIsInUse = 1807;

    private const int MaxAttempts = 60;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    public async Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken)
    {
        var creator = context.GetService<IRelationalDatabaseCreator>();
        for (var attempt = 1; !await creator.ExistsAsync(cancellationToken); attempt++)
        {
            try
            {
                await creator.CreateAsync(cancellationToken);
            }
            catch (SqlException exception)
                when (exception.Number is DatabaseExists or TemplateIsInUse && attempt < MaxAttempts)
            {
                // For some seconds the pool would answer with the failure that it has last seen.
                SqlConnection.ClearPool((SqlConnection)context.Database.GetDbConnection());
                await Task.Delay(RetryAfter, cancellationToken);
            }
        }

        return this;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
