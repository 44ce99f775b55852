using System.Globalization;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Maintenance;

/// <summary>A backup took the place of the database.</summary>
/// <param name="Former">The file with what the database held; null when there was none.</param>
public sealed record DatabaseReplacement(string? Former);

/// <summary>Puts a backup in the place of the database, while no server runs.</summary>
internal sealed class DatabaseRestore(
    AppDbContext context,
    DatabaseOptions options,
    IHostEnvironment environment,
    TimeProvider clock,
    ILogger<DatabaseInitializer> logger
)
{
    /// <summary>What <see cref="RestoredDatabase.RenewAsync"/> does, after whoever keeps the database has put it back.</summary>
    public Task RenewAsync(CancellationToken cancellationToken) =>
        RestoredDatabase.RenewAsync(context, clock.Now(), cancellationToken);

    /// <summary>
    /// Checks a copy of the backup, brings it up to date and puts it in place, renewed. Until then the database is as it was,
    /// and after it there is a file with what it held.
    /// </summary>
    /// <returns>What was done, or why nothing was.</returns>
    public async Task<Result<DatabaseReplacement>> PutBackAsync(string file, CancellationToken cancellationToken)
    {
        if (options.Provider != DatabaseProvider.Sqlite)
        {
            return CommandErrors.Refused(
                "This command is for Sqlite. On SQL Server use RESTORE DATABASE, then the command 'restored'."
            );
        }

        var target = new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource;
        if (!File.Exists(file))
        {
            return CommandErrors.Refused($"There is no file {file}.");
        }

        if (Path.GetFullPath(file) == Path.GetFullPath(target))
        {
            return CommandErrors.Refused($"{file} is the database itself.");
        }

        var part = target + ".part";
        try
        {
            PrivateFile.CreateFolder(Path.GetDirectoryName(target)!);
            PrivateFile.Open(part, FileMode.Create).Dispose();
            // With its log beside it, there is something to recover first, for which SQLite has to write.
            var isAtRest = !File.Exists(SqliteFiles.LogOf(file));
            await SqliteFiles.CopyAsync(file, part, isAtRest, cancellationToken);
            return await PrepareAsync(part, cancellationToken)
                ?? await PutInPlaceAsync(part, target, cancellationToken);
        }
        catch (SqliteException exception)
        {
            return CommandErrors.Refused($"{file} cannot be restored: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return CommandErrors.Refused(exception.Message);
        }
        finally
        {
            // With its log, and the lock under which it was migrated.
            var folder = new DirectoryInfo(Path.GetDirectoryName(part)!);
            foreach (var left in folder.Exists ? folder.GetFiles($"{Path.GetFileName(part)}*") : [])
            {
                left.Delete();
            }
        }
    }

    private async Task<Error?> PrepareAsync(string part, CancellationToken cancellationToken)
    {
        if (await SqliteFiles.FindDamageAsync(part, cancellationToken) is { } damage)
        {
            return CommandErrors.Refused($"The backup is damaged: {damage}");
        }

        await using var restored = SqliteDbContext.Open($"Data Source={part}");
        var applied = (await restored.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Count == 0)
        {
            return CommandErrors.Refused("The file is a database, but none of Fitnessify.");
        }

        if (applied.Except(restored.Database.GetMigrations()).Any())
        {
            return CommandErrors.Refused("The backup is of a newer version than this program.");
        }

        var initializer = new DatabaseInitializer(
            restored,
            new SqliteMigrationLock(restored),
            options,
            environment,
            logger
        );
        await initializer.MigrateAsync(cancellationToken);
        await RestoredDatabase.RenewAsync(restored, clock.Now(), cancellationToken);
        return null;
    }

    private async Task<Result<DatabaseReplacement>> PutInPlaceAsync(
        string part,
        string target,
        CancellationToken cancellationToken
    )
    {
        if (!File.Exists(target))
        {
            File.Move(part, target);
            return new DatabaseReplacement(null);
        }

        if (!await SqliteFiles.IsClosedAsync(target, cancellationToken))
        {
            return CommandErrors.Refused($"A server has {target} open. Stop it first.");
        }

        var time = clock.Now().ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var kept = $"{target}.{time}";
        // A log that is left belongs to a database that could not be opened; beside another one it would destroy that.
        MoveIfThere(SqliteFiles.LogOf(target), SqliteFiles.LogOf(kept));
        MoveIfThere(SqliteFiles.LogIndexOf(target), SqliteFiles.LogIndexOf(kept));
        File.Replace(part, target, kept);
        return new DatabaseReplacement(kept);
    }

    private static void MoveIfThere(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Move(from, to);
        }
    }
}
