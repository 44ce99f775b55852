using System.Globalization;

namespace Fitnessify.Cluster;

/// <summary>Server processes with one database.</summary>
internal sealed class Instances : IDisposable
{
    public const int RevocationSeconds = 4;

    private static readonly string[] Defaults =
    [
        "--RateLimits:Enabled=false",
        "--Jobs:OverdueScanSeconds=1",
        $"--Sessions:RevocationSeconds={RevocationSeconds}",
        "--Accounts:Guests=true",
        // All tests call from one address.
        "--Accounts:FailedSignInAddressLimit=100000",
    ];

    private readonly ServerData _data = new();
    private readonly List<ServerProcess> _processes = [];

    /// <summary>The processes for tests that stop none of them and need no settings of their own.</summary>
    public static ServerProcess[] Three { get; set; } = [];

    /// <summary>Gets the signed-in admin.</summary>
    public static Person Grace { get; } = Person.Random() with { Username = "Grace" };

    /// <summary>Gets the folder of the mails.</summary>
    public static MailSink Mails { get; set; } = null!;

    /// <summary>Gets the issuer that the shared processes know as Google.</summary>
    public static TestIssuer Google { get; set; } = null!;

    /// <summary>The admin in the settings.</summary>
    public static string[] Seed =>
        [
            $"--Seed:Admin:Username={Grace.Username}",
            $"--Seed:Admin:Email={Grace.Email}",
            $"--Seed:Admin:Password={Grace.Password}",
        ];

    /// <summary>Starts another process and waits until it listens.</summary>
    public Task<ServerProcess> StartAsync(params string[] settings) => StartAsync(settings, []);

    /// <summary>Starts another process that kills itself where <see cref="StartupHook"/> is asked to.</summary>
    public Task<ServerProcess> StartKillableAsync() =>
        StartAsync(
            [],
            [
                ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location),
                // It does not live long enough to get back what profiling its code costs.
                ("DOTNET_TieredPGO", "0"),
            ]
        );

    /// <summary>Starts three processes at once.</summary>
    public Task<ServerProcess[]> StartThreeAsync(params string[] settings) =>
        Task.WhenAll(Enumerable.Range(0, 3).Select(_ => StartAsync(settings)));

    /// <summary>
    /// Returns the faults that SQLite finds in the file. SQL Server is not checked, because it has a process of its own, which is
    /// not killed.
    /// </summary>
    public async Task<IReadOnlyList<string>> FindFaultsAsync()
    {
        List<string> rows = [];
        foreach (var pragma in ServerData.IsSqlServer ? [] : (string[])["integrity_check", "foreign_key_check"])
        {
            await using var connection = await _data.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"PRAGMA {pragma}";
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows.Add($"{reader.GetValue(0)}");
            }
        }

        return [.. rows.Where(row => row != "ok")];
    }

    /// <summary>Returns the number of keys in the shared key ring.</summary>
    public async Task<long> CountKeysAsync()
    {
        await using var connection = await _data.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM DataProtectionKeys";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    private async Task<ServerProcess> StartAsync(string[] settings, (string Name, string Value)[] environment)
    {
        var process = _data.Run([.. Defaults, .. settings], environment);
        _processes.Add(process);
        await process.StartedAsync();
        return process;
    }

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _data.Dispose();
    }
}

/// <summary>The three processes that most tests share.</summary>
[SetUpFixture]
public sealed class SharedInstances : IAsyncDisposable
{
    private Instances? _instances;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await TestDatabase.ReportProviderAsync(GetType().Assembly.GetName().Name!);
        _instances = new Instances();
        Instances.Mails = new MailSink();
        Instances.Google = await TestIssuer.StartAsync();
        Instances.Three = await _instances.StartThreeAsync([
            .. Instances.Seed,
            .. Instances.Mails.Settings,
            .. Instances.Google.Arguments,
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _instances?.Dispose();
        Instances.Mails?.Dispose();
        if (Instances.Google is { } google)
        {
            await google.DisposeAsync();
        }
    }
}
