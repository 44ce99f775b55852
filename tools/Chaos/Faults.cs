using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Fitnessify.Chaos;

/// <summary>These faults are injected during a soak run. Each task ends when its fault is over.</summary>
internal sealed class Faults(Fleet fleet, Caller[] callers, Random random)
{
    private const int HostileRequests = 300;
    private const int SimultaneousSignIns = 200;

    /// <summary>With this limit on the size of files, in bytes, every write of the database fails as on a full disk.</summary>
    private const int FileSizeLimit = 4096;

    private static readonly string[] HostileTexts =
    [
        "GET /api/v1/tasks HTTP/1.1\r\n",
        "\0\0\u0016\u0003garbage\r\n\r\n",
        $"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('x', 100_000)}\r\n\r\n",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"login\":",
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"login\":[{}",
        "PUT /api/v1/tasks/%00%ff HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ];

    public IReadOnlyList<(string Name, Func<Task> InjectAsync)> All =>
        [
            ("kill -9 and a new start", KillAsync),
            ("SIGTERM and a new start", TerminateAsync),
            ("process stopped (SIGSTOP)", () => SuspendAsync(callers[0].Server)),
            ("the other process stopped (SIGSTOP)", () => SuspendAsync(callers[1].Server)),
            .. SqliteFaults,
            ("mail server dead", () => SetMailBehaviorAsync(MailBehavior.Dead)),
            ("mail server silent", () => SetMailBehaviorAsync(MailBehavior.Silent)),
            ("mail server talks garbage", () => SetMailBehaviorAsync(MailBehavior.Garbage)),
            ("hostile requests", () => RunAllAsync(HostileRequests, SendHostileAsync)),
            ("storm of sign-ins", () => RunAllAsync(SimultaneousSignIns, SignInAsync)),
        ];

    // These faults need a database file: SQL Server has its own locks and its own disk.
    private IReadOnlyList<(string Name, Func<Task> InjectAsync)> SqliteFaults =>
        ServerData.IsSqlServer
            ? []
            : [("write lock held from outside", LockAsync), ("no space for writes", FillDiskAsync)];

    private TimeSpan RandomDuration => TimeSpan.FromSeconds(random.Next(3, 20));

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

    private async Task SuspendAsync(ServerProcess server)
    {
        server.Signal("STOP");
        await Task.Delay(RandomDuration);
        server.Signal("CONT");
    }

    private Task LockAsync() => fleet.Database.LockAsync(RandomDuration, CancellationToken.None);

    private async Task FillDiskAsync()
    {
        foreach (var caller in callers)
        {
            await LimitAsync(caller.Server, $"{FileSizeLimit}");
        }

        await Task.Delay(RandomDuration);
        foreach (var caller in callers)
        {
            await LimitAsync(caller.Server, "unlimited");
        }
    }

    // Only the soft limit is lowered, because it can be raised again.
    private static async Task LimitAsync(ServerProcess server, string bytes)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{server.Id}", $"--fsize={bytes}:"]);
        await prlimit.WaitForExitAsync();
    }

    private async Task SetMailBehaviorAsync(MailBehavior behavior)
    {
        fleet.MailServer.Behavior = behavior;
        await Task.Delay(RandomDuration);
        fleet.MailServer.Behavior = MailBehavior.Normal;
    }

    private async Task SendHostileAsync(int number)
    {
        try
        {
            using var client = new TcpClient();
            var address = callers[number % 2].Server.Address;
            await client.ConnectAsync(address.Host, address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.Latin1.GetBytes(HostileTexts[number % HostileTexts.Length]));
            // Some clients disconnect at once, others wait for the response.
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(number % 3));
            await stream.ReadExactlyAsync(new byte[1], timeout.Token);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The server may answer or close the connection.
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
            // Most of these sign-ins are refused with 503, because the hashing queue is full.
        }
    }

    private static Task RunAllAsync(int count, Func<int, Task> callAsync) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(callAsync));
}
