using System.Data.Common;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Maintenance.Copying;

/// <summary>Copies the database of this server into another one, which is created if it does not exist.</summary>
internal sealed class CopyTarget(
    AppDbContext source,
    IHostEnvironment environment,
    IOutages outages,
    ILogger<DatabaseInitializer> logger
)
{
    private const string Name = "target";

    /// <summary>Creates the tables of the target and copies all rows.</summary>
    /// <exception cref="SettingsException">The connection string cannot be used.</exception>
    public async Task<Result<CopyReport>> CopyAsync(
        DatabaseProvider provider,
        string connectionString,
        Action<string> writeLine,
        CancellationToken cancellationToken
    )
    {
        await using var target = Open(provider, connectionString);
        try
        {
            if (await PrepareAsync(target, provider, cancellationToken) is { } refused)
            {
                return refused;
            }

            var copied = await new DatabaseCopy(source, target, writeLine).RunAsync(cancellationToken);
            return copied.IsSuccess ? new CopyReport(copied.Value) : copied.Error;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return DatabaseCopy.Refuse($"The target cannot be made: {exception.Message}");
        }
        catch (Exception exception) when (outages.IsOutage(exception))
        {
            return new Error(
                ErrorKind.Unavailable,
                "copy_interrupted",
                $"A database does not answer: {exception.Message} Run the command again: it goes on where it was."
            );
        }
        catch (DbException exception)
        {
            return DatabaseCopy.Refuse($"A database refuses: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    // Only an empty database is migrated. One with tables of an older version may be in use by an older server.
    private async Task<Error?> PrepareAsync(
        AppDbContext target,
        DatabaseProvider provider,
        CancellationToken cancellationToken
    )
    {
        if ((await source.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            return DatabaseCopy.Refuse("The source is not up to date: run the command 'migrate' on it first.");
        }

        if ((await target.Database.GetAppliedMigrationsAsync(cancellationToken)).Any())
        {
            return (await target.Database.GetPendingMigrationsAsync(cancellationToken)).Any()
                ? DatabaseCopy.Refuse("The target has tables of an older version; use an empty one.")
                : null;
        }

        if (provider == DatabaseProvider.Sqlite)
        {
            CreateFile(new SqliteConnectionStringBuilder(target.Database.GetConnectionString()).DataSource);
        }

        IMigrationLock migrationLock =
            provider == DatabaseProvider.Sqlite ? new SqliteMigrationLock(target) : new SqlServerMigrationLock(target);
        var options = new DatabaseOptions { Provider = provider };
        await new DatabaseInitializer(target, migrationLock, options, environment, logger).MigrateAsync(
            cancellationToken
        );
        return null;
    }

    private static void CreateFile(string file)
    {
        if (!File.Exists(file))
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(file)!);
            PrivateFile.Open(file, FileMode.CreateNew).Dispose();
        }
    }

    private AppDbContext Open(DatabaseProvider provider, string connectionString)
    {
        if (provider == DatabaseProvider.SqlServer)
        {
            return SqlServerDbContext.Open(PersistenceServices.SqlServerConnectionString(connectionString, Name));
        }

        return SqliteDbContext.Open(
            PersistenceServices.SqliteConnectionString(connectionString, environment.ContentRootPath, Name)
        );
    }
}
