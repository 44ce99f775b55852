using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fitnessify.Chaos;

/// <summary>Kills the server at random moments under load, starts it again and compares.</summary>
internal sealed class Kills(int count, int seed) : IDisposable
{
    private const int Workers = 8;

    // A server lives for so many acknowledged requests at most, which does not depend on how fast the machine is, and then
    // for so many milliseconds, so that the moment is none at which an answer comes.
    private const int LongestLife = 300;
    private const int LongestEnd = 30;

    // Milliseconds; about what a start takes.
    private const int LongestStart = 2000;

    // One in so many kills comes while the server starts.
    private const int StartKills = 10;

    // How many accounts that do nothing any more are compared after each kill.
    private const int Sampled = 2;

    private static readonly string[] Settings =
    [
        "--RateLimits:Enabled=false",
        "--Database:SqliteSynchronous=Full",
        "--Jobs:OverdueScanSeconds=1",
        "--Sessions:RefreshGraceSeconds=3600",
        "--Accounts:FailedSignInLimit=100",
        "--Accounts:FailedSignInAddressLimit=100000",
    ];

    private readonly ServerData _data = new();
    private readonly Random _random = new(seed);
    private readonly Tally _tally = new();
    private readonly Windows _windows = new();
    private readonly ConcurrentBag<Account> _retired = [];
    private readonly Stopwatch _progress = Stopwatch.StartNew();
    private int _corrupt;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        var started = Stopwatch.GetTimestamp();
        var database = new Database(_data);
        var caller = new Caller(_tally, _windows);
        List<Worker> workers =
        [
            .. Enumerable
                .Range(0, Workers)
                .Select(_ => new Worker(caller, _tally, new Random(_random.Next()), _retired)),
        ];
        _windows.Open();
        await StartAsync(caller);
        for (var done = 0; done < count; done++)
        {
            await UnderLoadAsync(caller.Server, workers);
            if (_random.Next(StartKills) == 0 && ++done < count)
            {
                await KillAtStartAsync();
            }

            await StartAsync(caller);
            if (await database.CheckAsync() is { Length: > 0 } wrong)
            {
                _corrupt++;
                _tally.Contradict(wrong);
            }

            await Task.WhenAll(workers.Select(worker => worker.CompareAsync(CancellationToken.None)));
            var sample = _retired.OrderBy(_ => _random.Next()).Take(Sampled).ToList();
            await Task.WhenAll(sample.Select(workers[0].CompareAsync));
            if (_progress.Elapsed > TimeSpan.FromMinutes(1))
            {
                Console.WriteLine(
                    $"{done + 1} kills, {_tally.Acknowledged} acknowledged writes, clean: {_tally.IsClean}"
                );
                _progress.Restart();
            }
        }

        foreach (var account in _retired)
        {
            await workers[0].CompareAsync(account);
        }

        await caller.Server.TerminateAsync();
        Report(Stopwatch.GetElapsedTime(started));
        return _tally.IsClean ? 0 : 1;
    }

    public void Dispose() => _data.Dispose();

    private async Task UnderLoadAsync(ServerProcess server, List<Worker> workers)
    {
        var acting = workers.ConvertAll(worker => worker.ActAsync(TimeSpan.Zero, CancellationToken.None));
        var enough = _tally.Acknowledged + _random.Next(LongestLife);
        using (var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(1)))
        {
            while (_tally.Acknowledged < enough && !acting.TrueForAll(each => each.IsCompleted))
            {
                await pace.WaitForNextTickAsync();
            }
        }

        await Task.Delay(_random.Next(LongestEnd));
        _windows.Open();
        await server.KillAsync();
        await Task.WhenAll(acting);
        server.Dispose();
    }

    private async Task KillAtStartAsync()
    {
        using var server = _data.Run(Settings);
        await Task.Delay(_random.Next(LongestStart));
        await server.KillAsync();
    }

    private async Task StartAsync(Caller caller)
    {
        var server = _data.Run(Settings);
        await server.StartedAsync();
        caller.Server = server;
        _windows.Close();
    }

    private void Report(TimeSpan elapsed)
    {
        _tally.Print();
        Console.WriteLine();
        Console.WriteLine($"Seed {seed}, {elapsed.TotalMinutes:0.0} minutes, {_retired.Count + Workers} accounts.");
        Console.WriteLine();
        Console.WriteLine(
            "| kills | acknowledged writes | lost | half done | otherwise wrong | 5xx before a kill | databases with faults |"
        );
        Console.WriteLine("|---:|---:|---:|---:|---:|---:|---:|");
        Console.WriteLine(
            $"| {count} | {_tally.Acknowledged} | {_tally.Lost} | {_tally.HalfDone} | {_tally.Wrong} | {_tally.Unexplained} | {_corrupt} |"
        );
    }
}
