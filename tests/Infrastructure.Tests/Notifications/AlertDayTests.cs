using System.Globalization;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>Whatever owners, servers, flights and clocks do in a day: each alert is told, and once.</summary>
public sealed class AlertDayTests
{
    // The clocks of Berlin change at 01:00 UTC in between.
    private static readonly DateTimeOffset Autumn = new(2026, 10, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Spring = new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero);

    private static readonly int Days = int.Parse(
        Environment.GetEnvironmentVariable("FITNESSIFY_ALERT_DAYS") ?? "6",
        CultureInfo.InvariantCulture
    );

    private static IEnumerable<int> Seeds => Enumerable.Range(1, Days);

    [Test]
    public async Task What_is_told_in_a_day_is_what_the_rules_say([ValueSource(nameof(Seeds))] int seed)
    {
        await using var database = await TestDatabase.MigratedAsync();
        await using var day = new AlertDay(database, seed % 2 == 0 ? Autumn : Spring, seed);
        try
        {
            await day.RunAsync();
        }
        catch (Exception exception)
        {
            throw new AssertionException($"{exception.Message}\n{day.Steps}", exception);
        }

        await TestContext.Out.WriteLineAsync($"{day.Count} steps, {day.Told.Count} notifications");
        Assert.That(day.Told, Is.Not.Empty);
    }
}
