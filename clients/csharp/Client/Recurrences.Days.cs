using System.Globalization;

namespace Fitnessify.Client;

public static partial class Recurrences
{
    // Days are numbers of days since 0001-01-01, which was a Monday, and days of the week are numbers from 0 for Monday. The algorithm is
    // also that of clients/typescript/src/recurrence.ts, and both are tested with clients/vectors/recurrence.json. Whole days need no more
    // than a filter, so that no app has to load a library of calendars.
    private const int DaysOfWeek = 7;
    private const int MonthsOfYear = 12;
    private const int MaxNumber = 99_999;
    private const string DateFormat = "yyyy-MM-dd";

    private static readonly int LastDay = NumberOf(DateTime.MaxValue);
    private static readonly string[] Weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    private enum Frequency
    {
        Daily,
        Weekly,
        Monthly,
        Yearly,
    }

    // Enumerates the days of a rule that are later than the one, which is not before the anchor, and not later than the last one.
    private static IEnumerable<int> DaysAfter(Rule rule, int anchor, int after, int last)
    {
        var anchored = rule.WithAnchor(anchor);
        var end = Math.Min(last, rule.Until);
        var first = PeriodOf(rule, anchor);
        // Whole intervals are skipped, so that an old anchor costs no more than a new one.
        var intervals = (PeriodOf(rule, after + 1) - first + rule.Interval - 1) / rule.Interval;
        for (var period = first + (intervals * rule.Interval); StartOf(rule, period) <= end; period += rule.Interval)
        {
            foreach (var day in DaysIn(anchored, period))
            {
                if (day > after && day <= end)
                {
                    yield return day;
                }
            }
        }
    }

    // Returns the number of the day, week, month or year, depending on the frequency of the rule, that a day is in.
    private static int PeriodOf(Rule rule, int day) =>
        rule.Frequency switch
        {
            Frequency.Daily => day,
            Frequency.Weekly => (day + DaysOfWeek - rule.WeekStart) / DaysOfWeek,
            Frequency.Monthly => MonthOf(day),
            _ => MonthOf(day) / MonthsOfYear,
        };

    // Returns the first day of a period.
    private static int StartOf(Rule rule, int period) =>
        rule.Frequency switch
        {
            Frequency.Daily => period,
            Frequency.Weekly => ((period - 1) * DaysOfWeek) + rule.WeekStart,
            Frequency.Monthly => StartOfMonth(period),
            _ => StartOfMonth(period * MonthsOfYear),
        };

    // Returns the days of a period that the rule names.
    private static List<int> DaysIn(Rule rule, int period)
    {
        var days = new List<int>();
        var end = Math.Min(StartOf(rule, period + 1), LastDay + 1);
        for (var day = Math.Max(StartOf(rule, period), 0); day < end; day++)
        {
            if (rule.HasDay(day))
            {
                days.Add(day);
            }
        }

        return rule.Positions is null
            ? days
            : [.. days.Where((_, index) => IsAt(rule.Positions, (index, days.Count - 1 - index)))];
    }

    // Returns whether one of the numbers, which are from the end if they are negative, is that of the place. The place is how many come
    // before it, and how many behind it.
    private static bool IsAt(int[] numbers, (int Before, int Behind) place) =>
        numbers.Contains(place.Before + 1) || numbers.Contains(-place.Behind - 1);

    private static (int Before, int Behind) PlaceInMonth(int day)
    {
        var month = MonthOf(day);
        return (day - StartOfMonth(month), StartOfMonth(month + 1) - 1 - day);
    }

    private static (int Before, int Behind) PlaceInYear(int day)
    {
        var first = MonthOf(day) / MonthsOfYear * MonthsOfYear;
        return (day - StartOfMonth(first), StartOfMonth(first + MonthsOfYear) - 1 - day);
    }

    // Returns the place among the days that are the same day of the week.
    private static (int Before, int Behind) InWeeks((int Before, int Behind) place) =>
        (place.Before / DaysOfWeek, place.Behind / DaysOfWeek);

    // Months are numbers of months since that before the year 1.
    private static int MonthOf(int day)
    {
        var date = DateOf(day);
        return (date.Year * MonthsOfYear) + date.Month - 1;
    }

    private static int StartOfMonth(int month)
    {
        var year = month / MonthsOfYear;
        return year > DateTime.MaxValue.Year
            ? LastDay + 1
            : NumberOf(new DateTime(year, (month % MonthsOfYear) + 1, 1, 0, 0, 0, DateTimeKind.Unspecified));
    }

    // Returns the same date ten years later, or the day before if that is a 29 February which does not exist.
    private static int TenYearsAfter(int day)
    {
        var date = DateOf(day);
        return date.Year > DateTime.MaxValue.Year - MaxYears ? LastDay : NumberOf(date.AddYears(MaxYears));
    }

    private static DateTime DateOf(int day) => DateTime.MinValue.AddDays(Math.Min(Math.Max(day, 0), LastDay));

    private static int NumberOf(DateTime date) => (int)(date.Ticks / TimeSpan.TicksPerDay);

    private static int IndexOfWeekday(string name) => Array.IndexOf(Weekdays, name);

    private static string Format(int day) => DateOf(day).ToString(DateFormat, CultureInfo.InvariantCulture);

    private static int ParseDay(string text, string parameter) =>
        TryParse(text, DateFormat) ?? throw new ArgumentException($"This is not a date: {text}", parameter);

    private static int? TryParse(string text, params string[] formats) =>
        DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? NumberOf(date)
            : null;

    // A rule as it is evaluated. A list that it does not have is null.
    private sealed class Rule
    {
        private static readonly string[] Frequencies = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"];
        private static readonly string[] UntilFormats = ["yyyyMMdd", "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmmss'Z'"];
        private static readonly string[] Names =
        [
            "FREQ",
            "INTERVAL",
            "COUNT",
            "UNTIL",
            "WKST",
            "BYMONTH",
            "BYWEEKNO",
            "BYYEARDAY",
            "BYMONTHDAY",
            "BYDAY",
            "BYSETPOS",
        ];

        private Rule() { }

        public Frequency Frequency { get; private set; }

        public int Interval { get; private set; }

        public int? Count { get; private set; }

        public int Until { get; private set; }

        public int WeekStart { get; private set; }

        public int[]? Positions { get; private set; }

        private int[]? Months { get; set; }

        private int[]? Weeks { get; set; }

        private int[]? YearDays { get; set; }

        private int[]? MonthDays { get; set; }

        // The ordinal is 0 for every such day of the week.
        private (int Ordinal, int Weekday)[]? WeekDays { get; set; }

        // These are what RFC 5545 rules out, because the period has no such days.
        private bool IsConsistent =>
            (Frequency == Frequency.Yearly || (Weeks ?? YearDays) is null)
            && (Frequency != Frequency.Weekly || MonthDays is null)
            && (
                Frequency == Frequency.Monthly
                || (Frequency == Frequency.Yearly && Weeks is null)
                || WeekDays?.Any(day => day.Ordinal != 0) != true
            )
            && (Positions is null || WeekDays is not null || (Months ?? Weeks ?? YearDays ?? MonthDays) is not null);

        public static Rule Parse(string text, string parameter)
        {
            var parts = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var part in text.Split(';').Select(part => part.Split('=')))
            {
                Demand(part.Length == 2 && Names.Contains(part[0]) && !parts.ContainsKey(part[0]));
                parts.Add(part[0], part[1]);
            }

            var frequency = Array.IndexOf(Frequencies, Find("FREQ"));
            var weekStart = IndexOfWeekday(Find("WKST") ?? Weekdays[0]);
            Demand(frequency >= 0 && weekStart >= 0);
            Demand(Find("COUNT") is null || Find("UNTIL") is null);
            var rule = new Rule
            {
                Frequency = (Frequency)frequency,
                Interval = Number("INTERVAL") ?? 1,
                Count = Number("COUNT"),
                // The date counts as it is written.
                Until = Find("UNTIL") is { } until ? TryParse(until, UntilFormats) ?? -1 : LastDay,
                WeekStart = weekStart,
                Months = Find("BYMONTH")?.Split(',').Select(month => ParseNumber(month, MonthsOfYear)).ToArray(),
                Weeks = Numbers("BYWEEKNO", 53),
                YearDays = Numbers("BYYEARDAY", 366),
                MonthDays = Numbers("BYMONTHDAY", 31),
                WeekDays = Find("BYDAY")?.Split(',').Select(ParseWeekday).ToArray(),
                Positions = Numbers("BYSETPOS", 366),
            };
            Demand(rule.Until >= 0 && rule.IsConsistent);
            return rule;

            void Demand(bool isValid)
            {
                if (!isValid)
                {
                    throw new ArgumentException($"This is not a rule of days: {text}", parameter);
                }
            }

            string? Find(string name) => parts.TryGetValue(name, out var value) ? value : null;

            int? Number(string name) => Find(name) is { } value ? ParseNumber(value, MaxNumber) : null;

            int[]? Numbers(string name, int max) =>
                Find(name)?.Split(',').Select(value => ParseSigned(value, max)).ToArray();

            int ParseNumber(string value, int max)
            {
                Demand(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number));
                Demand(number >= 1 && number <= max);
                return number;
            }

            int ParseSigned(string value, int max) =>
                value.FirstOrDefault() switch
                {
                    '-' => -ParseNumber(value.Substring(1), max),
                    '+' => ParseNumber(value.Substring(1), max),
                    _ => ParseNumber(value, max),
                };

            (int Ordinal, int Weekday) ParseWeekday(string value)
            {
                var at = Math.Max(value.Length - 2, 0);
                var weekday = IndexOfWeekday(value.Substring(at));
                Demand(weekday >= 0);
                return (at == 0 ? 0 : ParseSigned(value.Substring(0, at), 53), weekday);
            }
        }

        // Returns the rule with what it does not say itself, which is as on the day of its anchor.
        public Rule WithAnchor(int anchor)
        {
            if (Frequency == Frequency.Daily || WeekDays is not null || (MonthDays ?? YearDays) is not null)
            {
                return this;
            }

            var anchored = (Rule)MemberwiseClone();
            if (Frequency == Frequency.Weekly || Weeks is not null)
            {
                anchored.WeekDays = [(0, anchor % DaysOfWeek)];
                return anchored;
            }

            var date = DateOf(anchor);
            anchored.MonthDays = [date.Day];
            anchored.Months ??= Frequency == Frequency.Yearly ? [date.Month] : null;
            return anchored;
        }

        // Returns whether each list of the rule has the day.
        public bool HasDay(int day)
        {
            if (
                Months?.Contains((MonthOf(day) % MonthsOfYear) + 1) == false
                || (MonthDays is not null && !IsAt(MonthDays, PlaceInMonth(day)))
                || (YearDays is not null && !IsAt(YearDays, PlaceInYear(day)))
            )
            {
                return false;
            }

            // A week belongs to the year that has most of its days, and so its fourth day.
            var fourth = day - ((day - WeekStart + DaysOfWeek) % DaysOfWeek) + 3;
            if (Weeks is not null && !IsAt(Weeks, InWeeks(PlaceInYear(fourth))))
            {
                return false;
            }

            if (WeekDays is null)
            {
                return true;
            }

            var isInMonth = Frequency == Frequency.Monthly || Months is not null;
            var place = InWeeks(isInMonth ? PlaceInMonth(day) : PlaceInYear(day));
            return WeekDays.Any(of => of.Weekday == day % DaysOfWeek && (of.Ordinal == 0 || IsAt([of.Ordinal], place)));
        }
    }
}
