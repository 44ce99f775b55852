using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fitnessify.Testing;

/// <summary>The program as an operator runs it, in a folder of the caller.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    // For a process that hangs; none takes that long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private Task<string> _output = Task.FromResult("");
    private bool _isDisposed;

    private ServerProcess(string folder, string[] args, Dictionary<string, string> environment, int? descriptors = null)
    {
        // A write beyond a limit of the file size is to fail as on a full disk, not to end the process.
        var limit = descriptors is null ? "" : $"ulimit -n {descriptors}; ";
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"trap '' XFSZ; {limit}exec dotnet \"$@\"", "sh"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] settings =
        [
            $"--ConnectionStrings:Fitnessify=Data Source={DatabaseIn(folder)}",
            $"--Mail:PickupFolder={Path.Combine(folder, "data", "mail")}",
            "--Accounts:PasswordIterations=1000",
            "--Accounts:HashingWaitSeconds=60",
            "--urls=http://127.0.0.1:0",
        ];
        // A command comes first; of a setting that comes twice, the last is used.
        var command = args.TakeWhile(arg => !arg.StartsWith('-')).ToList();
        foreach (var arg in (string[])[Program, .. command, .. settings, .. args.Skip(command.Count)])
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Connections to it, for all who talk to it.</summary>
    public SocketsHttpHandler Handler { get; } = new() { UseCookies = false };

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Fitnessify.WebApi.dll");

    /// <summary>The database of the processes in a folder.</summary>
    public static string DatabaseIn(string folder) => Path.Combine(folder, "data", "fitnessify.db");

    /// <summary>Starts the program and does not wait for anything.</summary>
    public static ServerProcess Run(string folder, string[] args, params (string Name, string Value)[] environment) =>
        new(folder, args, environment.ToDictionary(pair => pair.Name, pair => pair.Value));

    /// <summary>The same with so many files and connections at a time.</summary>
    public static ServerProcess RunWith(int descriptors, string folder, string[] args) =>
        new(folder, args, [], descriptors);

    /// <summary>Waits until the server says that it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before; with what it said.</exception>
    public async Task StartedAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Timeout) is { } line)
        {
            if (StartLine().Match(line) is { Success: true } match)
            {
                // At once: a full pipe would stop the server.
                _output = _process.StandardOutput.ReadToEndAsync();
                Address = new Uri(match.Groups["url"].Value);
                return;
            }
        }

        throw new InvalidOperationException(await _errors);
    }

    /// <summary>Waits until it has written a line that holds this.</summary>
    public async Task SaysAsync(string part)
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Timeout) is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException(await _errors);
    }

    /// <summary>What it writes from here to its end.</summary>
    public Task<string> RestAsync() => _process.StandardOutput.ReadToEndAsync().WaitAsync(Timeout);

    /// <summary>All that a server has written since it listens, once it has ended.</summary>
    public Task<string> OutputAsync() => _output.WaitAsync(Timeout);

    /// <summary>As kill -9 does.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As an orchestrator stops it.</summary>
    public async Task<int> TerminateAsync()
    {
        BeginToTerminate();
        return (await EndAsync()).ExitCode;
    }

    /// <summary>The same, while something is still to be done.</summary>
    public void BeginToTerminate() => Signal("TERM");

    /// <summary>Sends STOP and CONT for instance.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>How it ended of its own accord.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Timeout);
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        Handler.Dispose();
    }

    // Of Development and, as JSON, of Production.
    [GeneratedRegex(@"listens on (?<url>http://\S+),|""Address"":""(?<url>[^""]+)""")]
    private static partial Regex StartLine();
}
