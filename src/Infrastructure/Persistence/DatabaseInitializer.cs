using System.Data.Common;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Brings the schema up to date, or refuses to start on an old one.</summary>
internal sealed partial class DatabaseInitializer(
    AppDbContext context,
    IMigrationLock migrationLock,
    DatabaseOptions options,
    IHostEnvironment environment,
    ILogger<DatabaseInitializer> logger
)
{
    // For an index of a large table; a request has seconds.
    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromHours(1);

    /// <summary>Whether a start brings the schema up to date.</summary>
    public bool MigratesOnStart =>
        options.MigrateOnStart ?? (options.Provider == DatabaseProvider.Sqlite || environment.IsDevelopment());

    /// <summary>What a start does: migrates if so configured.</summary>
    /// <exception cref="SettingsException">Migrations are pending and not to be run at start.</exception>
    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            using var connection = new SqliteConnection();
            LogSqlite(connection.ServerVersion);
        }

        if (MigratesOnStart)
        {
            await MigrateAsync(cancellationToken);
        }
        else if (await CountPendingAsync(cancellationToken) is > 0 and var pending)
        {
            throw new SettingsException(
                "Database:MigrateOnStart",
                $"{pending} migrations are pending; run the command 'migrate' first, or set this to true."
            );
        }

        if (context is SqlServerDbContext)
        {
            await WarnOfWaitingReadsAsync(cancellationToken);
        }
    }

    /// <summary>Runs what is pending. Any number of processes may call this at once.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        // Asked before the lock: nearly every start finds nothing to do and shall not wait for it.
        if (await CountPendingAsync(cancellationToken) == 0)
        {
            return;
        }

        await using var held = await migrationLock.AcquireAsync(cancellationToken);
        var pending = await CountPendingAsync(cancellationToken);
        var timeout = context.Database.GetCommandTimeout();
        context.Database.SetCommandTimeout(MigrationTimeout);
        try
        {
            await context.Database.MigrateAsync(cancellationToken);
        }
        finally
        {
            context.Database.SetCommandTimeout(timeout);
        }

        LogMigrated(pending);
    }

    // EF Core sets this in a database that it makes, and an administrator's statement need not. Without it each read waits for
    // whoever writes the row: a counter, a sequence, the roles of AdminGuard.
    private async Task WarnOfWaitingReadsAsync(CancellationToken cancellationToken)
    {
        var waiting = await context.ReadAsync(
            "SELECT QUOTENAME(name) FROM sys.databases WHERE database_id = DB_ID() AND is_read_committed_snapshot_on = 0",
            row => row.GetString(0),
            cancellationToken
        );
        foreach (var database in waiting)
        {
            LogReadsWait(database);
        }
    }

    private async Task<int> CountPendingAsync(CancellationToken cancellationToken) =>
        await IsUpToDateAsync(cancellationToken)
            ? 0
            : (await context.Database.GetPendingMigrationsAsync(cancellationToken)).Count();

    // To ask for the history, EF Core builds a model of its table, which takes as long as all else that nearly every start
    // needs of the database.
    private async Task<bool> IsUpToDateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await context.GetService<IRelationalDatabaseCreator>().ExistsAsync(cancellationToken)
                && !context
                    .Database.GetMigrations()
                    .Except(
                        await context.ReadAsync(
                            "SELECT MigrationId FROM __EFMigrationsHistory",
                            row => row.GetString(0),
                            cancellationToken
                        )
                    )
                    .Any();
        }
        catch (DbException)
        {
            // There is no such table yet, or EF Core will run into the same failure, try again, and tell of it.
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "SQLite {Version}")]
    private partial void LogSqlite(string version);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Reads wait for writes in this database. Stop all servers, and run as an administrator: "
            + "ALTER DATABASE {Database} SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;"
    )]
    private partial void LogReadsWait(string database);

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {Count} migrations")]
    private partial void LogMigrated(int count);
}
