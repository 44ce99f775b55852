using System.Globalization;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class DueTests
{
    private static readonly DateOnly Day = new(2026, 12, 1);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [TestCase("2026-12-01")]
    [TestCase("2026-12-01 Europe/Berlin")]
    [TestCase("2026-12-01T18:00")]
    [TestCase("2026-12-01T18:00 Europe/Berlin")]
    [TestCase("2026-12-01T00:00 UTC")]
    [TestCase("2026-12-01T18:00:01")]
    [TestCase("2026-12-01T18:00:00.001 Etc/GMT+12")]
    [TestCase("2026-12-01T23:59:59.999 America/Argentina/Buenos_Aires")]
    [TestCase("0001-01-01T00:00")]
    [TestCase("9999-12-31")]
    public void A_text_is_read_and_written_without_a_loss(string text) =>
        Assert.That(Due.Parse(text).ToString(), Is.EqualTo(text));

    [Test]
    public void A_text_has_a_date_a_time_and_a_time_zone()
    {
        Assert.That(Due.Parse("2026-12-01"), Is.EqualTo(new Due(Day, null, null)));
        Assert.That(Due.Parse("2026-12-01 Asia/Tokyo"), Is.EqualTo(new Due(Day, null, "Asia/Tokyo")));
        Assert.That(Due.Parse("2026-12-01T18:30"), Is.EqualTo(new Due(Day, new(18, 30), null)));
        Assert.That(
            Due.Parse("2026-12-01T18:30:15.007 Asia/Tokyo"),
            Is.EqualTo(new Due(Day, new(18, 30, 15, 7), "Asia/Tokyo"))
        );
    }

    [Test]
    public void A_text_is_required() => Assert.That(() => Due.Parse(null!), Throws.ArgumentNullException);

    [Test]
    public void The_longest_text_has_the_maximum_length()
    {
        var longest = new Due(Day, new(23, 59, 59, 999), new('Z', 64));
        Assert.That(longest.ToString(), Has.Length.EqualTo(Due.MaxLength));
    }

    [TestCase("00:00", "00:00:00.000")]
    [TestCase("09:05", "09:05:00.000")]
    [TestCase("23:59:59", "23:59:59.000")]
    [TestCase("23:59:59.999", "23:59:59.999")]
    [TestCase("09:05:00", "09:05:00.000")]
    [TestCase("09:05:00.000", "09:05:00.000")]
    public void A_time_may_have_seconds_and_milliseconds(string text, string time) =>
        Assert.That(Due.ParseTime(text), Is.EqualTo(TimeOnly.Parse(time, CultureInfo.InvariantCulture)));

    [TestCase(null)]
    [TestCase("")]
    [TestCase("9:05")]
    [TestCase("24:00")]
    [TestCase("09:60")]
    [TestCase("09:05:60")]
    [TestCase("09")]
    [TestCase("09:05:")]
    [TestCase("09:05.001")]
    [TestCase("09:05:00.1")]
    [TestCase("09:05:00.12")]
    [TestCase("09:05:00.1234")]
    [TestCase("09:05 PM")]
    [TestCase("09:05Z")]
    [TestCase(" 09:05")]
    [TestCase("09:05\n")]
    [TestCase("09.05")]
    [TestCase("\u0660\u0669:\u0660\u0665", Description = "digits of another script")]
    public void Any_other_text_is_no_time(string? text) => Assert.That(Due.ParseTime(text), Is.Null);

    [TestCase("09:05:00.000", "09:05")]
    [TestCase("09:05:01.000", "09:05:01")]
    [TestCase("09:05:00.001", "09:05:00.001")]
    [TestCase("09:05:01.100", "09:05:01.100")]
    public void A_time_is_written_in_the_shortest_format(string time, string text) =>
        Assert.That(Due.Format(TimeOnly.Parse(time, CultureInfo.InvariantCulture)), Is.EqualTo(text));

    [TestCase("2024-02-29", true)]
    [TestCase("2025-02-29", false)]
    [TestCase("2026-1-01", false)]
    [TestCase("2026-13-01", false)]
    [TestCase("0000-01-01", false)]
    [TestCase("10000-01-01", false)]
    [TestCase("01.12.2026", false)]
    [TestCase(" 2026-12-01", false)]
    [TestCase("", false)]
    [TestCase(null, false)]
    public void A_date_has_one_format(string? text, bool isDate)
    {
        var date = Due.ParseDate(text);
        Assert.That(date?.ToString(Due.DateFormat, CultureInfo.InvariantCulture), Is.EqualTo(isDate ? text : null));
    }

    [Test]
    public void The_due_of_a_moment_is_its_time_in_UTC()
    {
        var moment = new DateTimeOffset(2026, 12, 1, 0, 30, 0, 7, TimeSpan.FromHours(1));
        var due = Due.At(moment);
        Assert.That(due.ToString(), Is.EqualTo("2026-11-30T23:30:00.007 UTC"));
        Assert.That(due.MomentIn(TimeZoneInfo.Utc), Is.EqualTo(moment));
    }

    [Test]
    public void A_task_without_a_time_is_due_at_the_last_millisecond_of_its_day() =>
        Assert.That(new Due(Day, null, null).MomentIn(Berlin), Is.EqualTo(Utc(2026, 12, 1, 22, 59, 59, 999)));

    [Test]
    public void Moments_are_in_UTC()
    {
        Assert.That(new Due(Day, null, null).MomentIn(Berlin).Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(new Due(Day, new(18, 0), null).MomentIn(Berlin).Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(new Due(Day, new(18, 0), null).ReminderMomentIn(5, Berlin).Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void A_reminder_counts_from_the_time_and_without_one_from_nine_o_clock()
    {
        Assert.That(
            new Due(Day, new(18, 0), null).ReminderMomentIn(30, Berlin),
            Is.EqualTo(Utc(2026, 12, 1, 16, 30, 0, 0))
        );
        Assert.That(new Due(Day, null, null).ReminderMomentIn(30, Berlin), Is.EqualTo(Utc(2026, 12, 1, 7, 30, 0, 0)));
    }

    [Test]
    public void A_reminder_is_not_before_the_first_moment()
    {
        var first = new Due(DateOnly.MinValue, new(0, 1), null);
        Assert.That(first.ReminderMomentIn(0, TimeZoneInfo.Utc), Is.EqualTo(DateTimeOffset.MinValue.AddMinutes(1)));
        Assert.That(first.ReminderMomentIn(1, TimeZoneInfo.Utc), Is.EqualTo(DateTimeOffset.MinValue));
        Assert.That(first.ReminderMomentIn(40_320, TimeZoneInfo.Utc), Is.EqualTo(DateTimeOffset.MinValue));
    }

    [Test]
    public void The_first_and_the_last_day_have_moments_in_whole_milliseconds_in_every_zone()
    {
        TimeZoneInfo[] largestOffsets =
        [
            TimeZoneInfo.FindSystemTimeZoneById("Etc/GMT+12"),
            TimeZoneInfo.FindSystemTimeZoneById("Etc/GMT-14"),
        ];
        foreach (var zone in TimeZoneInfo.GetSystemTimeZones().Concat(largestOffsets))
        {
            foreach (var day in (DateOnly[])[DateOnly.MinValue, DateOnly.MaxValue])
            {
                foreach (var time in (TimeOnly?[])[null, TimeOnly.MinValue, new(23, 59, 59, 999)])
                {
                    var due = new Due(day, time, null);
                    var (moment, reminder) = (due.MomentIn(zone), due.ReminderMomentIn(40_320, zone));

                    var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
                    Assert.That((moment - midnight).Duration(), Is.LessThan(TimeSpan.FromDays(2)), zone.Id);
                    Assert.That(moment.Ticks % TimeSpan.TicksPerMillisecond, Is.Zero, zone.Id);
                    Assert.That(reminder, Is.LessThanOrEqualTo(moment), zone.Id);
                }
            }
        }
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute, int second, int ms) =>
        new(year, month, day, hour, minute, second, ms, TimeSpan.Zero);
}
