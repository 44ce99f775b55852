using System.Globalization;

namespace Fitnessify.Client;

/// <summary>
/// Converts dues, which are said as a person says them, to moments and back. The methods keep no state, and are safe for concurrent use.
/// </summary>
/// <remarks>
/// A date is <c>yyyy-MM-dd</c>, a time is <c>HH:mm[:ss[.fff]]</c>, and a time zone is its IANA name, as in the API. On Windows, .NET
/// knows IANA names since .NET 6; .NET Framework, and Unity there, only know <c>UTC</c> and those of Windows. The years are 1 to 9999:
/// moments and local times beyond them become the first or the last of them.
/// </remarks>
public static class DueTimes
{
    private const int MaxMinutesBefore = 40_320;

    private static readonly string[] DateFormats = ["yyyy-MM-dd"];
    private static readonly string[] TimeFormats = ["HH:mm", "HH:mm:ss", "HH:mm:ss.fff"];

    // The reminders of an all-day task count from this time.
    private static readonly TimeSpan Morning = TimeSpan.FromHours(9);

    // A zone does not change its offset twice within two days.
    private static readonly TimeSpan Apart = TimeSpan.FromDays(1);

    // Moments have whole milliseconds, as in the API.
    private static readonly DateTime Last = new(DateTime.MaxValue.Ticks - TimeSpan.TicksPerMillisecond + 1);

    /// <summary>
    /// Returns the moment at which a task is due: if it has no time, the last millisecond of its day. A time that the clocks skip is
    /// the first moment after it, and one that they show twice is the first of the two.
    /// </summary>
    /// <param name="due">
    /// The due of the task: the date, the time or null for all day, and the time zone or null for that of the person.
    /// </param>
    /// <param name="timeZone">The time zone of the person, which is used if the due has none.</param>
    /// <returns>The moment in UTC.</returns>
    /// <exception cref="ArgumentException">The date or the time is malformed.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public static DateTimeOffset Moment((string Date, string? Time, string? TimeZone) due, string timeZone)
    {
        var date = ParseDate(due.Date, nameof(due));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(due.TimeZone ?? timeZone);
        if (due.Time is not null)
        {
            return MomentIn(zone, date + ParseTime(due.Time, nameof(due)));
        }

        return date == Last.Date ? MomentIn(zone, Last) : MomentIn(zone, date.AddDays(1)).AddMilliseconds(-1);
    }

    /// <summary>Returns the moment of a reminder. For an all-day task it counts from 09:00.</summary>
    /// <param name="due">
    /// The due of the task: the date, the time or null for all day, and the time zone or null for that of the person.
    /// </param>
    /// <param name="minutesBefore">The minutes before the task is due, 0 to 40320.</param>
    /// <param name="timeZone">The time zone of the person, which is used if the due has none.</param>
    /// <returns>The moment in UTC.</returns>
    /// <exception cref="ArgumentException">The date or the time is malformed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The minutes are out of range.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public static DateTimeOffset ReminderMoment(
        (string Date, string? Time, string? TimeZone) due,
        int minutesBefore,
        string timeZone
    )
    {
        if (minutesBefore is < 0 or > MaxMinutesBefore)
        {
            throw new ArgumentOutOfRangeException(
                nameof(minutesBefore),
                minutesBefore,
                "The minutes before the task is due are out of range."
            );
        }

        var time = due.Time is null ? Morning : ParseTime(due.Time, nameof(due));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(due.TimeZone ?? timeZone);
        var from = MomentIn(zone, ParseDate(due.Date, nameof(due)) + time);
        return Utc(Shift(from.UtcDateTime, -TimeSpan.FromMinutes(minutesBefore)));
    }

    /// <summary>
    /// Returns the date on which a task is due for a person in a time zone. It is another one than the date of the due if that has
    /// another time zone, and the moment is on another day here.
    /// </summary>
    /// <param name="due">
    /// The due of the task: the date, the time or null for all day, and the time zone or null for that of the person.
    /// </param>
    /// <param name="timeZone">The time zone of the person.</param>
    /// <returns>The date. The order of dates is the ordinal order of the strings.</returns>
    /// <exception cref="ArgumentException">The date or the time is malformed.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public static string Date((string Date, string? Time, string? TimeZone) due, string timeZone) =>
        Local(Moment(due, timeZone), timeZone).Date;

    /// <summary>Returns the date and the time that clocks of a time zone show at a moment.</summary>
    /// <param name="moment">
    /// The moment, such as the <c>DueAt</c> of a task or <see cref="DateTimeOffset.UtcNow"/>. Fractions of a millisecond are dropped.
    /// </param>
    /// <param name="timeZone">The time zone.</param>
    /// <returns>The date, and the time in the shortest format.</returns>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public static (string Date, string Time) Local(DateTimeOffset moment, string timeZone)
    {
        var local = Shift(moment.UtcDateTime, TimeZoneInfo.FindSystemTimeZoneById(timeZone).GetUtcOffset(moment));
        var format = TimeFormats[
            local.Millisecond != 0 ? 2
            : local.Second != 0 ? 1
            : 0
        ];
        return (Format(local, DateFormats[0]), Format(local, format));
    }

    /// <summary>Returns the date that is a number of days later, or earlier if the number is negative.</summary>
    /// <param name="date">The date.</param>
    /// <param name="days">The number of days.</param>
    /// <exception cref="ArgumentException">The date is malformed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The result is not in the years 1 to 9999.</exception>
    public static string AddDays(string date, int days) =>
        Format(ParseDate(date, nameof(date)).AddDays(days), DateFormats[0]);

    // Returns the moment at which clocks show a local time. clients/typescript/src/due.ts has the same algorithm, and both are tested
    // with clients/vectors/due.json. Only offsets of moments are used, because .NET converts local times wrongly in the hour before a
    // change if a zone defines its summer time as the standard time (Dublin, Casablanca).
    private static DateTimeOffset MomentIn(TimeZoneInfo zone, DateTime local)
    {
        var (before, after) = (OffsetAt(Shift(local, -Apart)), OffsetAt(Shift(local, Apart)));
        // The larger offset belongs to the earlier moment.
        TimeSpan[] offsets = before > after ? [before, after] : [after, before];
        foreach (var offset in offsets)
        {
            var moment = Shift(local, -offset);
            if (OffsetAt(moment) == offset)
            {
                return Utc(moment);
            }
        }

        // The clocks skip the local time. The moment of the change is later than the one, and not later than the other.
        var (earlier, later) = (Shift(local, -after), Shift(local, -before));
        while ((later - earlier).Ticks > TimeSpan.TicksPerMillisecond)
        {
            var middle = earlier.AddMilliseconds((later - earlier).Ticks / TimeSpan.TicksPerMillisecond / 2);
            (earlier, later) = OffsetAt(middle) == after ? (earlier, middle) : (middle, later);
        }

        return Utc(later);

        TimeSpan OffsetAt(DateTime moment) => zone.GetUtcOffset(Utc(moment));
    }

    private static DateTime ParseDate(string text, string parameter) =>
        TryParse(text, DateFormats, out var date)
            ? date
            : throw new ArgumentException($"This is not a date: {text}", parameter);

    private static TimeSpan ParseTime(string text, string parameter) =>
        TryParse(text, TimeFormats, out var time)
            ? time.TimeOfDay
            : throw new ArgumentException($"This is not a time: {text}", parameter);

    private static bool TryParse(string text, string[] formats, out DateTime result) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out result);

    private static string Format(DateTime local, string format) => local.ToString(format, CultureInfo.InvariantCulture);

    private static DateTimeOffset Utc(DateTime moment) => new(moment.Ticks, TimeSpan.Zero);

    private static DateTime Shift(DateTime time, TimeSpan by) =>
        new(Math.Min(Math.Max(time.Ticks + by.Ticks, DateTime.MinValue.Ticks), Last.Ticks));
}
