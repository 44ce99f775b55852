using System.Collections.Concurrent;
using Fitnessify.Application.Maintenance;
using Fitnessify.Domain.Identities;
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
/// The whole server on Kestrel with its own port (body limits and the Server header exist only there) and its own
/// database.
/// </summary>
internal sealed class Api : WebApplicationFactory<Program>
{
    private const string ConnectionStringKey = "ConnectionStrings:Fitnessify";

    private static readonly ConcurrentBag<Api> Idle = [];

    private readonly SocketsHttpHandler _handler = new() { AllowAutoRedirect = false, UseCookies = false };
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fitnessify-");
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<IServiceCollection> _services;
    private readonly string? _sqlServer;
    private bool _isAlone = true;
    private SharedClock? _lentClock;

    private Api(Dictionary<string, string?> settings, Action<IServiceCollection> services)
    {
        if (TestDatabase.Provider == DatabaseProvider.SqlServer && !settings.ContainsKey(ConnectionStringKey))
        {
            _sqlServer = EmptyDatabases.Take();
        }

        _settings = DefaultSettings();
        _services = services;
        // Outside of Development, messages to this machine are refused.
        var push = settings.ContainsKey("environment") ? [] : TestPushService.Settings;
        foreach (var (key, value) in Google.Settings.Concat(Apple.Settings).Concat(push).Concat(settings))
        {
            _settings[key] = value;
        }
    }

    /// <summary>The server for tests that need no settings of their own.</summary>
    public static Api Shared { get; private set; } = null!;

    /// <summary>The issuer that all servers of a run know as Google.</summary>
    public static TestIssuer Google { get; private set; } = null!;

    /// <summary>The issuer that all servers of a run know as Apple.</summary>
    public static TestIssuer Apple { get; private set; } = null!;

    /// <summary>The push service that all servers of a run may send to.</summary>
    public static TestPushService Push { get; private set; } = null!;

    public LogSink Log { get; } = new();

    /// <summary>Gets the connection string for a second server with the same database.</summary>
    public string ConnectionString
    {
        get
        {
            _isAlone = false;
            return _settings[ConnectionStringKey]!;
        }
    }

    /// <summary>Gets the folder of the mails unless other settings say otherwise.</summary>
    public string MailFolder => Path.Combine(_folder.FullName, "mail");

    /// <summary>Starts a server with other settings (null removes a default of the tests), other services or its own clock.</summary>
    /// <param name="settings">The settings that override those of the tests.</param>
    /// <param name="services">Replaces services.</param>
    /// <param name="clock">Replaces the clock of the system.</param>
    public static Api Start(
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null,
        TimeProvider? clock = null
    )
    {
        services += all => all.Replace(ServiceDescriptor.Singleton(clock ?? TimeProvider.System));
        var api = new Api(settings ?? [], services);
        // There is no port here: the factory would set it while the program starts to listen, and fail when it is too late.
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
    /// Rents a server with the settings of the tests exclusively until it is disposed. It contains the accounts and mails
    /// of earlier tests.
    /// </summary>
    /// <param name="clock">The clock of the server from now on, set a day ahead of everything that the server has seen.</param>
    public static Api Rent(ServerClock clock)
    {
        if (!Idle.TryTake(out var api))
        {
            var lentClock = new SharedClock();
            api = Start(clock: lentClock);
            api._lentClock = lentClock;
        }

        api._lentClock!.Show(clock);
        return api;
    }

    /// <summary>Runs before the first test of a run.</summary>
    public static async Task StartSharedAsync()
    {
        Google = await TestIssuer.StartAsync();
        Apple = await TestIssuer.StartAsync(IdentityProvider.Apple);
        Push = await TestPushService.StartAsync();
        Shared = Start();
    }

    /// <summary>Runs after the last test.</summary>
    public static async Task StopSharedAsync()
    {
        await Shared.DisposeAsync();
        while (Idle.TryTake(out var api))
        {
            api._lentClock = null;
            await api.DisposeAsync();
        }

        await Google.DisposeAsync();
        await Apple.DisposeAsync();
        await Push.DisposeAsync();
        TestDatabase.EndRun();
    }

    /// <summary>Creates a device without a session.</summary>
    public ApiClient Anonymous() => new(_handler, ClientOptions.BaseAddress);

    /// <summary>Creates a signed-in user, or another device of an existing one.</summary>
    public async Task<ApiClient> SignedInAsync(Person? person = null, string? device = null)
    {
        var client = Anonymous();
        await client.SignInAsync(person ?? await client.RegisteredAsync(), device);
        return client;
    }

    /// <summary>Changes the database directly, for what no route can do.</summary>
    public async Task InDatabaseAsync(Func<AppDbContext, Task> work)
    {
        await using var scope = Services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<AppDbContext>());
    }

    /// <summary>Does what a job does every few seconds.</summary>
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
        // Nothing uses the server any more.
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
            services
                .AddSingleton<ILogEventSink>(Log)
                .ConfigureDbContext<SqlServerDbContext>(TestSqlServer.Configure)
                .ConfigureDbContext<SqliteDbContext>(ShareModel)
                .ConfigureDbContext<SqlServerDbContext>(ShareModel)
        );
        builder.ConfigureTestServices(_services);
    }

    // EF Core builds its model, and translates each query, again for each logger factory.
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
            ["Accounts:Guests"] = "true",
            ["Accounts:HashingQueue"] = "1000",
            ["Accounts:HashingWaitSeconds"] = "60",
            ["RateLimits:SignIn:Permits"] = "1000000",
            ["RateLimits:Refresh:Permits"] = "1000000",
            ["RateLimits:Probe:Permits"] = "1000000",
            ["RateLimits:Guest:Permits"] = "1000000",
            ["RateLimits:Default:Permits"] = "1000000",
            // The settings of a host arrive as arguments, where a missing value would be an empty log level.
            ["Serilog:MinimumLevel:Default"] = "Information",
            // The tests are the only clients.
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
