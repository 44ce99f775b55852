using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fitnessify.WebApi.Tests.Support;

/// <summary>The program as an operator runs it, in a folder of the test.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    // For a process that hangs; none takes that long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly SocketsHttpHandler _handler = new();
    private readonly Task<string> _errors;
    private Task<string> _output = Task.FromResult("");

    private ServerProcess(string folder, string[] args, Dictionary<string, string> environment, int? descriptors = null)
    {
        var start = new ProcessStartInfo(descriptors is null ? "dotnet" : "sh")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        string[] settings =
        [
            $"--ConnectionStrings:Fitnessify=Data Source={Path.Combine(folder, "data", "fitnessify.db")}",
            $"--Mail:PickupFolder={Path.Combine(folder, "data", "mail")}",
            "--Accounts:PasswordIterations=1000",
            "--urls=http://127.0.0.1:0",
        ];
        // What is asked for wins over what is usual here; a command comes before both.
        var words = args.TakeWhile(arg => !arg.StartsWith('-')).ToList();
        string[] shell = descriptors is null ? [] : ["-c", $"ulimit -n {descriptors} && exec \"$0\" \"$@\"", "dotnet"];
        string[] all = [.. shell, typeof(Program).Assembly.Location, .. words, .. settings, .. args.Skip(words.Count)];
        foreach (var arg in all)
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

    /// <summary>Where it listens, once it does.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Starts the program and does not wait for anything.</summary>
    public static ServerProcess Run(string folder, string[] args, params (string Name, string Value)[] environment) =>
        new(folder, args, environment.ToDictionary(pair => pair.Name, pair => pair.Value));

    /// <summary>The same with so many files and connections at a time.</summary>
    public static ServerProcess RunWith(int descriptors, string folder, string[] args) =>
        new(folder, args, [], descriptors);

    /// <summary>Waits until the server says that it listens.</summary>
    /// <returns>A device that talks to it.</returns>
    public async Task<ApiClient> ListensAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (StartLine().Match(line) is { Success: true } match)
            {
                // At once: a full pipe would stop the server.
                _output = _process.StandardOutput.ReadToEndAsync();
                Address = new Uri(match.Groups[1].Value);
                return Anonymous();
            }
        }

        throw new InvalidOperationException(await _errors);
    }

    /// <summary>One more device that talks to it, once it listens.</summary>
    public ApiClient Anonymous() => new(_handler, Address);

    /// <summary>All that a server has written that never listened, once it has ended.</summary>
    public Task<string> LastWordsAsync() => _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);

    /// <summary>All that a server has written since it listens, once it has ended.</summary>
    public Task<string> OutputAsync() => _output.WaitAsync(Patience);

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
    public void BeginToTerminate()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
    }

    /// <summary>How it ended of its own accord.</summary>
    public async Task<(int ExitCode, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, await _errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex(@"listens on (http://\S+),")]
    private static partial Regex StartLine();
}
