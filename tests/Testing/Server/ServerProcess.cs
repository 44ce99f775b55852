using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fitnessify.Testing;

/// <summary>The program as an operator runs it, in a folder of the caller.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    // This is for a process that hangs; no other takes that long.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private Task<string> _output = Task.FromResult("");
    private bool _isDisposed;

    private ServerProcess(string folder, string[] args, Dictionary<string, string> environment, int? descriptors = null)
    {
        // A write beyond a limit of the file size must fail as on a full disk, without ending the process.
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
        // A command is the first argument; if a setting occurs twice, the last one is used.
        var command = args.TakeWhile(arg => !arg.StartsWith('-')).ToList();
        foreach (var arg in (string[])[Program, .. command, .. settings, .. args.Skip(command.Count)])
        {
            start.ArgumentList.Add(arg);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        if (RunsForSeconds)
        {
            // No server of a test gets back what profiling its code and compiling it again costs. The delay is hexadecimal.
            start.Environment["DOTNET_TieredPGO"] = "0";
            start.Environment["DOTNET_TC_CallCountingDelayMs"] = "400";
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Gets or sets whether the servers run for seconds, as in tests, and not as they do in production.</summary>
    public static bool RunsForSeconds { get; set; } = true;

    /// <summary>Gets the handler whose connections all clients share.</summary>
    public SocketsHttpHandler Handler { get; } = new() { UseCookies = false };

    /// <summary>Gets the address of the server.</summary>
    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>Gets the server in the folder that FITNESSIFY_SERVER names, or else the built one.</summary>
    private static string Program { get; } =
        Path.Combine(
            Environment.GetEnvironmentVariable("FITNESSIFY_SERVER") ?? AppContext.BaseDirectory,
            "Fitnessify.WebApi.dll"
        );

    /// <summary>Returns the database of the processes in a folder.</summary>
    public static string DatabaseIn(string folder) => Path.Combine(folder, "data", "fitnessify.db");

    /// <summary>Starts the program without waiting.</summary>
    public static ServerProcess Run(string folder, string[] args, params (string Name, string Value)[] environment) =>
        new(folder, args, environment.ToDictionary(pair => pair.Name, pair => pair.Value));

    /// <summary>Starts the program with limited numbers of open files and connections.</summary>
    public static ServerProcess RunWith(int descriptors, string folder, string[] args) =>
        new(folder, args, [], descriptors);

    /// <summary>Waits until the server says that it listens.</summary>
    /// <exception cref="InvalidOperationException">The process ended before; the message contains its output.</exception>
    public async Task StartedAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Timeout) is { } line)
        {
            if (StartLine().Match(line) is { Success: true } match)
            {
                // The output is read at once, because a full pipe would stop the server.
                _output = _process.StandardOutput.ReadToEndAsync();
                Address = new Uri(match.Groups["url"].Value);
                return;
            }
        }

        throw new InvalidOperationException(await _errors);
    }

    /// <summary>Waits until the process writes a line that contains this text.</summary>
    public async Task WaitForOutputAsync(string part)
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

    /// <summary>Returns the rest of the output.</summary>
    public Task<string> RemainingOutputAsync() => _process.StandardOutput.ReadToEndAsync().WaitAsync(Timeout);

    /// <summary>Returns everything that a server has written since it started to listen, once it has ended.</summary>
    public Task<string> OutputAsync() => _output.WaitAsync(Timeout);

    /// <summary>Kills the process like kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the process like an orchestrator.</summary>
    public async Task<int> TerminateAsync()
    {
        RequestTermination();
        return (await EndAsync()).ExitCode;
    }

    /// <summary>Begins to stop the process while something is still to be done.</summary>
    public void RequestTermination() => Signal("TERM");

    /// <summary>Sends a signal such as STOP or CONT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end and returns the exit code and the errors.</summary>
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

    // These are the formats of Development and, as JSON, of Production.
    [GeneratedRegex(@"listens on (?<url>http://\S+),|""Address"":""(?<url>[^""]+)""")]
    private static partial Regex StartLine();
}
