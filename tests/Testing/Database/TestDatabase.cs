using Fitnessify.Application;
using Fitnessify.Domain.Auth;
using Fitnessify.Infrastructure;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace Fitnessify.Testing;

/// <summary>A database of its own, deleted with this object, and any number of instances of the server on it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private readonly DatabaseProvider _provider;
    private readonly string _connectionString;
    private readonly bool _isMigrated;

    private TestDatabase(DatabaseProvider provider, bool isMigrated = false)
    {
        _provider = provider;
        _isMigrated = isMigrated;
        _connectionString =
            provider == DatabaseProvider.Sqlite ? "Data Source=data/test.db"
            : isMigrated ? EmptyDatabases.Take()
            : TestSqlServer.NewDatabase();
    }

    /// <summary>What this run tests against.</summary>
    public static DatabaseProvider Provider =>
        TestSqlServer.ConnectionString is null ? DatabaseProvider.Sqlite : DatabaseProvider.SqlServer;

    /// <summary>From wherever it is used.</summary>
    public string ConnectionString => _provider == DatabaseProvider.Sqlite ? $"Data Source={File}" : _connectionString;

    /// <summary>Where it is on SQLite.</summary>
    public string File => Path.Combine(Folder, "data", "test.db");

    /// <summary>The content root.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("fitnessify-tests-").FullName;

    /// <summary>Nothing there yet, not even the file or the database.</summary>
    public static TestDatabase Empty() => new(Provider);

    /// <summary>For what only SQLite has, whatever this run tests against.</summary>
    public static TestDatabase EmptySqlite() => new(DatabaseProvider.Sqlite);

    /// <summary>Once a run, before any database is made: says what it tests against, and looks whether that is there.</summary>
    /// <param name="project">Whose run it is.</param>
    public static async Task BeginRunAsync(string project)
    {
        await TellProviderAsync(project);
        await SqliteTemplate.PrepareAsync();
    }

    /// <summary>The same for a run whose servers are processes.</summary>
    public static async Task TellProviderAsync(string project)
    {
        await TestContext.Progress.WriteLineAsync($"{project} run against {Provider}.");
        TestSqlServer.Check();
    }

    public static Task<TestDatabase> MigratedAsync() => MigrateAsync(new TestDatabase(Provider, isMigrated: true));

    /// <summary>The same on SQLite, whatever this run tests against.</summary>
    public static Task<TestDatabase> MigratedSqliteAsync() => MigrateAsync(EmptySqlite());

    /// <summary>Once a run, after its last database has gone.</summary>
    public static void EndRun() => EmptyDatabases.DropAll();

    private static async Task<TestDatabase> MigrateAsync(TestDatabase database)
    {
        if (database._provider == DatabaseProvider.Sqlite)
        {
            SqliteTemplate.CopyTo(database.File);
            return database;
        }

        await using var instance = database.Start();
        await instance.Services.MigrateDatabaseAsync();
        return database;
    }

    /// <summary>Another instance of the server, with a cache, a key ring and a clock of its own.</summary>
    public Instance Start(params (string Key, string Value)[] settings) => Start(_ => { }, settings);

    /// <summary>The same with other services.</summary>
    public Instance Start(Action<IServiceCollection> replace, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager
        {
            ["Database:Provider"] = _provider.ToString(),
            ["ConnectionStrings:Fitnessify"] = _connectionString,
            ["Accounts:PasswordIterations"] = "1000",
        };
        foreach (var (key, value) in settings)
        {
            configuration[key] = value;
        }

        var environment = Mock.Of<IHostEnvironment>(host =>
            host.EnvironmentName == Environments.Development && host.ContentRootPath == Folder
        );
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero));
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(environment)
            // One for all: EF Core builds its model and its services anew for each logger factory.
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddLogging()
            .AddSingleton<Caller>()
            .AddSingleton<IClient>(provider => provider.GetRequiredService<Caller>())
            .AddSingleton<ICurrentUser>(provider => provider.GetRequiredService<Caller>())
            .AddApplication()
            .AddValidatorsFromAssembly(
                typeof(Application.DependencyInjection).Assembly,
                ServiceLifetime.Singleton,
                includeInternalTypes: true
            )
            .AddInfrastructure(configuration, environment)
            .AddSingleton<Commands>()
            .ConfigureDbContext<SqliteDbContext>(Intercept)
            .ConfigureDbContext<SqlServerDbContext>(Intercept)
            .ConfigureDbContext<SqlServerDbContext>(TestSqlServer.Configure);
        replace(services);
        return new Instance(services.BuildServiceProvider(validateScopes: true), clock);
    }

    private static void Intercept(IServiceProvider provider, DbContextOptionsBuilder builder) =>
        builder.AddInterceptors(provider.GetRequiredService<Commands>());

    public async ValueTask DisposeAsync()
    {
        if (_provider == DatabaseProvider.Sqlite)
        {
            // What a pool of connections still holds open.
            await using var instance = Start();
            await instance.UseAsync((AppDbContext context) => context.Database.EnsureDeletedAsync());
        }
        else if (_isMigrated)
        {
            await EmptyDatabases.ReturnAsync(_connectionString);
        }
        else
        {
            TestSqlServer.Drop(_connectionString);
        }

        Directory.Delete(Folder, recursive: true);
    }
}
