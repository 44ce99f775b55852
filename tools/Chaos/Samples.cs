using System.Globalization;

namespace Fitnessify.Chaos;

/// <summary>What a process holds, every five seconds, read from /proc.</summary>
internal sealed class Samples(int processId)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    // The median of the last third of the time may be so much above that of the second third.
    private const double Growth = 1.10;

    private readonly List<(double Megabytes, double Handles, double Threads)> _taken = [];

    public bool IsFlat => Kinds.All(kind => At(kind.Value, 2) <= (At(kind.Value, 1) * Growth) + kind.Slack);

    // A pool that has one connection or thread more is not a leak.
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
            _taken.Add(
                (
                    Status("VmRSS") / 1024,
                    Directory.GetFileSystemEntries($"/proc/{processId}/fd").Length,
                    Status("Threads")
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

    /// <summary>As a table.</summary>
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
            lines.Add($"| {name} | {At(value, 0):0} | {At(value, 1):0} | {At(value, 2):0} |");
        }

        lines.Add("");
        return string.Join('\n', lines);
    }

    private double At(Func<(double, double, double), double> value, int third)
    {
        var size = _taken.Count / 3;
        List<double> values = [.. _taken.Skip(third * size).Take(size).Select(value).Order()];
        return values.Count == 0 ? 0 : values[values.Count / 2];
    }

    private double Status(string name) =>
        double.Parse(
            File.ReadLines($"/proc/{processId}/status")
                .First(line => line.StartsWith($"{name}:", StringComparison.Ordinal))
                .Split((char[])[':', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture
        );
}
