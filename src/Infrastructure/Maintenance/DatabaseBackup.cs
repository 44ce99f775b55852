using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Maintenance;

/// <summary>Writes all that is committed at one moment into another file, while servers go on reading and writing.</summary>
internal sealed class DatabaseBackup(AppDbContext context, DatabaseOptions options)
{
    /// <summary>Writes the backup and checks it; under its name it is there only when it is whole and sound.</summary>
    /// <returns>Its size in bytes, or why there is none.</returns>
    public async Task<Result<long>> WriteAsync(string file, CancellationToken cancellationToken)
    {
        if (options.Provider != DatabaseProvider.Sqlite)
        {
            return Refuse("This command is for Sqlite. SQL Server has its own: BACKUP DATABASE, or that of the cloud.");
        }

        var source = new SqliteConnectionStringBuilder(context.Database.GetConnectionString()).DataSource;
        if (!File.Exists(source))
        {
            return Refuse($"There is no database at {source}.");
        }

        if (File.Exists(file))
        {
            return Refuse($"{file} exists already; a backup replaces none.");
        }

        var part = file + ".part";
        try
        {
            PrivateFile.Open(part, FileMode.Create).Dispose();
            await SqliteFiles.CopyAsync(source, part, isAtRest: false, cancellationToken);
            if (await SqliteFiles.FindDamageAsync(part, cancellationToken) is { } damage)
            {
                return Refuse($"The backup is damaged, and has been deleted: {damage}");
            }

            File.Move(part, file);
            return new FileInfo(file).Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SqliteException)
        {
            return Refuse(exception.Message);
        }
        finally
        {
            if (File.Exists(part))
            {
                File.Delete(part);
            }
        }
    }

    private static Error Refuse(string message) => new(ErrorKind.Conflict, "backup_refused", message);
}
