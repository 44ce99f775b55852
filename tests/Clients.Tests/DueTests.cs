using System.Globalization;
using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>The vectors are those of the TypeScript client and of the server.</summary>
public sealed class DueTests
{
    // docs/maintaining.md tells how to make a file with every zone.
    private static readonly Vectors Shared = JsonSerializer.Deserialize<Vectors>(
        File.ReadAllText(
            Environment.GetEnvironmentVariable("FITNESSIFY_DUE_VECTORS")
                ?? Path.Combine(Programs.Root, "clients", "vectors", "due.json")
        ),
        JsonSerializerOptions.Web
    )!;

    public static IEnumerable<TestCaseData> DueVectors => Shared.Dues.Select(NameOf);

    public static IEnumerable<TestCaseData> LocalVectors => Shared.Locals.Select(NameOf);

    [TestCaseSource(nameof(DueVectors))]
    public void A_due_and_its_reminders_agree_with_the_vectors(DueVector vector)
    {
        var due = (vector.Due.Date, vector.Due.Time, vector.Due.TimeZone);
        Assert.That(Text(DueTimes.Moment(due, vector.TimeZone)), Is.EqualTo(vector.DueAt));
        Assert.That(
            DueTimes.Date(due, vector.TimeZone),
            Is.EqualTo(DueTimes.Local(Moment(vector.DueAt), vector.TimeZone).Date)
        );
        Assert.That(
            vector.Reminders.Select(of => Text(DueTimes.ReminderMoment(due, of.MinutesBefore, vector.TimeZone))),
            Is.EqualTo(vector.Reminders.Select(of => of.At))
        );
    }

    [TestCaseSource(nameof(LocalVectors))]
    public void A_local_date_and_time_agrees_with_the_vectors(LocalVector vector) =>
        Assert.That(DueTimes.Local(Moment(vector.Moment), vector.TimeZone), Is.EqualTo((vector.Date, vector.Time)));

    [Test]
    public void The_changes_of_the_clocks_in_many_zones_agree_with_the_vectors()
    {
        var compared = 0;
        foreach (var (zone, times, days, moments) in Shared.Zones)
        {
            foreach (var (local, moment) in times)
            {
                var parts = local.Split('T');
                AssertEqual(Text(DueTimes.Moment((parts[0], parts[1], null), zone)), moment, zone, local);
                AssertEqual(Text(DueTimes.Moment((parts[0], parts[1], zone), "UTC")), moment, zone, local);
                // The same time comes back, unless the clocks skip it.
                var (before, shown) = (
                    LocalAt(Moment(moment).AddMilliseconds(-1), zone),
                    LocalAt(Moment(moment), zone)
                );
                if (shown != local)
                {
                    Assert.That(new[] { before, local, shown }, Is.Ordered.Using<string>(string.CompareOrdinal), zone);
                }

                compared++;
            }

            foreach (var (date, expected) in days)
            {
                AssertEqual(Text(DueTimes.Moment((date, null, null), zone)), expected[0], zone, date);
                AssertEqual(Text(DueTimes.ReminderMoment((date, null, null), 0, zone)), expected[1], zone, date);
                compared += 2;
            }

            foreach (var (moment, local) in moments)
            {
                AssertEqual(LocalAt(Moment(moment), zone), local, zone, moment);
                compared++;
            }
        }

        TestContext.Out.WriteLine($"{Shared.Zones.Length} zones, {compared} times");
    }

    [TestCase("America/New_York", "2026-12-01")]
    [TestCase("Europe/Berlin", "2026-12-02")]
    public void The_date_of_a_due_is_that_of_the_person(string timeZone, string date) =>
        Assert.That(DueTimes.Date(("2026-12-01", "20:00", "America/New_York"), timeZone), Is.EqualTo(date));

    [TestCase("2025-12-31", 1, "2026-01-01")]
    [TestCase("2024-03-01", -1, "2024-02-29")]
    [TestCase("2025-03-29", 2, "2025-03-31")]
    [TestCase("0001-01-02", -1, "0001-01-01")]
    [TestCase("9999-12-31", 0, "9999-12-31")]
    public void Days_are_added_to_a_date(string date, int days, string expected) =>
        Assert.That(DueTimes.AddDays(date, days), Is.EqualTo(expected));

    [TestCase("9999-12-31", 1)]
    [TestCase("0001-01-01", -1)]
    [TestCase("2025-12-31", int.MaxValue)]
    public void Days_beyond_the_range_are_refused(string date, int days) =>
        Assert.That(() => DueTimes.AddDays(date, days), Throws.InstanceOf<ArgumentOutOfRangeException>());

    [Test]
    public void A_moment_may_have_any_offset_and_fractions_of_a_millisecond() =>
        Assert.That(
            DueTimes.Local(Moment("2025-12-01T18:00:00.1239999-05:30"), "UTC"),
            Is.EqualTo(("2025-12-01", "23:30:00.123"))
        );

    [TestCase("")]
    [TestCase("2025-1-1")]
    [TestCase("2025-02-29")]
    [TestCase("2025-13-01")]
    [TestCase("0000-01-01")]
    [TestCase("20251-01-01")]
    [TestCase("2025-01-01\n")]
    [TestCase("\u0662\u0660\u0662\u0665-01-01", Description = "digits of another script")]
    public void What_is_no_date_is_refused(string date)
    {
        AssertRefused<ArgumentException>(
            $"This is not a date: {date}",
            () => DueTimes.Moment((date, "18:00", null), "UTC"),
            () => DueTimes.ReminderMoment((date, null, null), 0, "UTC"),
            () => DueTimes.Date((date, null, null), "UTC"),
            () => DueTimes.AddDays(date, 0)
        );
    }

    [TestCase("")]
    [TestCase("9:00")]
    [TestCase("24:00")]
    [TestCase("09:60")]
    [TestCase("09:00:60")]
    [TestCase("09:00:00.1")]
    [TestCase("09:00.123")]
    [TestCase("09:00:00.1234")]
    [TestCase(" 09:00")]
    [TestCase("09:00Z")]
    public void What_is_no_time_is_refused(string time)
    {
        AssertRefused<ArgumentException>(
            $"This is not a time: {time}",
            () => DueTimes.Moment(("2025-12-01", time, null), "UTC"),
            () => DueTimes.ReminderMoment(("2025-12-01", time, null), 0, "UTC")
        );
    }

    [TestCase("Europe/Nowhere")]
    [TestCase("+01:00")]
    public void What_is_no_time_zone_is_refused(string timeZone)
    {
        AssertRefused<TimeZoneNotFoundException>(
            "The time zone ID",
            () => DueTimes.Moment(("2025-12-01", null, null), timeZone),
            () => DueTimes.Moment(("2025-12-01", null, timeZone), "UTC"),
            () => DueTimes.ReminderMoment(("2025-12-01", null, null), 0, timeZone),
            () => DueTimes.Local(DateTimeOffset.UnixEpoch, timeZone)
        );
    }

    [TestCase(-1)]
    [TestCase(40_321)]
    public void Minutes_out_of_range_are_refused(int minutes) =>
        Assert.That(
            () => DueTimes.ReminderMoment(("2025-12-01", null, null), minutes, "UTC"),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );

    private static void AssertRefused<TException>(string message, params Action[] calls)
        where TException : Exception
    {
        foreach (var call in calls)
        {
            Assert.That(Assert.Throws<TException>(call)!.Message, Does.StartWith(message));
        }
    }

    private static void AssertEqual(string actual, string expected, string zone, string of)
    {
        // A constraint for each of the many thousands would take longer than the comparison.
        if (actual != expected)
        {
            Assert.Fail($"{of} in {zone}: {actual} instead of {expected}");
        }
    }

    private static string LocalAt(DateTimeOffset moment, string zone)
    {
        var (date, time) = DueTimes.Local(moment, zone);
        return $"{date}T{time}";
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset moment) =>
        moment
            .ToString("yyyy-MM-dd'T'HH:mm:ss.fffK", CultureInfo.InvariantCulture)
            .Replace("+00:00", "Z", StringComparison.Ordinal);

    private static TestCaseData NameOf(DueVector vector) => new TestCaseData(vector).SetArgDisplayNames(vector.Name);

    private static TestCaseData NameOf(LocalVector vector) => new TestCaseData(vector).SetArgDisplayNames(vector.Name);

    public sealed record Vectors(DueVector[] Dues, LocalVector[] Locals, ZoneVector[] Zones);

    public sealed record DueVector(string Name, SaidDue Due, string TimeZone, string DueAt, Reminder[] Reminders);

    public sealed record SaidDue(string Date, string? Time, string? TimeZone);

    public sealed record Reminder(int MinutesBefore, string At);

    public sealed record LocalVector(string Name, string Moment, string TimeZone, string Date, string Time);

    public sealed record ZoneVector(
        string TimeZone,
        Dictionary<string, string> Times,
        Dictionary<string, string[]> Days,
        Dictionary<string, string> Moments
    );
}
