using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace Fitnessify.Infrastructure.Tests.Persistence;

public sealed class DatabaseInitializerTests
{
    [Test]
    public async Task Migration_creates_an_empty_database()
    {
        await using var database = TestDatabase.Empty();
        await using var server = database.Start(("Database:MigrateOnStart", "true"));

        await server.Services.InitializeDatabaseAsync();

        Assert.That(await CountPendingAsync(server), Is.Zero);
        Assert.That(await server.UseAsync((AppDbContext context) => context.Roles.CountAsync()), Is.EqualTo(3));
    }

    [Test]
    public async Task Migration_creates_the_tables_of_the_schedule_where_it_is_stored()
    {
        Assume.That(TestDatabase.Provider, Is.EqualTo(DatabaseProvider.SqlServer));
        await using var database = TestDatabase.Empty();
        await using var server = database.Start();

        await server.Services.MigrateDatabaseAsync();

        var jobs = await server.UseAsync(
            (AppDbContext context) =>
                context.ReadAsync("SELECT COUNT(*) FROM QRTZ_JOB_DETAILS", row => row.GetInt32(0), default)
        );
        Assert.That(jobs, Is.EqualTo([0]));
    }

    [Test]
    public async Task A_migration_gets_an_hour_and_later_commands_the_timeout_of_a_request()
    {
        await using var database = TestDatabase.Empty();
        await using var server = database.Start();
        await using var scope = server.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        Dictionary<string, int> timeouts = [];
        server.Commands.Before = command =>
        {
            timeouts[command.CommandText] = command.CommandTimeout;
            return Task.CompletedTask;
        };

        await scope.ServiceProvider.GetRequiredService<DatabaseInitializer>().MigrateAsync(default);
        await context.Roles.CountAsync();

        var migrating = timeouts.Where(timeout => timeout.Key.StartsWith("CREATE INDEX", StringComparison.Ordinal));
        Assert.That(migrating.Select(timeout => timeout.Value), Is.Not.Empty.And.All.EqualTo(3600));
        Assert.That(timeouts.Last(timeout => timeout.Key.Contains("COUNT(*)")).Value, Is.EqualTo(15));
    }

    [Test]
    public async Task Without_pending_migrations_the_lock_is_not_awaited()
    {
        await using var server = TestRun.Database.Start();
        await using var scope = server.Services.CreateAsyncScope();
        var initializer = Initializer(
            scope.ServiceProvider.GetRequiredService<AppDbContext>(),
            new DatabaseOptions { MigrateOnStart = true },
            Environments.Production,
            new FailingLock()
        );

        Assert.That(() => initializer.InitializeAsync(default), Throws.Nothing);
    }

    [Test]
    public async Task Migration_takes_over_the_lock_row_of_a_killed_process()
    {
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start();
        Directory.CreateDirectory(Path.Combine(database.Folder, "data"));
        await server.UseAsync(
            (AppDbContext context) =>
                context.Database.ExecuteSqlRawAsync(
                    """
                    CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                    INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01 00:00:00+00:00');
                    """
                )
        );

        // EF Core alone would wait for that row without end.
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await server.UseAsync(
            async (DatabaseInitializer initializer) =>
            {
                await initializer.InitializeAsync(timeout.Token);
                return initializer;
            }
        );

        Assert.That(await CountPendingAsync(server), Is.Zero);
    }

    [Test]
    public async Task Several_instances_may_start_at_once()
    {
        await using var database = TestDatabase.Empty();
        var servers = Enumerable.Range(0, 3).Select(_ => database.Start()).ToList();

        await Task.WhenAll(servers.Select(server => Task.Run(server.Services.MigrateDatabaseAsync)));

        foreach (var server in servers)
        {
            Assert.That(await CountPendingAsync(server), Is.Zero);
            await server.DisposeAsync();
        }
    }

    [TestCase(DatabaseProvider.Sqlite, "Production", null, true)]
    [TestCase(DatabaseProvider.Sqlite, "Production", false, false)]
    [TestCase(DatabaseProvider.Sqlite, "Development", false, false)]
    [TestCase(DatabaseProvider.SqlServer, "Development", null, true)]
    [TestCase(DatabaseProvider.SqlServer, "Production", null, false)]
    [TestCase(DatabaseProvider.SqlServer, "Production", true, true)]
    public async Task The_server_migrates_at_startup_or_refuses_to_start(
        DatabaseProvider provider,
        string environment,
        bool? configured,
        bool migrates
    )
    {
        // The decision does not depend on the actual database, so SQLite stands in for SQL Server.
        await using var database = TestDatabase.EmptySqlite();
        await using var server = database.Start();
        await using var scope = server.Services.CreateAsyncScope();
        var initializer = Initializer(
            scope.ServiceProvider.GetRequiredService<AppDbContext>(),
            new DatabaseOptions { Provider = provider, MigrateOnStart = configured },
            environment,
            scope.ServiceProvider.GetRequiredService<IMigrationLock>()
        );

        Assert.That(
            () => initializer.InitializeAsync(default),
            migrates
                ? Throws.Nothing
                : Throws
                    .TypeOf<SettingsException>()
                    .With.Message.StartsWith("Database:MigrateOnStart: ")
                    .And.Message.Contains("'migrate'")
        );
        Assert.That(await CountPendingAsync(server), migrates ? Is.Zero : Is.Positive);
    }

    private static DatabaseInitializer Initializer(
        AppDbContext context,
        DatabaseOptions options,
        string environment,
        IMigrationLock migrationLock
    ) =>
        new(
            context,
            migrationLock,
            options,
            Mock.Of<IHostEnvironment>(host => host.EnvironmentName == environment),
            NullLogger<DatabaseInitializer>.Instance
        );

    private static async Task<int> CountPendingAsync(Instance server) =>
        (await server.UseAsync((AppDbContext context) => context.Database.GetPendingMigrationsAsync())).Count();

    private sealed class FailingLock : IMigrationLock
    {
        public Task<IAsyncDisposable> AcquireAsync(CancellationToken cancellationToken) =>
            throw new AssertionException("There is nothing to lock for.");
    }
}
