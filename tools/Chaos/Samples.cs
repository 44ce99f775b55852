using System.Globalization;

namespace Fitnessify.Chaos;

/// <summary>The memory, handles and threads of a process are read from /proc every five seconds.</summary>
internal sealed class Samples(int processId)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // The median of the last third of the time may exceed the median of the second third by this factor.
    private const double AllowedGrowth = 1.10;

    private readonly List<(double Megabytes, double Handles, double Threads)> _samples = [];

    public bool IsFlat =>
        Kinds.All(kind => MedianOf(kind.Value, 2) <= (MedianOf(kind.Value, 1) * AllowedGrowth) + kind.Slack);

    // The slack allows a few more connections or threads in a pool, which are no leak.
    private static (
        string Name,
        Func<(double Megabytes, double Handles, double Threads), double> Value,
        double Slack
    )[] Kinds =>
        [
            ("memory (RSS), MiB", sample => sample.Megabytes, 10),
            ("handles", sample => sample.Handles, 10),
            ("threads", sample => sample.Threads, 5),
        ];

    public async Task TakeAsync(CancellationToken end)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!end.IsCancellationRequested)
        {
            _samples.Add(
                (
                    ReadStatus("VmRSS") / 1024,
                    Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length,
                    ReadStatus("Threads")
                )
            );
            try
            {
                await timer.WaitForNextTickAsync(end);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    /// <summary>The result is a Markdown table.</summary>
    public override string ToString()
    {
        List<string> lines =
        [
            $"The server that lived through all of it, medians of each third: {(IsFlat ? "flat" : "NOT flat")}.",
            "",
            "| | first | second | last |",
            "|---|---:|---:|---:|",
        ];
        foreach (var (name, value, _) in Kinds)
        {
            lines.Add($"| {name} | {MedianOf(value, 0):0} | {MedianOf(value, 1):0} | {MedianOf(value, 2):0} |");
        }

        lines.Add("");
        return string.Join('\n', lines);
    }

    private double MedianOf(Func<(double, double, double), double> value, int third)
    {
        var size = _samples.Count / 3;
        List<double> values = [.. _samples.Skip(third * size).Take(size).Select(value).Order()];
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }

    private double ReadStatus(string name) =>
        double.Parse(
            File.ReadLines($"/proc/{processId}/status")
                .First(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
                .Split((char[])[':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        );
}
