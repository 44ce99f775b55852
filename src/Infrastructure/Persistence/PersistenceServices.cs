using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Chooses and configures the provider, and registers the unit of work.</summary>
internal static class PersistenceServices
{
    private const string ConnectionStringKey = "ConnectionStrings:Fitnessify";
    private const int CommandTimeoutSeconds = 15;

    // Longer outages are for the caller, who is told when to come back.
    private const int MaxRetries = 3;
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    public static void AddPersistence(
        this IServiceCollection services,
        IConfiguration configuration,
        IHostEnvironment environment
    )
    {
        var options = services.AddSettings<DatabaseOptions>(configuration, "Database");
        var connectionString = configuration[ConnectionStringKey];
        if (options.Provider == DatabaseProvider.Sqlite)
        {
            var file = SqliteConnectionString(connectionString, environment.ContentRootPath);
            services.AddSingleton(provider => new SqlitePool(
                file,
                options.SqliteSynchronous,
                provider.GetService<IDatabaseObserver>()
            ));
            services.AddDbContextPool<AppDbContext, SqliteDbContext>(
                (provider, builder) =>
                    Common(builder, environment)
                        .UseSqlite(file)
                        .ReplaceService<IDatabase, RowDatabase>()
                        .AddInterceptors(provider.GetRequiredService<SqlitePool>())
            );
            services.AddScoped<IMigrationLock, SqliteMigrationLock>();
        }
        else
        {
            var server = SqlServerConnectionString(connectionString);
            services.AddSingleton(provider => new SqlServerPoolLimit(provider.GetService<IDatabaseObserver>()));
            services.AddDbContextPool<AppDbContext, SqlServerDbContext>(
                (provider, builder) =>
                    SqlServerDbContext
                        .Use(
                            Common(builder, environment),
                            server,
                            sqlServer =>
                                sqlServer
                                    .EnableRetryOnFailure(MaxRetries, MaxRetryDelay, errorNumbersToAdd: null)
                                    .CommandTimeout(CommandTimeoutSeconds)
                        )
                        .AddInterceptors(provider.GetRequiredService<SqlServerPoolLimit>())
            );
            services.AddScoped<IMigrationLock, SqlServerMigrationLock>();
        }

        services.AddScoped<UnitOfWork>();
        services.AddScoped<IUnitOfWork>(provider => provider.GetRequiredService<UnitOfWork>());
        services.AddSingleton<SaveErrors>();
        services.AddSingleton<CursorFormat>();
        services.AddSingleton<BackgroundWrites>();
        services.AddSingleton<IOutages, DatabaseOutages>();
        services.AddScoped<DatabaseInitializer>();
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
    }

    // A failed save is either an expected failure or logged once at the edge. EF Core's own entry would hold the
    // database's message, and SQL Server puts the duplicate value, an e-mail address for instance, into that.
    private static DbContextOptionsBuilder Common(DbContextOptionsBuilder builder, IHostEnvironment environment) =>
        builder
            .ConfigureWarnings(warnings =>
                warnings.Ignore(CoreEventId.SaveChangesFailed).Log((RelationalEventId.CommandError, LogLevel.Debug))
            )
            .CompileReadersOnce()
            // EF Core notes the user of a context for each row, to tell a developer that two use it at once.
            .EnableThreadSafetyChecks(environment.IsDevelopment());

    internal static string SqliteConnectionString(
        string? configured,
        string contentRoot,
        string key = ConnectionStringKey
    )
    {
        SqliteConnectionStringBuilder builder;
        try
        {
            builder = new SqliteConnectionStringBuilder(configured ?? "Data Source=data/fitnessify.db");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            throw new SettingsException(key, "not a SQLite connection string; use Data Source=<file>.");
        }

        if (
            string.IsNullOrWhiteSpace(builder.DataSource)
            || builder.DataSource.StartsWith(':')
            || builder.Mode == SqliteOpenMode.Memory
        )
        {
            throw new SettingsException(key, "names no file; use Data Source=<file>.");
        }

        builder.DataSource = Path.GetFullPath(builder.DataSource, contentRoot);
        builder.DefaultTimeout = CommandTimeoutSeconds;
        return builder.ToString();
    }

    internal static string SqlServerConnectionString(string? configured, string key = ConnectionStringKey)
    {
        if (string.IsNullOrWhiteSpace(configured))
        {
            throw new SettingsException(key, "is needed for SqlServer; use Server=...;Database=...;...");
        }

        try
        {
            return new SqlConnectionStringBuilder(configured).ToString();
        }
        catch (Exception exception)
            when (exception is ArgumentException or FormatException or OverflowException or KeyNotFoundException)
        {
            // The string holds a password: it is never repeated.
            throw new SettingsException(key, "not a SQL Server connection string; use Server=...;Database=...;...");
        }
    }
}
