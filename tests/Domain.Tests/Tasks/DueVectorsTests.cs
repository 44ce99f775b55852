using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

/// <summary>The vectors are those of the clients. Python has computed them, so that another implementation confirms this one.</summary>
public sealed class DueVectorsTests
{
    // docs/maintaining.md tells how to make a file with every zone.
    private static readonly Vectors Shared = JsonSerializer.Deserialize<Vectors>(
        File.ReadAllText(
            Environment.GetEnvironmentVariable("FITNESSIFY_DUE_VECTORS")
                ?? Path.Combine(AppContext.BaseDirectory, "due.json")
        ),
        JsonSerializerOptions.Web
    )!;

    public static IEnumerable<TestCaseData> DueVectors =>
        Shared.Dues.Select(vector => new TestCaseData(vector).SetArgDisplayNames(vector.Name));

    [TestCaseSource(nameof(DueVectors))]
    public void A_due_and_its_reminders_agree_with_the_vectors(DueVector vector)
    {
        var time = Due.ParseTime(vector.Due.Time);
        var due = new Due(Due.ParseDate(vector.Due.Date)!.Value, time, vector.Due.TimeZone);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(due.TimeZone ?? vector.TimeZone);
        Assert.That(due.MomentIn(zone), Is.EqualTo(Moment(vector.DueAt)));
        Assert.That(
            vector.Reminders.Select(reminder => due.ReminderMomentIn(reminder.MinutesBefore, zone)),
            Is.EqualTo(vector.Reminders.Select(reminder => Moment(reminder.At)))
        );
    }

    [Test]
    public void The_changes_of_the_clocks_in_many_zones_agree_with_the_vectors()
    {
        var compared = 0;
        foreach (var (name, times, days, moments) in Shared.Zones)
        {
            var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            foreach (var (local, moment) in times)
            {
                AssertEqual(Due.Parse(local).MomentIn(zone), Moment(moment), name, local);
                compared++;
            }

            foreach (var (date, expected) in days)
            {
                AssertEqual(Due.Parse(date).MomentIn(zone), Moment(expected[0]), name, date);
                AssertEqual(Due.Parse(date).ReminderMomentIn(0, zone), Moment(expected[1]), name, date);
                compared += 2;
            }

            foreach (var (moment, local) in moments)
            {
                var shown = Due.At(
                    new DateTimeOffset(TimeZoneInfo.ConvertTime(Moment(moment), zone).DateTime, default)
                );
                AssertEqual(shown, Due.Parse($"{local} {Due.Utc}"), name, moment);
                compared++;
            }
        }

        TestContext.Out.WriteLine($"{Shared.Zones.Length} zones, {compared} times");
    }

    private static void AssertEqual<T>(T actual, T expected, string zone, string of)
        where T : IEquatable<T>
    {
        // A constraint for each of the many thousands would take longer than the comparison.
        if (!actual.Equals(expected))
        {
            Assert.Fail($"{of} in {zone}: {actual} instead of {expected}");
        }
    }

    private static DateTimeOffset Moment(string text) => Rfc3339.Parse(text)!.Value;

    public sealed record Vectors(DueVector[] Dues, ZoneVector[] Zones);

    public sealed record DueVector(string Name, SaidDue Due, string TimeZone, string DueAt, Reminder[] Reminders);

    public sealed record SaidDue(string Date, string? Time, string? TimeZone);

    public sealed record Reminder(int MinutesBefore, string At);

    public sealed record ZoneVector(
        string TimeZone,
        Dictionary<string, string> Times,
        Dictionary<string, string[]> Days,
        Dictionary<string, string> Moments
    );
}
