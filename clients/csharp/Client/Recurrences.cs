using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Fitnessify.Client;

/// <summary>
/// Computes when tasks repeat, as the server does. The methods keep no state, and are safe for concurrent use.
/// </summary>
/// <remarks>
/// A date is <c>yyyy-MM-dd</c>, and a rule is an RRULE of days or longer in capitals (RFC 5545, section 3.3.10), such as
/// <c>FREQ=WEEKLY;BYDAY=MO,WE,FR</c>. A recurrence is a rule, and whether its dates are fixed (<c>due</c>) or counted from the day of the
/// completion (<c>completion</c>).
/// </remarks>
public static partial class Recurrences
{
    private const int MaxYears = 10;
    private const int MaxSpan = 366;

    /// <summary>
    /// Returns the date of the next task of a series: if its dates are fixed, the first one of the rule that is after the present one
    /// and not before the day of the completion; if they are counted from the completion, the first one after that day and after the
    /// present one.
    /// </summary>
    /// <param name="recurrence">How the present task repeats.</param>
    /// <param name="occurrence">The date for which the present task stands in its series.</param>
    /// <param name="completedDay">The date that the clocks of the person show when it is done or skipped.</param>
    /// <returns>
    /// The date. It is null if the series ends: by its count, by its last date, or because ten years have no date.
    /// </returns>
    /// <exception cref="ArgumentException">The rule is no rule of whole days, or a date is malformed.</exception>
    public static string? Next((string Rule, string From) recurrence, string occurrence, string completedDay)
    {
        var rule = Rule.Parse(recurrence.Rule, nameof(recurrence));
        var isFixed = recurrence.From switch
        {
            "due" => true,
            "completion" => false,
            _ => throw new ArgumentException(
                $"This is not what dates are counted from: {recurrence.From}",
                nameof(recurrence)
            ),
        };
        var present = ParseDay(occurrence, nameof(occurrence));
        var completed = ParseDay(completedDay, nameof(completedDay));
        if (rule.Count == 1)
        {
            return null;
        }

        var (anchor, after) = isFixed
            ? (present, Math.Max(present, completed - 1))
            : (completed, Math.Max(present, completed));
        return DaysAfter(rule, anchor, after, TenYearsAfter(after)).Select(Format).FirstOrDefault();
    }

    /// <summary>
    /// Returns the id that the task of a series for a date has, on every device and on the server: a UUIDv5 (RFC 9562).
    /// </summary>
    /// <param name="seriesId">The id of the series.</param>
    /// <param name="date">The date for which the task stands.</param>
    /// <exception cref="ArgumentException">The date is malformed.</exception>
    public static Guid SuccessorId(Guid seriesId, string date)
    {
        var name = Encoding.ASCII.GetBytes(Format(ParseDay(date, nameof(date))));
        var hash = Hash([.. Reorder(seriesId.ToByteArray()), .. name]);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(Reorder(hash));
    }

    /// <summary>
    /// Predicts the next task of a series, which the server makes when the present one becomes done or canceled. It is a copy of the
    /// present one that is to do, on another date at the same time, with nothing of its checklist done. An app that is offline can show
    /// it at once, and even complete it: the task of the server will have the same id.
    /// </summary>
    /// <param name="recurrence">How the present task repeats.</param>
    /// <param name="seriesId">The id of the series.</param>
    /// <param name="occurrence">The date for which the present task stands in its series.</param>
    /// <param name="completedAt">The moment at which it is done or skipped.</param>
    /// <param name="timeZone">The IANA name of the time zone of the person.</param>
    /// <returns>
    /// The id; the date, for which it stands in the series, and on which it is due; and the rule of its recurrence. It is null if the
    /// series ends.
    /// </returns>
    /// <exception cref="ArgumentException">The rule is no rule of whole days, or the date is malformed.</exception>
    /// <exception cref="TimeZoneNotFoundException">This machine does not know the time zone.</exception>
    public static (Guid Id, string Date, string Rule)? Successor(
        (string Rule, string From) recurrence,
        Guid seriesId,
        string occurrence,
        DateTimeOffset completedAt,
        string timeZone
    )
    {
        var next = Next(recurrence, occurrence, DueTimes.Local(completedAt, timeZone).Date);
        return next is null ? null : (SuccessorId(seriesId, next), next, RuleAfter(recurrence.Rule));
    }

    /// <summary>
    /// Returns the dates between two others, both excluded, on which later tasks of a series will stand if each is completed on its
    /// day, for instance those in a month of a calendar.
    /// </summary>
    /// <param name="rule">The rule of the present task.</param>
    /// <param name="anchor">
    /// The date from which the rule counts: that of the present task, or the day of its completion. It is none of the dates.
    /// </param>
    /// <param name="after">The date before the first possible one.</param>
    /// <param name="before">The date after the last possible one, at most 366 days later.</param>
    /// <returns>The dates in their order.</returns>
    /// <exception cref="ArgumentException">The rule is no rule of whole days, or a date is malformed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than 366 days.</exception>
    public static IReadOnlyList<string> Between(string rule, string anchor, string after, string before)
    {
        var parsed = Rule.Parse(rule, nameof(rule));
        var start = ParseDay(anchor, nameof(anchor));
        var (from, to) = (ParseDay(after, nameof(after)), ParseDay(before, nameof(before)));
        if (to - from > MaxSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(before), before, $"These are more than {MaxSpan} days.");
        }

        // The dates of a rule with a count have to be counted from its anchor.
        var days = parsed.Count is { } count
            ? DaysAfter(parsed, start, start, to - 1).Take(count - 1).Where(day => day > from)
            : DaysAfter(parsed, start, Math.Max(start, from), to - 1);
        return [.. days.Select(Format)];
    }

    /// <summary>Returns the rule of every day, or of every so many days.</summary>
    /// <param name="interval">How many days there are from one date to the next.</param>
    /// <param name="count">After how many tasks the series ends, or null.</param>
    /// <param name="until">After which date the series ends, or null.</param>
    /// <exception cref="ArgumentException">There are two ends, or an argument makes no sense.</exception>
    public static string Daily(int interval = 1, int? count = null, string? until = null) =>
        Write("DAILY", interval, count, until);

    /// <summary>Returns the rule of the days from Monday to Friday.</summary>
    /// <inheritdoc cref="Daily" path="/param[@name='count' or @name='until'] | /exception" />
    public static string EveryWeekday(int? count = null, string? until = null) =>
        Write("WEEKLY", 1, count, until, "BYDAY=MO,TU,WE,TH,FR");

    /// <summary>Returns the rule of days of the week, every week or every so many weeks.</summary>
    /// <param name="days">The days of the week.</param>
    /// <param name="interval">How many weeks there are from one to the next.</param>
    /// <inheritdoc cref="Daily" path="/param[@name='count' or @name='until'] | /exception" />
    public static string Weekly(IEnumerable<DayOfWeek> days, int interval = 1, int? count = null, string? until = null)
    {
        var names = days.Select(day => NameOf(day, nameof(days))).Distinct().OrderBy(IndexOfWeekday).ToArray();
        return names.Length > 0
            ? Write("WEEKLY", interval, count, until, $"BYDAY={string.Join(",", names)}")
            : throw new ArgumentException("These are no days.", nameof(days));
    }

    /// <summary>
    /// Returns the rule of 1 to 7 days of the week that are evenly spread: 3 are Monday, Wednesday and Friday.
    /// </summary>
    /// <param name="times">The number of days.</param>
    /// <inheritdoc cref="Daily" path="/param[@name='count' or @name='until'] | /exception" />
    public static string TimesAWeek(int times, int? count = null, string? until = null)
    {
        CheckNumber(times, 1, DaysOfWeek, nameof(times));
        var names = Enumerable.Range(0, times).Select(index => Weekdays[index * DaysOfWeek / times]);
        return Write("WEEKLY", 1, count, until, $"BYDAY={string.Join(",", names)}");
    }

    /// <summary>Returns the rule of a day of the month, or of the last day of a month that is too short for it.</summary>
    /// <param name="day">The day, 1 to 31, or -1 for the last day of every month.</param>
    /// <param name="interval">How many months there are from one date to the next.</param>
    /// <inheritdoc cref="Daily" path="/param[@name='count' or @name='until'] | /exception" />
    public static string Monthly(int day, int interval = 1, int? count = null, string? until = null)
    {
        CheckNumber(day == -1 ? 1 : day, 1, 31, nameof(day));
        return Write("MONTHLY", interval, count, until, MonthDay(day, 28));
    }

    /// <summary>Returns the rule of the last day of the month.</summary>
    /// <inheritdoc cref="Monthly" path="/param[@name!='day'] | /exception" />
    public static string LastDayOfMonth(int interval = 1, int? count = null, string? until = null) =>
        Monthly(-1, interval, count, until);

    /// <summary>Returns the rule of a day of the week of the month.</summary>
    /// <param name="ordinal">
    /// Which one it is in the month: 1 to 5 from the first one, or -1 to -5 from the last one. Months without a fifth one are left out.
    /// </param>
    /// <param name="weekday">The day of the week.</param>
    /// <inheritdoc cref="Monthly" path="/param[@name!='day'] | /exception" />
    public static string MonthlyOn(
        int ordinal,
        DayOfWeek weekday,
        int interval = 1,
        int? count = null,
        string? until = null
    )
    {
        CheckNumber(ordinal < 0 ? -ordinal : ordinal, 1, 5, nameof(ordinal));
        return Write("MONTHLY", interval, count, until, $"BYDAY={Text(ordinal)}{NameOf(weekday, nameof(weekday))}");
    }

    /// <summary>
    /// Returns the rule of a day of the year. 29 February is 28 February in the years that do not have it.
    /// </summary>
    /// <param name="month">The month, 1 to 12.</param>
    /// <param name="day">The day of the month.</param>
    /// <param name="interval">How many years there are from one date to the next.</param>
    /// <inheritdoc cref="Daily" path="/param[@name='count' or @name='until'] | /exception" />
    public static string Yearly(int month, int day, int interval = 1, int? count = null, string? until = null)
    {
        CheckNumber(month, 1, 12, nameof(month));
        CheckNumber(day, 1, DateTime.DaysInMonth(2000, month), nameof(day));
        return Write(
            "YEARLY",
            interval,
            count,
            until,
            $"BYMONTH={Text(month)}",
            MonthDay(day, safe: month == 2 ? 28 : 31)
        );
    }

    // Returns the rule of the next task of a series, which makes one task less.
    private static string RuleAfter(string rule)
    {
        var parts = rule.Split(';').Select(part => part.Split('='));
        return string.Join(";", parts.Select(part => $"{part[0]}={(part[0] == "COUNT" ? OneLess(part[1]) : part[1])}"));

        static string OneLess(string count) => Text(int.Parse(count, CultureInfo.InvariantCulture) - 1);
    }

    // A day of the month that becomes the last one where the month is shorter. No month is shorter than the safe day.
    private static string MonthDay(int day, int safe) =>
        day <= safe
            ? $"BYMONTHDAY={Text(day)}"
            : $"BYMONTHDAY={string.Join(",", Enumerable.Range(safe, day - safe + 1).Select(Text))};BYSETPOS=-1";

    private static string Write(string frequency, int interval, int? count, string? until, params string[] parts)
    {
        CheckNumber(interval, 1, MaxNumber, nameof(interval));
        CheckNumber(count ?? 1, 1, MaxNumber, nameof(count));
        if (count is not null && until is not null)
        {
            throw new ArgumentException("A rule has one end.", nameof(until));
        }

        List<string> all = [$"FREQ={frequency}"];
        if (interval > 1)
        {
            all.Add($"INTERVAL={Text(interval)}");
        }

        all.AddRange(parts);
        if (count is { } tasks)
        {
            all.Add($"COUNT={Text(tasks)}");
        }

        if (until is not null)
        {
            all.Add($"UNTIL={Format(ParseDay(until, nameof(until))).Replace("-", string.Empty)}");
        }

        return string.Join(";", all);
    }

    private static void CheckNumber(int number, int min, int max, string parameter)
    {
        if (number < min || number > max)
        {
            throw new ArgumentOutOfRangeException(parameter, number, $"This is not a number from {min} to {max}.");
        }
    }

    private static string NameOf(DayOfWeek day, string parameter) =>
        day is >= DayOfWeek.Sunday and <= DayOfWeek.Saturday
            ? Weekdays[((int)day + 6) % DaysOfWeek]
            : throw new ArgumentException($"This is not a day of the week: {day}", parameter);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // The bytes of a Guid are in another order than those of the UUID.
    private static byte[] Reorder(byte[] bytes) =>
        [bytes[3], bytes[2], bytes[1], bytes[0], bytes[5], bytes[4], bytes[7], bytes[6], .. bytes.Skip(8).Take(8)];

    private static byte[] Hash(byte[] bytes)
    {
#pragma warning disable CA5350, CA1850 // UUIDv5 is defined with SHA-1, and .NET Standard has no SHA1.HashData.
        using var sha1 = SHA1.Create();
        return sha1.ComputeHash(bytes);
#pragma warning restore CA5350, CA1850
    }
}
