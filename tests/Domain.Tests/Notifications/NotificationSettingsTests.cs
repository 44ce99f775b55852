using System.Globalization;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using FsCheck;
using FsCheck.Fluent;

namespace Fitnessify.Domain.Tests.Notifications;

public sealed class NotificationSettingsTests
{
    // The clocks of these zones go forward at 2 o'clock, at midnight and by half an hour; one zone never changes its clocks.
    private static readonly string[] Zones =
    [
        "UTC",
        "Europe/Berlin",
        "America/Sao_Paulo",
        "America/Havana",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "Europe/Dublin",
        "Africa/Casablanca",
    ];

    [Test]
    public void Users_get_no_mail_by_default() =>
        Assert.That(NotificationSettings.Default, Is.EqualTo(new NotificationSettings(false, true, null, null)));

    [TestCase(null, null, "UTC", "2026-03-14T23:00Z", "2026-03-14T23:00Z", TestName = "{m}(no quiet hours)")]
    [TestCase("12:00", null, "UTC", "2026-03-14T23:00Z", "2026-03-14T23:00Z", TestName = "{m}(only a start)")]
    [TestCase(null, "12:00", "UTC", "2026-03-14T11:00Z", "2026-03-14T11:00Z", TestName = "{m}(only an end)")]
    [TestCase("12:00", "12:00", "UTC", "2026-03-14T12:00Z", "2026-03-14T12:00Z", TestName = "{m}(start equals end)")]
    // The quiet hours are within one day.
    [TestCase("12:00", "14:00", "UTC", "2026-03-14T11:59:59.999Z", "2026-03-14T11:59:59.999Z")]
    [TestCase("12:00", "14:00", "UTC", "2026-03-14T12:00Z", "2026-03-14T14:00Z")]
    [TestCase("12:00", "14:00", "UTC", "2026-03-14T13:59:59.999Z", "2026-03-14T14:00Z")]
    [TestCase("12:00", "14:00", "UTC", "2026-03-14T14:00Z", "2026-03-14T14:00Z")]
    // The quiet hours cross midnight.
    [TestCase("22:00", "07:00", "UTC", "2026-03-14T21:59:59.999Z", "2026-03-14T21:59:59.999Z")]
    [TestCase("22:00", "07:00", "UTC", "2026-03-14T22:00Z", "2026-03-15T07:00Z")]
    [TestCase("22:00", "07:00", "UTC", "2026-03-15T00:00Z", "2026-03-15T07:00Z")]
    [TestCase("22:00", "07:00", "UTC", "2026-03-15T06:59:59.999Z", "2026-03-15T07:00Z")]
    [TestCase("22:00", "07:00", "UTC", "2026-03-15T07:00Z", "2026-03-15T07:00Z")]
    [TestCase("22:00", "00:00", "UTC", "2026-12-31T23:00Z", "2027-01-01T00:00Z")]
    [TestCase("00:00", "23:59", "UTC", "2026-03-14T00:00Z", "2026-03-14T23:59Z")]
    // Quiet hours follow the local clocks.
    [TestCase("22:00", "07:00", "Europe/Berlin", "2026-01-14T20:59Z", "2026-01-14T20:59Z")]
    [TestCase("22:00", "07:00", "Europe/Berlin", "2026-01-14T21:00Z", "2026-01-15T06:00Z")]
    [TestCase("22:00", "07:00", "Europe/Berlin", "2026-07-14T20:00Z", "2026-07-15T05:00Z")]
    [TestCase("22:00", "07:00", "Asia/Kathmandu", "2026-01-14T16:15Z", "2026-01-15T01:15Z")]
    [TestCase("22:00", "07:00", "America/Sao_Paulo", "2026-01-15T01:00Z", "2026-01-15T10:00Z")]
    // The clocks go forward from 2 to 3 o'clock, so the night is an hour shorter.
    [TestCase("22:00", "07:00", "Europe/Berlin", "2026-03-28T21:00Z", "2026-03-29T05:00Z")]
    [TestCase("22:00", "02:30", "Europe/Berlin", "2026-03-28T21:00Z", "2026-03-29T01:00Z")]
    [TestCase("22:00", "02:30", "Europe/Berlin", "2026-03-29T00:59:59.999Z", "2026-03-29T01:00Z")]
    [TestCase("22:00", "02:30", "Europe/Berlin", "2026-03-29T01:00Z", "2026-03-29T01:00Z")]
    [TestCase("02:10", "02:50", "Europe/Berlin", "2026-03-29T00:59Z", "2026-03-29T00:59Z")]
    [TestCase("02:30", "04:00", "Europe/Berlin", "2026-03-29T01:00Z", "2026-03-29T02:00Z")]
    // The clocks skip the whole time that is not quiet, so the quiet hours last until the next night.
    [TestCase("03:00", "02:15", "Europe/Berlin", "2026-03-28T23:00Z", "2026-03-30T00:15Z")]
    // The clocks go back from 3 to 2 o'clock, so the night is an hour longer, and the hour from 2 to 3 occurs twice.
    [TestCase("22:00", "07:00", "Europe/Berlin", "2026-10-24T20:00Z", "2026-10-25T06:00Z")]
    [TestCase("22:00", "02:30", "Europe/Berlin", "2026-10-24T20:00Z", "2026-10-25T00:30Z")]
    [TestCase("22:00", "02:30", "Europe/Berlin", "2026-10-25T00:10Z", "2026-10-25T00:30Z")]
    [TestCase("22:00", "02:30", "Europe/Berlin", "2026-10-25T00:45Z", "2026-10-25T00:45Z")]
    [TestCase("22:00", "02:30", "Europe/Berlin", "2026-10-25T01:10Z", "2026-10-25T01:30Z")]
    [TestCase("22:00", "02:30", "Europe/Berlin", "2026-10-25T01:30Z", "2026-10-25T01:30Z")]
    [TestCase("02:15", "03:00", "Europe/Berlin", "2026-10-25T00:20Z", "2026-10-25T02:00Z")]
    // The clocks go forward from midnight to 1 o'clock, and back from midnight to 23:00.
    [TestCase("22:00", "00:30", "America/Sao_Paulo", "2018-11-04T01:00Z", "2018-11-04T03:00Z")]
    [TestCase("22:00", "00:00", "America/Sao_Paulo", "2018-11-04T01:00Z", "2018-11-04T03:00Z")]
    [TestCase("22:00", "23:30", "America/Sao_Paulo", "2018-02-18T00:30Z", "2018-02-18T01:30Z")]
    [TestCase("22:00", "23:30", "America/Sao_Paulo", "2018-02-18T02:10Z", "2018-02-18T02:30Z")]
    // This is the hour before the clocks change in a zone where summer time is standard time.
    [TestCase("22:00", "01:30", "Europe/Dublin", "2026-10-24T23:30Z", "2026-10-25T00:30Z")]
    [TestCase("22:00", "01:30", "Europe/Dublin", "2026-10-25T00:15Z", "2026-10-25T00:30Z")]
    [TestCase("22:00", "01:30", "Europe/Dublin", "2026-10-25T01:15Z", "2026-10-25T01:30Z")]
    [TestCase("22:00", "00:45", "Europe/Dublin", "2026-03-29T00:30Z", "2026-03-29T00:45Z")]
    [TestCase("22:00", "02:30", "Africa/Casablanca", "2026-02-15T01:15Z", "2026-02-15T01:30Z")]
    [TestCase("22:00", "01:45", "Africa/Casablanca", "2026-03-22T01:30Z", "2026-03-22T01:45Z")]
    // The clocks skip a whole day, so the quiet hours of the next one follow.
    [TestCase("22:00", "07:00", "Pacific/Apia", "2011-12-30T09:00Z", "2011-12-30T17:00Z")]
    // This machine does not know the zone, so UTC applies.
    [TestCase("22:00", "07:00", "Mars/Olympus_Mons", "2026-07-14T22:00Z", "2026-07-15T07:00Z")]
    [TestCase("22:00", "07:00", "", "2026-07-14T21:59Z", "2026-07-14T21:59Z")]
    public void A_mail_is_sent_at_once_or_at_the_end_of_the_quiet_hours(
        string? from,
        string? to,
        string zone,
        string now,
        string allowed
    )
    {
        var settings = new NotificationSettings(true, true, Time(from), Time(to));

        var at = settings.AllowedAt(Moment(now), TimeZoneExtensions.FindOrUtc(zone));

        Assert.That(at, Is.EqualTo(Moment(allowed)));
        Assert.That(at.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void A_mail_is_sent_neither_before_now_nor_in_the_quiet_hours()
    {
        // These days are around the changes of the clocks in each zone.
        var days = Gen.Elements("2018-02-18", "2018-11-04", "2025-11-02", "2026-03-29", "2026-10-04", "2026-10-25");
        var cases =
            from zone in Gen.Elements(Zones)
            from day in days
            from minutes in Gen.Choose(-36 * 60, 36 * 60)
            from fromMinute in Gen.Choose(0, 1439)
            from toMinute in Gen.OneOf(Gen.Choose(0, 1439), Gen.Choose(fromMinute - 90, fromMinute + 90))
            let settings = new NotificationSettings(
                true,
                true,
                TimeOnly.MinValue.AddMinutes(fromMinute),
                TimeOnly.MinValue.AddMinutes(toMinute)
            )
            select (settings, TimeZoneExtensions.FindOrUtc(zone), Moment($"{day}T00:00Z").AddMinutes(minutes));

        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(10_000),
            Prop.ForAll(
                cases.ToArbitrary(),
                of =>
                {
                    var (settings, zone, now) = of;
                    var at = settings.AllowedAt(now, zone);
                    return at >= now && !IsQuiet(settings, zone, at) && (at == now) == !IsQuiet(settings, zone, now);
                }
            )
        );
    }

    private static bool IsQuiet(NotificationSettings settings, TimeZoneInfo zone, DateTimeOffset at) =>
        TimeOnly
            .FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime)
            .IsBetween(settings.QuietFrom!.Value, settings.QuietTo!.Value);

    private static TimeOnly? Time(string? text) =>
        text is null ? null : TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
