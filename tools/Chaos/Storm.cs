using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fitnessify.Chaos;

/// <summary>This run sends ten times the sign-ins that a server can hash, together with task reads at a fixed rate.</summary>
internal sealed class Storm : IDisposable
{
    private const int Users = 100;
    private const int Overload = 10;
    private const double ReadsPerSecond = 100;
    private const double MaxSlowdown = 3;
    private const double MaxMilliseconds = 5000;

    private static readonly TimeSpan Phase = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    private readonly Fleet _fleet = new();

    // Each kind of request has its own client, so that waiting sign-ins do not delay reads.
    private HttpClient _reads = null!;
    private HttpClient _signIns = null!;
    private string _task = "";

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
        PrintRow($"reads at {ReadsPerSecond:0}/s, calm", calm);
        PrintRow("the same in the storm", reads);
        PrintRow("the same 2 s after it", after);
        PrintRow("sign-ins, calm", calmSignIn);
        PrintRow("sign-ins of the storm", signIns);
        PrintRow("sign-ins 2 s after it", signInAfter);
        Console.WriteLine();
        (string Promise, bool IsKept)[] promises =
        [
            ($"reads: p99 within {MaxSlowdown:0} × calm", reads.P99 <= calm.P99 * MaxSlowdown),
            ("reads: all answered", (Times[])[calm, reads, after] is var all && all.All(times => HasOnly(times, 200))),
            (
                "sign-ins: answered or refused within 5 s",
                signIns.Longest <= MaxMilliseconds && HasOnly(signIns, 200, 429, 503)
            ),
            ("reads: normal 2 s after", after.P99 <= calm.P99 * MaxSlowdown),
            (
                "sign-ins: normal 2 s after",
                signInAfter.Median <= calmSignIn.Median * MaxSlowdown && HasOnly(signInAfter, 200)
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

    private static bool HasOnly(Times times, params int[] statuses) =>
        times.Answers.All(answer => statuses.Contains(answer.Status));

    private static void PrintRow(string name, Times times) =>
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

    /// <summary>The rate is measured with enough sign-ins to keep all hashing threads busy, and too few to be refused.</summary>
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
