using System.Diagnostics;
using System.Globalization;

namespace Fitnessify.Load;

/// <summary>A closed loop: each connection sends its next request when the answer to the last one is there.</summary>
internal static class Run
{
    public static async Task<RunResult> ForAsync(
        Server server,
        Func<int, int, Task<bool>> sendAsync,
        int connections,
        TimeSpan duration
    )
    {
        var (cpu, started) = (server.Cpu, Stopwatch.GetTimestamp());
        var results = await Task.WhenAll(
            Enumerable.Range(0, connections).Select(worker => Task.Run(() => WorkAsync(worker)))
        );
        var elapsed = Stopwatch.GetElapsedTime(started);
        List<double> times = [.. results.SelectMany(result => result.Times).Order()];
        return new RunResult(times, results.Sum(result => result.Failed), elapsed, server.Cpu - cpu);

        async Task<(List<double> Times, int Failed)> WorkAsync(int worker)
        {
            List<double> times = [];
            var failed = 0;
            for (var number = 0; Stopwatch.GetElapsedTime(started) < duration; number++)
            {
                var sent = Stopwatch.GetTimestamp();
                failed += await sendAsync(worker, number) ? 0 : 1;
                times.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }

            return (times, failed);
        }
    }
}

/// <summary>What came out.</summary>
/// <param name="Times">Milliseconds, in order.</param>
/// <param name="Failed">Answers that were no success.</param>
/// <param name="Elapsed">In all.</param>
/// <param name="Cpu">Of the server.</param>
internal sealed record RunResult(List<double> Times, int Failed, TimeSpan Elapsed, TimeSpan Cpu)
{
    /// <summary>As cells of a table.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Times.Count / Elapsed.TotalSeconds:#,0} | {At(0.5):0.00} | {At(0.99):0.00} | {Cpu.TotalMilliseconds / Times.Count:0.000} | {Failed}"
        );

    private double At(double share) => Times[(int)(share * (Times.Count - 1))];
}
