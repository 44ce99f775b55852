using System.Collections.Concurrent;
using System.Diagnostics;

namespace Fitnessify.Chaos;

/// <summary>Sends requests at a rate, whether or not those before have been answered.</summary>
internal static class Pace
{
    /// <param name="sendAsync">Is given the number of the request.</param>
    /// <param name="perSecond">How many begin in a second.</param>
    /// <param name="duration">For how long some begin.</param>
    /// <returns>What came of them, when all have been answered.</returns>
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

    /// <summary>What was answered; 0 when nothing was.</summary>
    public static async Task<int> StatusAsync(Task<HttpResponseMessage> call)
    {
        try
        {
            using var answer = await call;
            return (int)answer.StatusCode;
        }
        catch (Exception exception) when (Caller.IsOfConnection(exception))
        {
            return 0;
        }
    }
}

/// <summary>How long answers took and what they were; status 0 is none.</summary>
internal sealed record Times(IReadOnlyList<(double Milliseconds, int Status)> Answers)
{
    public double P99 => At(0.99);

    public double Median => At(0.5);

    public double Longest => At(1);

    public string Statuses =>
        string.Join(
            ", ",
            from answer in Answers
            group answer by answer.Status into status
            orderby status.Key
            select $"{status.Count()} × {status.Key}"
        );

    private double At(double share)
    {
        List<double> times = [.. Answers.Select(answer => answer.Milliseconds).Order()];
        return times.Count == 0 ? 0 : times[(int)(share * (times.Count - 1))];
    }
}
