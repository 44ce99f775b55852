using System.Globalization;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>A rule by which days repeat: an RRULE of days or longer (RFC 5545, 3.3.10), in capitals.</summary>
public sealed record RecurrenceRule
{
    /// <summary>The longest rule in UTF-16 units.</summary>
    public const int MaxLength = 500;

    private const string UntilFormat = "yyyyMMdd";
    private const string Daily = "DAILY";
    private const string Weekly = "WEEKLY";
    private const string Monthly = "MONTHLY";
    private const string Yearly = "YEARLY";

    private static readonly string[] UntilFormats = [UntilFormat, "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'"];
    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    // The parts with their values. Those of a list are separated by commas.
    private static readonly Dictionary<string, Func<string, bool>> Parts = new()
    {
        ["FREQ"] = value => value is Daily or Weekly or Monthly or Yearly,
        ["INTERVAL"] = value => IsNumber(value, 99_999),
        ["COUNT"] = value => IsNumber(value, 99_999),
        ["UNTIL"] = value => ParseUntil(value) is not null,
        ["WKST"] = value => Weekdays.Contains(value),
        ["BYMONTH"] = value => value.Split(',').All(month => IsNumber(month, 12)),
        ["BYWEEKNO"] = value => value.Split(',').All(week => IsNumberFromEitherEnd(week, 53)),
        ["BYYEARDAY"] = value => value.Split(',').All(day => IsNumberFromEitherEnd(day, 366)),
        ["BYMONTHDAY"] = value => value.Split(',').All(day => IsNumberFromEitherEnd(day, 31)),
        ["BYDAY"] = value => value.Split(',').All(IsWeekday),
        ["BYSETPOS"] = value => value.Split(',').All(position => IsNumberFromEitherEnd(position, 366)),
    };

    private RecurrenceRule(string text) => Text = text;

    /// <summary>The rule without the name of its property, such as <c>FREQ=WEEKLY;BYDAY=MO,WE,FR</c>.</summary>
    public string Text { get; }

    /// <summary>DAILY, WEEKLY, MONTHLY or YEARLY.</summary>
    public string Frequency => Find("FREQ")!;

    /// <summary>How many of these the dates are apart.</summary>
    public int Interval => FindNumber("INTERVAL") ?? 1;

    /// <summary>How many tasks the series still makes, the present one included; null if that is not limited.</summary>
    public int? Count => FindNumber("COUNT");

    /// <summary>Whether it has more than a frequency and an interval to select dates by.</summary>
    public bool IsRefined =>
        Text.StartsWith("BY", StringComparison.Ordinal) || Text.Contains(";BY", StringComparison.Ordinal);

    /// <summary>Whether it names days such as the second Monday.</summary>
    public bool HasOrdinal => Find("BYDAY")?.Any(char.IsAsciiDigit) == true;

    /// <summary>The last possible date, or null.</summary>
    public DateOnly? Until => ParseUntil(Find("UNTIL"));

    /// <summary>Reads a rule in any case.</summary>
    /// <returns>
    /// The rule; <c>validation_failed</c> if it is malformed; or <c>recurrence_unsupported</c> if it is finer than a day, or has parts
    /// that are no part of an RRULE in RFC 5545.
    /// </returns>
    public static Result<RecurrenceRule> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            return TaskErrors.RecurrenceMalformed;
        }

        var rule = new RecurrenceRule(text.ToUpperInvariant());
        var parts = rule.Text.Split(';', '\n').Select(part => part.Split('=')).ToList();
        if (parts.Exists(IsUnsupported))
        {
            return TaskErrors.RecurrenceUnsupported;
        }

        var isWellFormed =
            !rule.Text.Contains('\n', StringComparison.Ordinal)
            && parts.TrueForAll(part => part.Length == 2 && Parts.TryGetValue(part[0], out var fits) && fits(part[1]))
            && parts.DistinctBy(part => part[0]).Count() == parts.Count
            && rule.Find("FREQ") is not null
            && rule.IsConsistent();
        return isWellFormed ? rule : TaskErrors.RecurrenceMalformed;
    }

    /// <summary>Returns the rule with a <see cref="Text"/> that <see cref="Parse"/> has accepted.</summary>
    public static RecurrenceRule OfText(string text) => new(text);

    /// <summary>Returns the rule for the next task of the series, which has one less to make.</summary>
    public RecurrenceRule ForNext() =>
        Count is { } count
            ? new RecurrenceRule(
                Text.Replace(
                    $"COUNT={Find("COUNT")}",
                    string.Create(CultureInfo.InvariantCulture, $"COUNT={count - 1}"),
                    StringComparison.Ordinal
                )
            )
            : this;

    /// <summary>Returns the rule without its last possible date.</summary>
    public RecurrenceRule WithoutEnd() =>
        Until is null
            ? this
            : new RecurrenceRule(
                string.Join(';', Text.Split(';').Where(part => !part.StartsWith("UNTIL=", StringComparison.Ordinal)))
            );

    /// <inheritdoc />
    public override string ToString() => Text;

    /// <summary>Returns the value of a part, or null.</summary>
    /// <param name="name">The name of the part in capitals.</param>
    public string? Find(string name)
    {
        foreach (var range in Text.AsSpan().Split(';'))
        {
            var part = Text.AsSpan(range);
            if (
                part.Length > name.Length
                && part[name.Length] == '='
                && part.StartsWith(name, StringComparison.Ordinal)
            )
            {
                return part[(name.Length + 1)..].ToString();
            }
        }

        return null;
    }

    private int? FindNumber(string name) =>
        Find(name) is { } value ? int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture) : null;

    // These are what RFC 5545 rules out with "MUST NOT".
    private bool IsConsistent()
    {
        var (byDay, byMonthDay) = (Find("BYDAY"), Find("BYMONTHDAY"));
        var (byYearDay, byWeekNo) = (Find("BYYEARDAY"), Find("BYWEEKNO"));
        var hasOther = (byDay ?? byMonthDay ?? byYearDay ?? byWeekNo ?? Find("BYMONTH")) is not null;
        return (Find("COUNT") is null || Find("UNTIL") is null)
            && (!HasOrdinal || Frequency is Monthly || (Frequency is Yearly && byWeekNo is null))
            && (byMonthDay is null || Frequency is not Weekly)
            && ((byYearDay ?? byWeekNo) is null || Frequency is Yearly)
            && (hasOther || Find("BYSETPOS") is null);
    }

    private static bool IsUnsupported(string[] part) =>
        part is ["FREQ", "HOURLY" or "MINUTELY" or "SECONDLY"]
        || part[0]
            is "BYHOUR"
                or "BYMINUTE"
                or "BYSECOND"
                // RFC 7529.
                or "RSCALE"
                or "SKIP"
        || part[0].StartsWith("X-", StringComparison.Ordinal)
        // Properties of their own in RFC 5545.
        || part[0].Split(':')[0] is "EXDATE" or "RDATE" or "EXRULE" or "DTSTART";

    private static bool IsWeekday(string text) =>
        text.Length >= 2
        && Weekdays.Contains(text[^2..])
        && (text.Length == 2 || IsNumberFromEitherEnd(text[..^2], 53));

    private static bool IsNumber(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number >= 1
        && number <= max;

    private static bool IsNumberFromEitherEnd(string text, int max) =>
        IsNumber(text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text, max);

    private static DateOnly? ParseUntil(string? text) =>
        DateTime.TryParseExact(
            text,
            UntilFormats,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var until
        )
            ? DateOnly.FromDateTime(until)
            : null;
}
