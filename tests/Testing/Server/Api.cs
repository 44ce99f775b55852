using System.Collections.Concurrent;
using Fitnessify.Application.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using MediatR;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Serilog.Core;

namespace Fitnessify.Testing;

/// <summary>
/// The whole server on Kestrel and a port of its own (body limits and the Server header exist only there), with a
/// database of its own.
/// </summary>
internal sealed class Api : WebApplicationFactory<Program>
{
    private const string ConnectionStringKey = "ConnectionStrings:Fitnessify";

    private static readonly ConcurrentBag<Api> Idle = [];

    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection> _services;
    private readonly bool _logsDatabase;
    private readonly string? _sqlServer;
    private bool _isAlone = true;
    private LentClock? _lentClock;

    private Api(Dictionary<string, string?> settings, Action<IServiceCollection> services, bool logsDatabase)
    {
        _logsDatabase = logsDatabase;
        if (TestDatabase.Provider == DatabaseProvider.SqlServer && !settings.ContainsKey(ConnectionStringKey))
        {
            _sqlServer = EmptyDatabases.Take();
        }

        _settings = DefaultSettings();
        _services = services;
        foreach (var (key, value) in settings)
        {
            _settings[key] = value;
        }
    }

    /// <summary>For tests that need no settings of their own.</summary>
    public static Api Shared { get; private set; } = null!;

    public LogSink Log { get; } = new();

    /// <summary>As a setting, for a second server on the same database.</summary>
    public string ConnectionString
    {
        get
        {
            _isAlone = false;
            return _settings[ConnectionStringKey]!;
        }
    }

    /// <summary>Where mails go unless other settings say otherwise.</summary>
    public string MailFolder => Path.Combine(_folder.FullName, "mail");

    /// <summary>A server with other settings (null takes a default of the tests away), other services or its own time.</summary>
    /// <param name="settings">Over those of the tests.</param>
    /// <param name="services">In place of its own.</param>
    /// <param name="clock">In place of the system's.</param>
    /// <param name="logsDatabase">Whether its log holds what EF Core says: that takes a model and queries of its own, which is dear.</param>
    public static Api Start(
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null,
        TimeProvider? clock = null,
        bool logsDatabase = false
    )
    {
        services += all => all.Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System));
        var api = new Api(settings ?? [], services, logsDatabase);
        // Without a port: the factory would set that while the program is on its way to listen, and fail when it comes too late.
        api.UseKestrel();
        try
        {
            api.StartServer();
        }
        catch
        {
            api._folder.Delete(recursive: true);
            api.DropDatabase();
            throw;
        }

        return api;
    }

    /// <summary>
    /// A server with the settings of the tests that its renter has alone until it is disposed, with the accounts and mails
    /// of those that had it before.
    /// </summary>
    /// <param name="clock">Its clock from now on, put a day ahead of all that the server has seen.</param>
    public static Api Rent(ServerClock clock)
    {
        if (!Idle.TryTake(out var api))
        {
            var lentClock = new LentClock();
            api = Start(clock: lentClock);
            api._lentClock = lentClock;
        }

        api._lentClock!.Show(clock);
        return api;
    }

    /// <summary>Before the first test of a run.</summary>
    public static void StartShared() => Shared = Start();

    /// <summary>After the last.</summary>
    public static async Task StopSharedAsync()
    {
        await Shared.DisposeAsync();
        while (Idle.TryTake(out var api))
        {
            api._lentClock = null;
            await api.DisposeAsync();
        }

        TestDatabase.EndRun();
    }

    /// <summary>Nobody is signed in.</summary>
    public ApiClient Anonymous() => new(_handler, ClientOptions.BaseAddress);

    /// <summary>A new user, signed in; or one more device of somebody.</summary>
    public async Task<ApiClient> SignedInAsync(Person? person = null, string? device = null)
    {
        var client = Anonymous();
        await client.SignInAsync(person ?? await client.RegisteredAsync(), device);
        return client;
    }

    /// <summary>What no route can do yet.</summary>
    public async Task InDatabaseAsync(Func<AppDbContext, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    /// <summary>What a job does every few seconds.</summary>
    public async Task EraseAccountsAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new EraseAccountsCommand());
    }

    public override async ValueTask DisposeAsync()
    {
        if (_lentClock is not null)
        {
            Idle.Add(this);
            return;
        }

        await base.DisposeAsync();
        _handler.Dispose();
        // Now that nothing runs on it any more.
        if (_sqlServer is not null && _isAlone)
        {
            await EmptyDatabases.ReturnAsync(_sqlServer);
        }
        else
        {
            DropDatabase();
        }

        _folder.Delete(recursive: true);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (key, value) in _settings)
        {
            if (value is not null)
            {
                builder.UseSetting(key, value);
            }
        }

        builder.ConfigureTestServices(services =>
            services.AddSingleton<ILogEventSink>(Log).ConfigureDbContext<SqlServerDbContext>(TestSqlServer.Configure)
        );
        if (!_logsDatabase)
        {
            builder.ConfigureTestServices(services =>
                services
                    .ConfigureDbContext<SqliteDbContext>(ShareModel)
                    .ConfigureDbContext<SqlServerDbContext>(ShareModel)
            );
        }

        builder.ConfigureTestServices(_services);
    }

    // EF Core builds its model, and translates each query, anew for each logger factory.
    private static void ShareModel(DbContextOptionsBuilder builder) =>
        builder.UseLoggerFactory(NullLoggerFactory.Instance);

    private Dictionary<string, string?> DefaultSettings() =>
        new()
        {
            ["environment"] = "Development",
            ["urls"] = "http://127.0.0.1:0",
            ["Database:Provider"] = TestDatabase.Provider.ToString(),
            ["Database:MigrateOnStart"] = "true",
            [ConnectionStringKey] = _sqlServer ?? NewSqlite(),
            ["Mail:PickupFolder"] = MailFolder,
            ["Accounts:PasswordIterations"] = "1000",
            ["Accounts:HashingQueue"] = "1000",
            ["Accounts:HashingWaitSeconds"] = "60",
            ["RateLimits:SignIn:Permits"] = "1000000",
            ["RateLimits:Refresh:Permits"] = "1000000",
            ["RateLimits:Probe:Permits"] = "1000000",
            ["RateLimits:Default:Permits"] = "1000000",
            // The settings of a host reach it as arguments, where the lack of this one is an empty level.
            ["Serilog:MinimumLevel:Default"] = "Information",
            // Only to the tests.
            ["Serilog:WriteTo"] = "",
            // All tests call from one address.
            ["Accounts:FailedSignInAddressLimit"] = "100000",
        };

    private void DropDatabase()
    {
        if (_sqlServer is not null)
        {
            TestSqlServer.Drop(_sqlServer);
        }
    }

    private string NewSqlite()
    {
        var file = Path.Combine(_folder.FullName, "fitnessify.db");
        SqliteTemplate.CopyTo(file);
        return $"Data Source={file}";
    }
}
