using System.Diagnostics;

namespace Fitnessify.Load;

/// <summary>The published server runs as a process with its own database and without rate limits.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ServerData _data;

    private Server(Process process, ServerData data) => (_process, _data) = (process, data);

    /// <summary>The client opens a connection for each concurrent request.</summary>
    public HttpClient Http { get; private set; } = null!;

    public double StartSeconds { get; private init; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double MemoryMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024.0 / 1024.0;
        }
    }

    public static async Task<Server> StartAsync(
        string published,
        string environment = "Production",
        params string[] settings
    )
    {
        var data = new ServerData();
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = data.Folder, RedirectStandardOutput = true };
        string[] arguments =
        [
            Path.GetFullPath(Path.Combine(published, "Fitnessify.WebApi.dll")),
            "--urls=http://127.0.0.1:0",
            $"--ConnectionStrings:Fitnessify={data.ConnectionString}",
            .. data.Settings,
            $"--Mail:PickupFolder={Path.Combine(data.Folder, "mail")}",
            "--Transport:RequireHttps=false",
            "--RateLimits:Enabled=false",
            .. settings,
        ];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        var address = await ReadAddressAsync(process);
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(address) };
        (await http.GetAsync("health/ready")).EnsureSuccessStatusCode();
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        // The output must be read to the end, because a full pipe would block the server.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return new Server(process, data) { Http = http, StartSeconds = seconds };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _data.Dispose();
    }

    private static async Task<string> ReadAddressAsync(Process process)
    {
        const string begin = "http://127.0.0.1:";
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.IndexOf(begin, StringComparison.Ordinal) is >= 0 and var at)
            {
                var port = line[(at + begin.Length)..].TakeWhile(char.IsAsciiDigit);
                return $"{begin}{string.Concat(port)}/";
            }
        }

        throw new InvalidOperationException("The server ended before it listened.");
    }
}
