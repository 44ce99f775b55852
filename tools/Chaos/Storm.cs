using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>Ten times the sign-ins that a server can hash, beside reads of tasks at a steady pace.</summary>
internal sealed class Storm : IDisposable
{
    private const int Users = 100;
    private const int Overload = 10;
    private const double ReadsPerSecond = 100;
    private const double MostSlowdown = 3;
    private const double MostMilliseconds = 5000;

    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    private readonly Fleet _fleet = new();

    // Of both kinds its own: a client that waits for one must not delay the other.
    private HttpClient _reads = null!;
    private HttpClient _signIns = null!;
    private string _task = "";

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        var server = await _fleet.StartAsync("--Accounts:HashingWaitSeconds=2");
        _reads = Client(server.Address);
        _signIns = Client(server.Address);
        await PrepareAsync();
        await Pace.RunAsync(ReadAsync, ReadsPerSecond, Phase);
        var calm = await Pace.RunAsync(ReadAsync, ReadsPerSecond, Phase);
        var rate = await HashedPerSecondAsync();
        var calmSignIn = await Pace.RunAsync(SignInAsync, rate / 4, Phase / 3);
        var storming = Pace.RunAsync(SignInAsync, rate * Overload, Phase);
        var reads = await Pace.RunAsync(ReadAsync, ReadsPerSecond, Phase);
        var signIns = await storming;
        await Task.Delay(Recovery);
        var after = await Pace.RunAsync(ReadAsync, ReadsPerSecond, Phase / 3);
        var signInAfter = await Pace.RunAsync(SignInAsync, rate / 4, Phase / 3);
        await server.TerminateAsync();

        Console.WriteLine(
            $"{Environment.ProcessorCount} cores; {rate:0.0} sign-ins/s can be hashed; the storm brings {rate * Overload:0}/s."
        );
        Console.WriteLine();
        Console.WriteLine("| | p50 ms | p99 ms | longest ms | answers |");
        Console.WriteLine("|---|---:|---:|---:|---|");
        Row($"reads at {ReadsPerSecond:0}/s, calm", calm);
        Row("the same in the storm", reads);
        Row("the same 2 s after it", after);
        Row("sign-ins, calm", calmSignIn);
        Row("sign-ins of the storm", signIns);
        Row("sign-ins 2 s after it", signInAfter);
        Console.WriteLine();
        (string Promise, bool IsKept)[] promises =
        [
            ($"reads: p99 within {MostSlowdown:0} × calm", reads.P99 <= calm.P99 * MostSlowdown),
            ("reads: all answered", (Times[])[calm, reads, after] is var all && all.All(times => Only(times, 200))),
            (
                "sign-ins: answered or refused within 5 s",
                signIns.Longest <= MostMilliseconds && Only(signIns, 200, 429, 503)
            ),
            ("reads: normal 2 s after", after.P99 <= calm.P99 * MostSlowdown),
            (
                "sign-ins: normal 2 s after",
                signInAfter.Median <= calmSignIn.Median * MostSlowdown && Only(signInAfter, 200)
            ),
        ];
        foreach (var (promise, isKept) in promises)
        {
            Console.WriteLine($"- {promise}: {(isKept ? "kept" : "BROKEN")}");
        }

        return promises.All(promise => promise.IsKept) ? 0 : 1;
    }

    public void Dispose()
    {
        _reads?.Dispose();
        _signIns?.Dispose();
        _fleet.Dispose();
    }

    private static HttpClient Client(Uri address) => new() { BaseAddress = new Uri(address, "api/v1/") };

    private static bool Only(Times times, params int[] statuses) =>
        times.Answers.All(answer => statuses.Contains(answer.Status));

    private static void Row(string name, Times times) =>
        Console.WriteLine($"| {name} | {times.Median:0.0} | {times.P99:0.0} | {times.Longest:0} | {times.Statuses} |");

    private static object User(int number) =>
        new
        {
            username = $"user{number}",
            email = $"user{number}@example.test",
            password = "Violet-Kettle-93-Umbrella",
        };

    private async Task PrepareAsync()
    {
        for (var number = 0; number < Users; number++)
        {
            using var registered = await _signIns.PostAsJsonAsync("auth/register", User(number));
            registered.EnsureSuccessStatusCode();
        }

        using var login = await _signIns.PostAsJsonAsync("auth/login", Credentials(0));
        var tokens = await login.Content.ReadFromJsonAsync<JsonElement>();
        _reads.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            tokens.Text("accessToken")
        );
        using var created = await _reads.PostAsJsonAsync("tasks", new { title = "Run" });
        _task = (await created.Content.ReadFromJsonAsync<JsonElement>()).Text("id")!;
    }

    /// <summary>What the gate does when it is never empty and never full.</summary>
    private async Task<double> HashedPerSecondAsync()
    {
        var count = 0;
        using var end = new CancellationTokenSource(Phase / 2);
        await Task.WhenAll(
            Enumerable
                .Range(0, 4 * Environment.ProcessorCount)
                .Select(async worker =>
                {
                    while (!end.IsCancellationRequested)
                    {
                        await SignInAsync(worker);
                        Interlocked.Increment(ref count);
                    }
                })
        );
        return count / (Phase / 2).TotalSeconds;
    }

    private Task<int> ReadAsync(int number) => Pace.StatusAsync(_reads.GetAsync($"tasks/{_task}"));

    private Task<int> SignInAsync(int number) =>
        Pace.StatusAsync(_signIns.PostAsJsonAsync("auth/login", Credentials(number % Users)));

    private static object Credentials(int number) =>
        new { login = $"user{number}", password = "Violet-Kettle-93-Umbrella" };
}
