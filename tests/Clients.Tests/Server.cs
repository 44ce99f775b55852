using System.Diagnostics;
using System.Text.RegularExpressions;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>The server with its own database.</summary>
internal sealed partial class Server : IAsyncDisposable
{
    public const string Password = "correct horse battery staple";
    public const string Admin = "grace";
    public const string AdminPassword = "velvet anchor drifts past noon";

    // This is for a process that hangs; no other takes that long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("fitnessify-").FullName;
    private readonly Dictionary<string, string> _database;
    private Process _process = null!;

    private readonly IReadOnlyDictionary<string, string> _settings;

    private Server(Dictionary<string, string>? database, IReadOnlyDictionary<string, string> settings)
    {
        _settings = settings;
        _database =
            database
            ?? new() { ["ConnectionStrings__Fitnessify"] = $"Data Source={Path.Combine(_folder, "fitnessify.db")}" };
    }

    public string Address { get; private set; } = "http://127.0.0.1:0";

    /// <summary>Starts a server.</summary>
    /// <param name="settings">Further settings, as environment variables.</param>
    public static async Task<Server> StartAsync(IReadOnlyDictionary<string, string>? settings = null)
    {
        var server = new Server(await TestDatabases.NewAsync(), settings ?? new Dictionary<string, string>());
        await server.RunAsync();
        return server;
    }

    public static string NewName() => $"user-{Guid.NewGuid():N}"[..25];

    /// <summary>Kills the server like kill -9 and starts it again at the same address with the same database.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await RunAsync();
    }

    /// <summary>Creates a new user for the test and signs in.</summary>
    public async Task<FitnessifySession> SignUpAsync(FitnessifyOptions? options = null)
    {
        var session = new FitnessifySession(Address, options);
        var username = NewName();
        var account = new RegisterUserCommand { Username = username, Email = $"{username}@example.com" };
        account.Password = Password;
        await session.Api.Auth.RegisterAsync(account);
        await session.SignInAsync(username, Password, "Test");
        return session;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await TestDatabases.DropAsync(_database);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync()
    {
        var start = Programs.StartServer("--urls", Address);
        start.WorkingDirectory = _folder;
        foreach (
            var (name, value) in new Dictionary<string, string>(_database.Concat(_settings))
            {
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Mail__PickupFolder"] = Path.Combine(_folder, "mail"),
                ["Accounts__PasswordIterations"] = "1000",
                ["Jobs__OverdueScanSeconds"] = "1",
                ["RateLimits__Enabled"] = "false",
                ["Seed__Admin__Username"] = Admin,
                ["Seed__Admin__Email"] = "grace@example.com",
                ["Seed__Admin__Password"] = AdminPassword,
            }
        )
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Timeout) is { } line)
        {
            if (StartLine().Match(line) is { Success: true } match)
            {
                Address = match.Groups[1].Value;
                // The server would stop if the pipe were full.
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        throw new InvalidOperationException(await errors);
    }

    private async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"listens on (http://\S+),")]
    private static partial Regex StartLine();
}
