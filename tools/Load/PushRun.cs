using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Fitnessify.Load;

/// <summary>
/// Many tasks of many users fall due at the same moment. The run measures how long it takes until the last message has left for
/// the last device, and how long reads take meanwhile.
/// </summary>
internal static class PushRun
{
    // A steady load well below what the server can do, as most servers have most of the time.
    private const int Readers = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan CalmFor = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    public static async Task RunAsync(string published, int users, int tasks, int devices)
    {
        await using var sink = await PushSink.StartAsync();
        // Only in Development may messages go to this machine.
        await using var server = await Server.StartAsync(
            published,
            "Development",
            "--Push:AllowedHosts:0=127.0.0.1",
            "--Jobs:OverdueScanSeconds=1",
            "--Accounts:PasswordIterations=1000",
            // As in Production, requests that succeed are not logged.
            "--Serilog:MinimumLevel:Override:Serilog.AspNetCore.RequestLoggingMiddleware=Warning",
            "--Serilog:MinimumLevel:Default=Information"
        );
        List<string> tokens = [];
        for (var i = 0; i < users; i++)
        {
            tokens.Add(await RegisterAsync(server, sink, i, devices));
        }

        var read = await TaskOfAsync(server, tokens[0]);
        using var warm = new CancellationTokenSource(CalmFor);
        await ReadAsync(server, tokens[0], read, warm.Token);
        using var calm = new CancellationTokenSource(CalmFor);
        var before = await ReadAsync(server, tokens[0], read, calm.Token);

        // The first round is a warm-up, because the runtime recompiles hot methods (tiered compilation); its result is not used.
        await SendAsync(server, sink, tokens, read, tasks, devices);
        var cpu = server.Cpu;
        var (dueAt, during) = await SendAsync(server, sink, tokens, read, tasks, devices);
        var expected = users * tasks * devices;
        var received = sink.Received.ToList();
        var (first, last) = (received.Min(message => message.At), received.Max(message => message.At));
        var different = received.Select(message => message.Message).Distinct().Count();
        Console.WriteLine(
            $"{Environment.ProcessorCount} cores; {users} users, {tasks} tasks and {devices} devices each; {Readers} readers, one read each {Interval.TotalMilliseconds:0} ms."
        );
        Console.WriteLine();
        Console.WriteLine(
            "| messages | different | first, s after due | last, s after due | server CPU ms per message |"
        );
        Console.WriteLine("|---:|---:|---:|---:|---:|");
        Print(
            $"| {received.Count} of {expected} | {different} | {(first - dueAt).TotalSeconds:0.0} | {(last - dueAt).TotalSeconds:0.0} | {(server.Cpu - cpu).TotalMilliseconds / expected:0.00} |"
        );
        Console.WriteLine();
        Console.WriteLine("| reads | number | p50 ms | p99 ms |");
        Console.WriteLine("|---|---:|---:|---:|");
        Print($"| calm | {before.Count} | {At(before, 0.5):0.00} | {At(before, 0.99):0.00} |");
        Print($"| while messages leave | {during.Count} | {At(during, 0.5):0.00} | {At(during, 0.99):0.00} |");
    }

    // Lets the tasks of all users fall due, and reads until the last message has come.
    private static async Task<(DateTimeOffset DueAt, List<double> Reads)> SendAsync(
        Server server,
        PushSink sink,
        List<string> tokens,
        string read,
        int tasks,
        int devices
    )
    {
        sink.Clear();
        var dueAt = DateTimeOffset.UtcNow.AddSeconds(5 + (tokens.Count / 50));
        foreach (var token in tokens)
        {
            await CreateAsync(server, token, tasks, dueAt);
        }

        await Task.Delay(dueAt - DateTimeOffset.UtcNow);
        using var busy = new CancellationTokenSource(TimeLimit);
        var reading = ReadAsync(server, tokens[0], read, busy.Token);
        while (sink.Received.Count < tokens.Count * tasks * devices && !busy.IsCancellationRequested)
        {
            await Task.Delay(Interval);
        }

        await busy.CancelAsync();
        return (dueAt, await reading);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static double At(List<double> times, double share) => times[(int)(share * (times.Count - 1))];

    private static async Task<string> RegisterAsync(Server server, PushSink sink, int number, int devices)
    {
        var (username, password) = ($"user{number}", User.Password);
        await SendAsync(
            server,
            null,
            HttpMethod.Post,
            "auth/register",
            new
            {
                username,
                email = $"{username}@example.org",
                password,
            }
        );
        var tokens = await SendAsync(server, null, HttpMethod.Post, "auth/login", new { login = username, password });
        var token = tokens.GetProperty("accessToken").GetString()!;
        for (var i = 0; i < devices; i++)
        {
            var id = Guid.NewGuid();
            using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            await SendAsync(
                server,
                token,
                HttpMethod.Put,
                $"users/me/devices/{id}",
                new
                {
                    platform = "webPush",
                    endpoint = sink.EndpointOf(id),
                    p256dh = Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]),
                    auth = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
                    preview = true,
                }
            );
        }

        return token;
    }

    private static async Task<string> TaskOfAsync(Server server, string token) =>
        (await SendAsync(server, token, HttpMethod.Post, "tasks", new { title = "Read me" }))
            .GetProperty("id")
            .GetString()!;

    private static Task<JsonElement> CreateAsync(Server server, string token, int tasks, DateTimeOffset dueAt) =>
        SendAsync(
            server,
            token,
            HttpMethod.Post,
            "tasks/batch",
            new
            {
                atomic = true,
                operations = Enumerable
                    .Range(0, tasks)
                    .Select(i => new { op = "create", task = new { title = $"Task {i}", dueAt } }),
            }
        );

    // Each reader keeps to its times: when an answer comes late, the time from when it was due counts.
    private static async Task<List<double>> ReadAsync(
        Server server,
        string token,
        string task,
        CancellationToken cancellationToken
    )
    {
        var times = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => ReadOneAsync()));
        return [.. times.SelectMany(each => each).Order()];

        async Task<List<double>> ReadOneAsync()
        {
            List<double> mine = [];
            var started = Stopwatch.GetTimestamp();
            for (var number = 0; !cancellationToken.IsCancellationRequested; number++)
            {
                var due = number * Interval;
                if (due - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } early)
                {
                    await Task.Delay(early, CancellationToken.None);
                }

                using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/tasks/{task}");
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                using var answer = await server.Http.SendAsync(request, CancellationToken.None);
                answer.EnsureSuccessStatusCode();
                mine.Add((Stopwatch.GetElapsedTime(started) - due).TotalMilliseconds);
            }

            return mine;
        }
    }

    private static async Task<JsonElement> SendAsync<T>(
        Server server,
        string? token,
        HttpMethod method,
        string path,
        T body
    )
    {
        using var request = new HttpRequestMessage(method, $"api/v1/{path}") { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await server.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
