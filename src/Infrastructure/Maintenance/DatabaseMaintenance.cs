using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Jobs;
using Fitnessify.Infrastructure.Maintenance.Copying;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Maintenance;

/// <summary>What an operator does with the database as a whole.</summary>
public static class DatabaseMaintenance
{
    /// <summary>Runs pending migrations, makes the tables of the schedule, and returns.</summary>
    public static async Task MigrateDatabaseAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().MigrateAsync(CancellationToken.None);
        await services.GetRequiredService<ScheduleTables>().MakeAsync(CancellationToken.None);
    }

    /// <summary>Makes the database ready for a server that is about to start.</summary>
    /// <exception cref="SettingsException">Migrations are pending, and the start is not to run them.</exception>
    public static async Task InitializeDatabaseAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var initializer = scope.ServiceProvider.GetRequiredService<DatabaseInitializer>();
        await initializer.InitializeAsync(CancellationToken.None);
        if (initializer.MigratesOnStart)
        {
            await services.GetRequiredService<ScheduleTables>().MakeAsync(CancellationToken.None);
        }
    }

    /// <summary>Writes a backup, while servers may run.</summary>
    /// <returns>Its size in bytes, or why there is none.</returns>
    public static async Task<Result<long>> BackUpDatabaseAsync(this IServiceProvider services, string file)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<DatabaseBackup>()
            .WriteAsync(Path.GetFullPath(file), CancellationToken.None);
    }

    /// <summary>Puts a backup in the place of the database, while no server runs.</summary>
    /// <returns>What was done, or why nothing was.</returns>
    public static async Task<Result<DatabaseReplacement>> RestoreDatabaseAsync(
        this IServiceProvider services,
        string file
    )
    {
        await using var scope = services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<DatabaseRestore>()
            .PutBackAsync(Path.GetFullPath(file), CancellationToken.None);
    }

    /// <summary>Makes an end of what the database has told others before it was put back, while no server runs.</summary>
    public static async Task RenewRestoredDatabaseAsync(this IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DatabaseRestore>().RenewAsync(CancellationToken.None);
    }

    /// <summary>Copies all data into another database, while no server runs.</summary>
    /// <param name="services">Of the server whose database is copied.</param>
    /// <param name="provider">The kind of the other.</param>
    /// <param name="connectionString">Where the other is.</param>
    /// <param name="say">Takes lines for people.</param>
    /// <returns>What was copied, or why nothing was.</returns>
    /// <exception cref="SettingsException">The connection string cannot be used.</exception>
    public static async Task<Result<CopyReport>> CopyDatabaseAsync(
        this IServiceProvider services,
        DatabaseProvider provider,
        string connectionString,
        Action<string> say
    )
    {
        await using var scope = services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<CopyTarget>()
            .CopyAsync(provider, connectionString, say, CancellationToken.None);
    }
}
