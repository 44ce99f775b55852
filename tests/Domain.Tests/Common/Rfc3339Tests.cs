using System.Globalization;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tests.Common;

public sealed class Rfc3339Tests
{
    [TestCase("2031-05-06T07:08:09.123456789Z", "2031-05-06T07:08:09.123")]
    [TestCase("2031-05-06T07:08:09.999999Z", "2031-05-06T07:08:09.999")]
    [TestCase("2031-05-06T07:08:09.5Z", "2031-05-06T07:08:09.500")]
    [TestCase("2031-05-06T07:08:09Z", "2031-05-06T07:08:09.000")]
    [TestCase("2031-05-06T07:08Z", "2031-05-06T07:08:00.000")]
    [TestCase("2031-05-06t07:08z", "2031-05-06T07:08:00.000")]
    [TestCase("2031-05-06T07:08:09+02:00", "2031-05-06T05:08:09.000")]
    [TestCase("2031-05-06T07:08:09+0200", "2031-05-06T05:08:09.000")]
    [TestCase("2031-05-06T07:08-0930", "2031-05-06T16:38:00.000")]
    [TestCase("2031-05-06T07:08:09-00:00", "2031-05-06T07:08:09.000")]
    [TestCase("2031-05-06T07:08:09+23:59", "2031-05-05T07:09:09.000")]
    [TestCase("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000")]
    [TestCase("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999")]
    public void Parses_a_valid_time(string text, string expected) =>
        Assert.That(
            Rfc3339.Parse(text)?.ToString("yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture),
            Is.EqualTo(expected)
        );

    [TestCase("")]
    [TestCase("2031-05-06")]
    [TestCase("2031-05-06T07:08:09")]
    [TestCase("2031-05-06T07:08")]
    [TestCase("2031-05-06 07:08:09Z")]
    [TestCase("2031-05-06T07Z")]
    [TestCase("2031-05-06T07:08:Z")]
    [TestCase("2031-05-06T07:08:9Z")]
    [TestCase("2031-05-06T07:08:09.Z")]
    [TestCase("2031-05-06T07:08:09.123")]
    [TestCase("2031-05-06T07:08:09.1")]
    [TestCase("2031-05-06T07:08:09.")]
    [TestCase("2031-05-06T07:08:09.+02:00")]
    [TestCase("2031-05-06T07:08:60Z")]
    [TestCase("2031-05-06T24:00:00Z")]
    [TestCase("2031-02-29T07:08:09Z")]
    [TestCase("2031-13-06T07:08:09Z")]
    [TestCase("2031-05-06T07:08:09 02:00")]
    [TestCase("2031-05-06T07:08:09+02")]
    [TestCase("2031-05-06T07:08:09+2:00")]
    [TestCase("2031-05-06T07:08:09+24:00")]
    [TestCase("2031-05-06T07:08:09+02:60")]
    [TestCase("2031-05-06T07:08:09ZZ")]
    [TestCase("2031-05-06T07:08:09Z ")]
    [TestCase("\u0662031-05-06T07:08:09Z")]
    [TestCase("0001-01-01T00:00:00+00:01")]
    [TestCase("9999-12-31T23:59:59-00:01")]
    public void Rejects_an_invalid_time(string text) => Assert.That(Rfc3339.Parse(text), Is.Null);

    // The default calendar of Thailand is the Buddhist one, and Finns write 08.00.
    [TestCase("th-TH")]
    [TestCase("fa-IR")]
    [TestCase("ar-SA")]
    [TestCase("fi-FI")]
    public void Parses_alike_in_every_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);

            Assert.That(
                Rfc3339.Parse("2026-12-01T08:00:00Z"),
                Is.EqualTo(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero))
            );
            Assert.That(Rfc3339.Parse("2026-12-01T08.00Z"), Is.Null);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestCase(63, true)]
    [TestCase(64, true)]
    [TestCase(65, false)]
    [TestCase(1000, false)]
    public void A_time_has_at_most_64_characters(int length, bool isTime)
    {
        var text = $"{"2031-05-06T07:08:09.".PadRight(length - 1, '1')}Z";

        Assert.That(
            Rfc3339.Parse(text),
            Is.EqualTo(isTime ? new DateTimeOffset(2031, 5, 6, 7, 8, 9, 111, TimeSpan.Zero) : (DateTimeOffset?)null)
        );
    }

    [Test]
    public void Parses_what_NET_formats([Range(-14, 14, 7)] int hours)
    {
        var time = new DateTimeOffset(2031, 5, 6, 7, 8, 9, 123, TimeSpan.FromHours(hours));

        Assert.That(Rfc3339.Parse(time.ToString("O", CultureInfo.InvariantCulture)), Is.EqualTo(time));
    }
}
