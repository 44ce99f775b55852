using System.Diagnostics;
using System.Globalization;

namespace Fitnessify.Load;

/// <summary>A run is a closed loop: each connection sends its next request when it has the response to the last one.</summary>
internal static class Run
{
    public static async Task<RunResult> MeasureAsync(
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

/// <param name="Times">The times of all requests in milliseconds, in ascending order.</param>
/// <param name="Failed">The number of responses without success.</param>
/// <param name="Elapsed">The time that all requests took together.</param>
/// <param name="Cpu">The processor time of the server.</param>
internal sealed record RunResult(List<double> Times, int Failed, TimeSpan Elapsed, TimeSpan Cpu)
{
    /// <summary>The result has the cells of a row of a Markdown table.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Times.Count / Elapsed.TotalSeconds:#,0} | {Percentile(0.5):0.00} | {Percentile(0.99):0.00} | {Cpu.TotalMilliseconds / Times.Count:0.000} | {Failed}"
        );

    private double Percentile(double share) => Times[(int)(share * (Times.Count - 1))];
}
