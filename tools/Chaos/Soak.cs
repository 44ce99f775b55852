using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fitnessify.Chaos;

/// <summary>
/// This run puts mixed load on two servers with one database and injects a fault each minute. Only the first server is killed;
/// the second one runs until the end, so that its memory and handles can be compared over time.
/// </summary>
internal sealed class Soak(int minutes, int seed) : IDisposable
{
    private const int WorkersPerServer = 4;

    // A worker waits a random time up to this limit between two requests.
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(200);

    // The servers may need this time to recover after a fault.
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    private readonly Random _random = new(seed);
    private readonly Tally _tally = new();
    private readonly Windows _windows = new();
    private readonly ConcurrentBag<Account> _retired = [];
    private readonly Fleet _fleet = new();
    private readonly List<(string Fault, string Outcome)> _faults = [];

    public async Task<int> RunAsync()
    {
        Caller[] callers = [new(_tally, _windows), new(_tally, _windows)];
        foreach (var caller in callers)
        {
            caller.Server = await _fleet.StartAsync();
        }

        using var end = new CancellationTokenSource(TimeSpan.FromMinutes(minutes));
        var samples = new Samples(callers[1].Server.Id);
        var sampling = samples.TakeAsync(end.Token);
        List<Worker> workers = [];
        foreach (var caller in Enumerable.Repeat(callers, WorkersPerServer).SelectMany(each => each))
        {
            workers.Add(new Worker(caller, _tally, new Random(_random.Next()), _retired));
        }

        var working = workers.ConvertAll(worker => Task.Run(() => WorkAsync(worker, end.Token)));
        await InjectFaultsAsync(new Faults(_fleet, callers, _random), end.Token);
        await Task.WhenAll(working);
        await sampling;
        await CompareAllAsync(workers);
        var isFlat = samples.IsFlat;
        await ReportAsync(samples);
        return _tally.IsClean && isFlat ? 0 : 1;
    }

    public void Dispose() => _fleet.Dispose();

    private static async Task WorkAsync(Worker worker, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await worker.RunAsync(MaxPause, end);
            await worker.CompareAsync(CancellationToken.None);
        }
    }

    /// <summary>A fault starts each minute. All kinds have their turn in random order before the first one is repeated.</summary>
    private async Task InjectFaultsAsync(Faults faults, CancellationToken end)
    {
        var all = faults.All.ToArray();
        using var minute = new PeriodicTimer(TimeSpan.FromMinutes(1));
        // The first half minute has no faults.
        await Task.Delay(TimeSpan.FromSeconds(30), CancellationToken.None);
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            if (i % all.Length == 0)
            {
                _random.Shuffle(all);
            }

            var (name, injectAsync) = all[i % all.Length];
            var before = (_tally.Explained, Stopwatch.GetTimestamp());
            Console.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {name}, {_tally.Acknowledged} acknowledged writes");
            _windows.Open();
            await injectAsync();
            var lasted = Stopwatch.GetElapsedTime(before.Item2);
            await Task.Delay(Recovery, CancellationToken.None);
            _windows.Close();
            _faults.Add((name, $"{lasted.TotalSeconds:0} s, {_tally.Explained - before.Explained} without success"));
            await WaitAsync(minute, end);
        }
    }

    private static async Task WaitAsync(PeriodicTimer minute, CancellationToken end)
    {
        try
        {
            await minute.WaitForNextTickAsync(end);
        }
        catch (OperationCanceledException)
        {
            // The run has reached its end.
        }
    }

    private async Task CompareAllAsync(List<Worker> workers)
    {
        await Task.WhenAll(workers.Select(worker => worker.CompareAsync(CancellationToken.None)));
        foreach (var account in _retired)
        {
            if (!await workers[0].CompareAsync(account))
            {
                _tally.RecordWrong($"{account.Name} cannot be compared");
            }
        }
    }

    private async Task ReportAsync(Samples samples)
    {
        var wrong = await _fleet.Database.CheckAsync();
        if (wrong.Length > 0)
        {
            _tally.RecordWrong(wrong);
        }

        _tally.Print();
        Console.WriteLine();
        Console.WriteLine($"Seed {seed}, {minutes} minutes, {_retired.Count + (2 * WorkersPerServer)} accounts.");
        Console.WriteLine();
        Console.WriteLine("| fault | times | each |");
        Console.WriteLine("|---|---:|---|");
        foreach (var fault in _faults.GroupBy(fault => fault.Fault).OrderBy(group => group.Key))
        {
            Console.WriteLine(
                $"| {fault.Key} | {fault.Count()} | {string.Join("; ", fault.Select(each => each.Outcome))} |"
            );
        }

        Console.WriteLine();
        Console.WriteLine(
            "| acknowledged writes | lost | half done | otherwise wrong | 5xx and broken off in a fault | without one |"
        );
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
        Console.WriteLine(
            $"| {_tally.Acknowledged} | {_tally.Lost} | {_tally.HalfDone} | {_tally.Wrong} | {_tally.Explained} | {_tally.Unexplained} |"
        );
        Console.WriteLine();
        Console.WriteLine(samples);
        Console.WriteLine(_fleet.Mails);
    }
}
