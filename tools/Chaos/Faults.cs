using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Fitnessify.Chaos;

/// <summary>What goes wrong in a soak. Each ends when the cause is gone.</summary>
internal sealed class Faults(Fleet fleet, Caller[] callers, Random random)
{
    private const int Hostile = 300;
    private const int SignIns = 200;

    /// <summary>A limit of the size of files, in bytes, at which no write fits.</summary>
    private const int FullDisk = 4096;

    private static readonly string[] HostileTexts =
    [
        "GET /api/v1/tasks HTTP/1.1\r\n",
        "\0\0\u0016\u0003garbage\r\n\r\n",
        $"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('x', 100_000)}\r\n\r\n",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"login\":",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"login\":[{}",
        "PUT /api/v1/tasks/%00%ff HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ];

    public IReadOnlyList<(string Name, Func<Task> HarmAsync)> All =>
        [
            ("kill -9 and a new start", KillAsync),
            ("SIGTERM and a new start", TerminateAsync),
            ("process stopped (SIGSTOP)", () => PauseAsync(callers[0].Server)),
            ("the other process stopped (SIGSTOP)", () => PauseAsync(callers[1].Server)),
            .. OfTheFile,
            ("mail server dead", () => MisbehaveAsync(MailBehaviour.Dead)),
            ("mail server silent", () => MisbehaveAsync(MailBehaviour.Silent)),
            ("mail server talks garbage", () => MisbehaveAsync(MailBehaviour.Garbage)),
            ("hostile requests", () => AllAsync(Hostile, BeHostileAsync)),
            ("storm of sign-ins", () => AllAsync(SignIns, SignInAsync)),
        ];

    // SQL Server's lock is not for others to hold, nor its disk that of the servers.
    private IReadOnlyList<(string Name, Func<Task> HarmAsync)> OfTheFile =>
        ServerData.IsSqlServer
            ? []
            : [("write lock held from outside", LockAsync), ("no space for writes", FillDiskAsync)];

    private TimeSpan SomeSeconds => TimeSpan.FromSeconds(random.Next(3, 20));

    private async Task KillAsync()
    {
        await callers[0].Server.KillAsync();
        await RestartAsync();
    }

    private async Task TerminateAsync()
    {
        await callers[0].Server.TerminateAsync();
        await RestartAsync();
    }

    private async Task RestartAsync()
    {
        callers[0].Server.Dispose();
        callers[0].Server = await fleet.StartAsync();
    }

    private async Task PauseAsync(ServerProcess server)
    {
        server.Signal("STOP");
        await Task.Delay(SomeSeconds);
        server.Signal("CONT");
    }

    private Task LockAsync() => fleet.Database.LockAsync(SomeSeconds, CancellationToken.None);

    private async Task FillDiskAsync()
    {
        foreach (var caller in callers)
        {
            await LimitAsync(caller.Server, $"{FullDisk}");
        }

        await Task.Delay(SomeSeconds);
        foreach (var caller in callers)
        {
            await LimitAsync(caller.Server, "unlimited");
        }
    }

    // Only the soft limit, which can be raised again.
    private static async Task LimitAsync(ServerProcess server, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{server.Id}", $"--fsize={bytes}:"]);
        await prlimit.WaitForExitAsync();
    }

    private async Task MisbehaveAsync(MailBehaviour behaviour)
    {
        fleet.MailServer.Behaviour = behaviour;
        await Task.Delay(SomeSeconds);
        fleet.MailServer.Behaviour = MailBehaviour.Normal;
    }

    private async Task BeHostileAsync(int number)
    {
        try
        {
            using var client = new TcpClient();
            var address = callers[number % 2].Server.Address;
            await client.ConnectAsync(address.Host, address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(HostileTexts[number % HostileTexts.Length]));
            // Some hang up at once, some wait for what comes.
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(number % 3));
            await stream.ReadExactlyAsync(new byte[1], timeout.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // As it may be.
        }
    }

    private async Task SignInAsync(int number)
    {
        var body = new { login = $"nobody-{number}", password = "Violet-Kettle-93-Umbrella" };
        try
        {
            await callers[number % 2].SendAsync(HttpMethod.Post, "auth/login", null, body);
        }
        catch (OutcomeUnknownException)
        {
            // Refused, as most are.
        }
    }

    private static Task AllAsync(int count, Func<int, Task> callAsync) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(callAsync));
}
