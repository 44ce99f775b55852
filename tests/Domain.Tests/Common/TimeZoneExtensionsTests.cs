using System.Globalization;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class TimeZoneExtensionsTests
{
    [TestCase("UTC", "2026-03-29T02:30", "2026-03-29T02:30Z")]
    [TestCase("Europe/Berlin", "2026-01-14T12:00", "2026-01-14T11:00Z")]
    [TestCase("Europe/Berlin", "2026-07-14T12:00", "2026-07-14T10:00Z")]
    // The clocks go forward from 2 to 3 o'clock.
    [TestCase("Europe/Berlin", "2026-03-29T01:59:59.999", "2026-03-29T00:59:59.999Z")]
    [TestCase("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00Z")]
    [TestCase("Europe/Berlin", "2026-03-29T02:59:59.999", "2026-03-29T01:00Z")]
    [TestCase("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00Z")]
    // The clocks go forward from midnight to 1 o'clock, from a minute past midnight, and by half an hour.
    [TestCase("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00Z")]
    [TestCase("America/Sao_Paulo", "2018-11-04T00:59", "2018-11-04T03:00Z")]
    [TestCase("America/St_Johns", "2010-03-14T00:01", "2010-03-14T03:31Z")]
    [TestCase("America/St_Johns", "2010-03-14T01:00:59.999", "2010-03-14T03:31Z")]
    [TestCase("Australia/Lord_Howe", "2026-10-04T02:10", "2026-10-03T15:30Z")]
    // The hour from 2 to 3 o'clock occurs twice.
    [TestCase("Europe/Berlin", "2026-10-25T01:59:59.999", "2026-10-24T23:59:59.999Z")]
    [TestCase("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00Z")]
    [TestCase("Europe/Berlin", "2026-10-25T02:59:59.999", "2026-10-25T00:59:59.999Z")]
    [TestCase("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00Z")]
    // The hours from 1 to 2 and from 2 to 3 o'clock occur twice; in Dublin and Casablanca, summer time is standard time.
    [TestCase("Europe/Dublin", "2026-10-25T00:59:59.999", "2026-10-24T23:59:59.999Z")]
    [TestCase("Europe/Dublin", "2026-10-25T01:30", "2026-10-25T00:30Z")]
    [TestCase("Europe/Dublin", "2026-10-25T02:00", "2026-10-25T02:00Z")]
    [TestCase("Europe/Dublin", "2026-03-29T00:30", "2026-03-29T00:30Z")]
    [TestCase("Europe/Dublin", "2026-03-29T01:30", "2026-03-29T01:00Z")]
    [TestCase("Europe/Dublin", "2026-03-29T02:30", "2026-03-29T01:30Z")]
    [TestCase("Africa/Casablanca", "2026-02-15T01:30", "2026-02-15T00:30Z")]
    [TestCase("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30Z")]
    [TestCase("Africa/Casablanca", "2026-03-22T01:30", "2026-03-22T01:30Z")]
    [TestCase("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00Z")]
    // This day did not exist; the last cases are the ends of the range, to the millisecond.
    [TestCase("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T10:00Z")]
    [TestCase("Asia/Kathmandu", "0001-01-01T00:00", "0001-01-01T00:00Z")]
    [TestCase("Etc/GMT+12", "9999-12-31T23:59:59.999", "9999-12-31T23:59:59.999Z")]
    public void Returns_the_moment_at_which_clocks_show_a_time(string zone, string local, string moment) =>
        Assert.That(Show(zone, local, default), Is.EqualTo(Moment(moment)));

    [TestCase("2026-10-25T00:29:59Z", "2026-10-25T00:30Z")]
    [TestCase("2026-10-25T00:30Z", "2026-10-25T01:30Z")]
    [TestCase("2026-10-25T01:29:59Z", "2026-10-25T01:30Z")]
    [TestCase("2026-10-25T01:30Z", "2026-10-25T01:30Z", Description = "a time that is the later moment itself")]
    public void Returns_the_first_ambiguous_moment_that_is_not_before_the_given_time(string after, string moment) =>
        Assert.That(Show("Europe/Berlin", "2026-10-25T02:30", Moment(after)), Is.EqualTo(Moment(moment)));

    [TestCase("Europe/Berlin", "2026-10-25")]
    [TestCase("Europe/Dublin", "2026-10-25")]
    [TestCase("Africa/Casablanca", "2026-02-15")]
    [TestCase("America/Sao_Paulo", "2018-02-18")]
    [TestCase("Australia/Lord_Howe", "2026-04-05")]
    [TestCase("Pacific/Apia", "2011-12-30")]
    public void Returns_every_moment_of_a_change_from_what_clocks_show_then(string zone, string day)
    {
        var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
        for (var moment = Moment($"{day}T00:00Z").AddDays(-2); moment < Moment($"{day}T00:00Z").AddDays(2); )
        {
            moment = moment.AddMinutes(5);
            var local = TimeZoneInfo.ConvertTime(moment, info).DateTime;

            Assert.That(info.WhenClocksShow(local, moment.AddTicks(-1)), Is.EqualTo(moment), $"{local:O}");
        }
    }

    [Test]
    public void Returns_a_time_in_UTC() =>
        Assert.That(Show("Asia/Kathmandu", "2026-01-14T12:00", default).Offset, Is.EqualTo(TimeSpan.Zero));

    [Test]
    public void Requires_a_time_zone() =>
        Assert.That(() => ((TimeZoneInfo)null!).WhenClocksShow(default), Throws.ArgumentNullException);

    private static DateTimeOffset Show(string zone, string local, DateTimeOffset after) =>
        TimeZoneInfo
            .FindSystemTimeZoneById(zone)
            .WhenClocksShow(DateTime.Parse(local, CultureInfo.InvariantCulture), after);

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
