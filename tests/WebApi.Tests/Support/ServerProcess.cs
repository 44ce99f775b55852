using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Fitnessify.WebApi.Tests.Support;

/// <summary>The program as an operator runs it, in a folder of the test.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    // For a process that hangs; none takes that long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly SocketsHttpHandler _handler = new();
    private readonly Task<string> _errors;
    private Task<string> _output = Task.FromResult("");
    private Uri _address = null!;

    private ServerProcess(string folder, IEnumerable<string> args, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet")
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
        foreach (var arg in (string[])[typeof(Program).Assembly.Location, .. args, .. settings])
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

    /// <summary>Starts the program and does not wait for anything.</summary>
    public static ServerProcess Run(string folder, string[] args, params (string Name, string Value)[] environment) =>
        new(folder, args, environment.ToDictionary(pair => pair.Name, pair => pair.Value));

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
                _address = new Uri(match.Groups[1].Value);
                return Anonymous();
            }
        }

        throw new InvalidOperationException(await _errors);
    }

    /// <summary>Waits until it has written a line that holds this.</summary>
    public async Task SaysAsync(string part)
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.Contains(part, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new InvalidOperationException(await _errors);
    }

    /// <summary>What it writes from here to its end.</summary>
    public Task<string> RestAsync() => _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);

    /// <summary>One more device that talks to it, once it listens.</summary>
    public ApiClient Anonymous() => new(_handler, _address);

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
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        return (await EndAsync()).ExitCode;
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
