using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fitnessify.Chaos;

/// <summary>Requests are sent at a fixed rate, even while earlier ones have no response yet (open loop).</summary>
internal static class Pace
{
    /// <param name="sendAsync">The function gets the number of the request and returns the status of the response.</param>
    /// <param name="perSecond">The number of requests that start in a second.</param>
    /// <param name="duration">Requests start during this time; the result is complete when the last one has a response.</param>
    public static async Task<Times> RunAsync(Func<int, Task<int>> sendAsync, double perSecond, TimeSpan duration)
    {
        ConcurrentBag<(double, int)> answers = [];
        List<Task> open = [];
        var started = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < duration)
        {
            while (open.Count < elapsed.TotalSeconds * perSecond)
            {
                open.Add(MeasureAsync(open.Count));
            }

            await tick.WaitForNextTickAsync();
        }

        await Task.WhenAll(open);
        return new Times([.. answers]);

        async Task MeasureAsync(int number)
        {
            var sent = Stopwatch.GetTimestamp();
            var status = await sendAsync(number);
            answers.Add((Stopwatch.GetElapsedTime(sent).TotalMilliseconds, status));
        }
    }

    /// <summary>The status is 0 when there was no response.</summary>
    public static async Task<int> StatusAsync(Task<HttpResponseMessage> call)
    {
        try
        {
            using var answer = await call;
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (Caller.IsConnectionFailure(exception))
        {
            return 0;
        }
    }
}

/// <summary>The answers of a phase; status 0 stands for a request without a response.</summary>
internal sealed record Times(IReadOnlyList<(double Milliseconds, int Status)> Answers)
{
    public double P99 => Percentile(0.99);

    public double Median => Percentile(0.5);

    public double Longest => Percentile(1);

    public string Statuses =>
        string.Join(
            ", ",
            from answer in Answers
            group answer by answer.Status into status
            orderby status.Key
            select $"{status.Count()} × {status.Key}"
        );

    private double Percentile(double share)
    {
        List<double> times = [.. Answers.Select(answer => answer.Milliseconds).Order()];
        return times.Count == 0 ? 0 : times[(int)(share * (times.Count - 1))];
    }
}
