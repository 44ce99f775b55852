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
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Testing;

/// <summary>A separate database, deleted with this object, with any number of server instances.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    // Almost every test needs these services, and finding them and preparing the maps takes longer than most tests.
    private static readonly IServiceCollection UseCases = FindUseCases();

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

    /// <summary>Gets the provider that this run tests with.</summary>
    public static DatabaseProvider Provider =>
        TestSqlServer.ConnectionString is null ? DatabaseProvider.Sqlite : DatabaseProvider.SqlServer;

    /// <summary>Gets the connection string for any process.</summary>
    public string ConnectionString => _provider == DatabaseProvider.Sqlite ? $"Data Source={File}" : _connectionString;

    /// <summary>Gets the path of the SQLite file.</summary>
    public string File => Path.Combine(Folder, "data", "test.db");

    /// <summary>Gets the content root.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("fitnessify-tests-").FullName;

    /// <summary>Creates no file and no database yet.</summary>
    public static TestDatabase Empty() => new(Provider);

    /// <summary>Creates no file yet, and uses SQLite whatever this run tests with.</summary>
    public static TestDatabase EmptySqlite() => new(DatabaseProvider.Sqlite);

    /// <summary>Runs once, before any database is created: prints what the run tests with and checks that it is available.</summary>
    /// <param name="project">The name of the test project.</param>
    public static async Task BeginRunAsync(string project)
    {
        await ReportProviderAsync(project);
        await SqliteTemplate.PrepareAsync();
    }

    /// <summary>Does the same for a run whose servers are processes.</summary>
    public static async Task ReportProviderAsync(string project)
    {
        await TestContext.Progress.WriteLineAsync($"{project} run against {Provider}.");
        TestSqlServer.Check();
    }

    public static Task<TestDatabase> MigratedAsync() => MigrateAsync(new TestDatabase(Provider, isMigrated: true));

    /// <summary>Creates a migrated SQLite database, whatever this run tests with.</summary>
    public static Task<TestDatabase> MigratedSqliteAsync() => MigrateAsync(EmptySqlite());

    /// <summary>Runs once, after the last database was deleted.</summary>
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

    /// <summary>Starts another instance of the server, with its own cache, key ring and clock.</summary>
    public Instance Start(params (string Key, string Value)[] settings) => Start(_ => { }, settings);

    /// <summary>Starts another instance with replaced services.</summary>
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

        // This is the framework's own class. A mock would compile an expression for each test.
        IHostEnvironment environment = new HostingEnvironment
        {
            EnvironmentName = Environments.Development,
            ContentRootPath = Folder,
        };
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 123, TimeSpan.Zero));
        var services = new ServiceCollection()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleton(environment)
            // There is one logger factory, because EF Core builds its model and services again for each one.
            .AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance)
            .AddLogging()
            .AddSingleton<Caller>()
            .AddSingleton<IClient>(provider => provider.GetRequiredService<Caller>())
            .AddSingleton<ICurrentUser>(provider => provider.GetRequiredService<Caller>())
            .Add(UseCases)
            .AddInfrastructure(configuration, environment)
            .AddSingleton<Commands>()
            .ConfigureDbContext<SqliteDbContext>(Intercept)
            .ConfigureDbContext<SqlServerDbContext>(Intercept)
            .ConfigureDbContext<SqlServerDbContext>(TestSqlServer.Configure);
        replace(services);
        return new Instance(services.BuildServiceProvider(validateScopes: true), clock);
    }

    private static IServiceCollection FindUseCases()
    {
        var services = new ServiceCollection()
            .AddApplication()
            .AddValidatorsFromAssembly(
                typeof(Application.DependencyInjection).Assembly,
                ServiceLifetime.Singleton,
                includeInternalTypes: true
            );
        using var provider = new ServiceCollection().AddLogging().Add(services).BuildServiceProvider();
        return services.AddSingleton(provider.GetRequiredService<AutoMapper.IConfigurationProvider>());
    }

    private static void Intercept(IServiceProvider provider, DbContextOptionsBuilder builder) =>
        builder.AddInterceptors(provider.GetRequiredService<Commands>());

    public async ValueTask DisposeAsync()
    {
        if (_provider == DatabaseProvider.SqlServer)
        {
            await DisposeSqlServerAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private async Task DisposeSqlServerAsync()
    {
        if (_isMigrated)
        {
            await EmptyDatabases.ReturnAsync(_connectionString);
        }
        else
        {
            TestSqlServer.Drop(_connectionString);
        }
    }
}
