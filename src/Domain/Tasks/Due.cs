using System.Globalization;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>When a task is due, as a person says it.</summary>
/// <param name="Date">The day.</param>
/// <param name="Time">The time of the day, in whole milliseconds; null for all day.</param>
/// <param name="TimeZone">The IANA name of the time zone; null for the one in which the person is.</param>
public sealed record Due(DateOnly Date, TimeOnly? Time, string? TimeZone)
{
    /// <summary>The format of dates.</summary>
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>The longest result of <see cref="ToString"/>, for a time zone of 64 characters.</summary>
    public const int MaxLength = 88;

    /// <summary>The name of the time zone of a moment that is given with an offset.</summary>
    public const string Utc = "UTC";

    private const char TimePrefix = 'T';
    private const char TimeZonePrefix = ' ';

    // The reminders of an all-day task count from this time.
    private static readonly TimeOnly MorningOfAllDay = new(9, 0);

    private static readonly string[] TimeFormats = ["HH:mm", "HH:mm:ss", "HH:mm:ss.fff"];

    /// <summary>Returns the due of a moment, which is its date and time in UTC.</summary>
    public static Due At(DateTimeOffset moment)
    {
        var utc = moment.UtcDateTime;
        return new Due(DateOnly.FromDateTime(utc), TimeOnly.FromDateTime(utc), Utc);
    }

    /// <summary>Returns a time of the day in one of the formats <c>HH:mm[:ss[.fff]]</c>; null for any other text.</summary>
    public static TimeOnly? ParseTime(string? text) =>
        TimeOnly.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;

    /// <summary>Returns the shortest text that <see cref="ParseTime"/> reads as this time.</summary>
    public static string Format(TimeOnly time) =>
        time.ToString(
            TimeFormats[
                time.Millisecond != 0 ? 2
                : time.Second != 0 ? 1
                : 0
            ],
            CultureInfo.InvariantCulture
        );

    /// <summary>Returns the date in the format <see cref="DateFormat"/>; null for any other text.</summary>
    public static DateOnly? ParseDate(string? text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    /// <summary>Returns the date in the format <see cref="DateFormat"/>.</summary>
    public static string Format(DateOnly date) => date.ToString(DateFormat, CultureInfo.InvariantCulture);

    /// <summary>Returns what <see cref="ToString"/> has made.</summary>
    public static Due Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // Each task of a page is read from this text. By formats, that took 4 % of the page.
        var at = text.IndexOf(TimeZonePrefix, StringComparison.Ordinal);
        var local = text.AsSpan(0, at < 0 ? text.Length : at);
        var date = new DateOnly(Number(local, 0, 4), Number(local, 5, 2), Number(local, 8, 2));
        return new Due(date, TimeOf(local), at < 0 ? null : text[(at + 1)..]);
    }

    /// <summary>
    /// Returns the moment at which the task is due: if it has no time, the last millisecond of its day. A time that the clocks
    /// skip is the first moment after it, and one that they show twice is the first of the two.
    /// </summary>
    /// <param name="zone">The time zone of the due, or of the person.</param>
    /// <returns>The moment in UTC.</returns>
    public DateTimeOffset MomentIn(TimeZoneInfo zone)
    {
        if (Time is { } time)
        {
            return zone.WhenClocksShow(Date.ToDateTime(time));
        }

        return Date == DateOnly.MaxValue
            ? zone.WhenClocksShow(Date.ToDateTime(new TimeOnly(23, 59, 59, 999)))
            : zone.WhenClocksShow(Date.AddDays(1).ToDateTime(TimeOnly.MinValue)).AddMilliseconds(-1);
    }

    /// <summary>Returns the moment of a reminder, which for an all-day task counts from 09:00.</summary>
    /// <param name="minutesBefore">The minutes before the task is due.</param>
    /// <param name="zone">The time zone of the due, or of the person.</param>
    /// <returns>The moment in UTC.</returns>
    public DateTimeOffset ReminderMomentIn(int minutesBefore, TimeZoneInfo zone)
    {
        var from = zone.WhenClocksShow(Date.ToDateTime(Time ?? MorningOfAllDay));
        var minutes = TimeSpan.FromMinutes(minutesBefore);
        return from - DateTimeOffset.MinValue > minutes ? from - minutes : DateTimeOffset.MinValue;
    }

    /// <summary>Returns the due as one text, such as <c>2026-12-01T18:00 Europe/Berlin</c>.</summary>
    public override string ToString() =>
        Format(Date)
        + (Time is { } time ? TimePrefix + Format(time) : "")
        + (TimeZone is null ? "" : TimeZonePrefix + TimeZone);

    private static TimeOnly? TimeOf(ReadOnlySpan<char> local) =>
        local.Length == DateFormat.Length
            ? null
            : new TimeOnly(
                Number(local, 11, 2),
                Number(local, 14, 2),
                local.Length > 16 ? Number(local, 17, 2) : 0,
                local.Length > 19 ? Number(local, 20, 3) : 0
            );

    private static int Number(ReadOnlySpan<char> local, int start, int length) =>
        int.Parse(local.Slice(start, length), NumberStyles.None, CultureInfo.InvariantCulture);
}
