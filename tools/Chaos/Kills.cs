using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fitnessify.Chaos;

/// <summary>This run kills the server at random moments under load, restarts it and compares the data with the model.</summary>
internal sealed class Kills(int count, int seed) : IDisposable
{
    private const int Workers = 8;

    // A kill comes after a random number of acknowledged requests, so that it does not depend on the speed of the machine, and
    // after a further random delay in milliseconds, so that it does not coincide with a response.
    private const int MaxRequestsBeforeKill = 300;
    private const int MaxDelayBeforeKill = 30;

    // The limit in milliseconds is about the duration of a start.
    private const int MaxDelayAfterStart = 2000;

    // One of ten kills happens during the start of the server.
    private const int KillsPerStartKill = 10;

    // After each kill, two of the accounts that are no longer in use are compared.
    private const int ComparedRetired = 2;

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
            await KillUnderLoadAsync(caller.Server, workers);
            if (_random.Next(KillsPerStartKill) == 0 && ++done < count)
            {
                await KillDuringStartAsync();
            }

            await StartAsync(caller);
            if (await database.CheckAsync() is { Length: > 0 } wrong)
            {
                _corrupt++;
                _tally.RecordWrong(wrong);
            }

            await Task.WhenAll(workers.Select(worker => worker.CompareAsync(CancellationToken.None)));
            var sample = _retired.OrderBy(_ => _random.Next()).Take(ComparedRetired).ToList();
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

    private async Task KillUnderLoadAsync(ServerProcess server, List<Worker> workers)
    {
        var running = workers.ConvertAll(worker => worker.RunAsync(TimeSpan.Zero, CancellationToken.None));
        await _tally.UntilAcknowledgedAsync(_random.Next(MaxRequestsBeforeKill), running);
        await Task.Delay(_random.Next(MaxDelayBeforeKill));
        _windows.Open();
        await server.KillAsync();
        await Task.WhenAll(running);
        server.Dispose();
    }

    private async Task KillDuringStartAsync()
    {
        using var server = _data.Run(Settings);
        await Task.Delay(_random.Next(MaxDelayAfterStart));
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
