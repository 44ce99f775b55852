using System.Globalization;
using Fitnessify.Domain.Tasks;
using Ical.Net;
using Ical.Net.DataTypes;
using Ical.Net.Evaluation;
using RecurrenceRule = Fitnessify.Domain.Tasks.RecurrenceRule;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>Evaluates rules with Ical.Net, as far as the next dates need it.</summary>
internal sealed class RecurrenceRules : IRecurrenceRules
{
    // The search is limited by periods, of which a rule may have a part of one at each end.
    private const int MaxYears = IRecurrenceRules.MaxYears + 2;

    public IEnumerable<DateOnly> DatesAfter(RecurrenceRule rule, DateOnly anchor, DateOnly after)
    {
        if (!CanEvaluate(rule))
        {
            yield break;
        }

        var (days, periods) = rule.Frequency switch
        {
            "DAILY" => (1, MaxYears * 366),
            "WEEKLY" => (7, MaxYears * 53),
            "MONTHLY" => (0, MaxYears * 12),
            _ => (0, MaxYears),
        };
        var (step, last) = (days * rule.Interval, LastOf(rule, after));
        var start = NearestStart(anchor, after, step);
        // The most frequent rules need no calendar, which takes 7 of the 154 kB of a completion.
        using var found = (
            days > 0 && !rule.IsRefined ? Step(start, step) : Evaluate(rule, start, after, periods)
        ).GetEnumerator();
        // Ical.Net also returns the start, and a date again that two parts of a list name.
        var previous = after;
        while (TryMoveNext(found) && found.Current <= last)
        {
            if (found.Current > previous)
            {
                previous = found.Current;
                yield return previous;
            }
        }
    }

    private static IEnumerable<DateOnly> Step(DateOnly start, int days)
    {
        for (var day = start.DayNumber; day <= DateOnly.MaxValue.DayNumber; day += days)
        {
            yield return DateOnly.FromDayNumber(day);
        }
    }

    // In these combinations, all of them yearly, Ical.Net 5.2.4 leaves a part aside or counts weeks from another year, or RFC 5545 does
    // not say what they mean.
    private static bool CanEvaluate(RecurrenceRule rule)
    {
        var (hasMonth, hasYearDay) = (rule.Find("BYMONTH") is not null, rule.Find("BYYEARDAY") is not null);
        var (hasMonthDay, hasWeek) = (rule.Find("BYMONTHDAY") is not null, rule.Find("BYWEEKNO") is not null);
        return (!hasYearDay || !(hasMonth || hasMonthDay))
            && (
                !hasWeek
                || !(hasMonth || hasMonthDay || hasYearDay || rule.Find("BYSETPOS") is not null || rule.Interval > 1)
            )
            && !(rule.Frequency == "YEARLY" && hasMonthDay && !hasMonth && rule.HasOrdinal);
    }

    // The first steps already happen while the dates are enumerated, so that TryMoveNext catches what they throw.
    private static IEnumerable<DateOnly> Evaluate(RecurrenceRule rule, DateOnly start, DateOnly from, int periods)
    {
        var options = new EvaluationOptions { MaxUnmatchedIncrementsLimit = periods };
        var evaluator = new RecurrencePatternEvaluator(ToPattern(rule));
        foreach (var period in evaluator.Evaluate(new CalDateTime(start), new CalDateTime(from), options))
        {
            yield return period.StartTime.Date;
        }
    }

    // The constructor that reads a text takes several times as much memory as the evaluation.
    private static Ical.Net.DataTypes.RecurrenceRule ToPattern(RecurrenceRule rule)
    {
        var pattern = new Ical.Net.DataTypes.RecurrenceRule(
            Enum.Parse<FrequencyType>(rule.Frequency, ignoreCase: true),
            rule.Interval
        )
        {
            FirstDayOfWeek = ToWeekday(rule.Find("WKST") ?? "MO"),
            ByMonth = Numbers("BYMONTH"),
            ByWeekNo = Numbers("BYWEEKNO"),
            ByYearDay = Numbers("BYYEARDAY"),
            ByMonthDay = Numbers("BYMONTHDAY"),
            ByDay = [.. List("BYDAY").Distinct().Select(ToDay)],
            BySetPosition = Numbers("BYSETPOS"),
        };
        // Ical.Net would take the days of the month of the anchor alone (RFC 5545, 3.3.10).
        if (rule.Frequency == "YEARLY" && pattern is { ByMonthDay.Count: > 0, ByMonth.Count: 0 })
        {
            pattern.ByMonth = [.. Enumerable.Range(1, 12)];
        }

        return pattern;

        string[] List(string part) => rule.Find(part)?.Split(',') ?? [];

        // Ical.Net counts a month twice that a list repeats.
        List<int> Numbers(string part) => [.. List(part).Select(Number).Distinct()];
    }

    private static WeekDay ToDay(string text) =>
        text.Length == 2 ? new WeekDay(ToWeekday(text)) : new WeekDay(ToWeekday(text[^2..]), Number(text[..^2]));

    private static DayOfWeek ToWeekday(string text) =>
        (DayOfWeek)Array.IndexOf(["SU", "MO", "TU", "WE", "TH", "FR", "SA"], text);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    // Ical.Net throws at its limit and, in two ways, at the end of the year 9999. Then there are no more dates.
    private static bool TryMoveNext(IEnumerator<DateOnly> dates)
    {
        try
        {
            return dates.MoveNext();
        }
        catch (Exception exception) when (exception is EvaluationException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    // Days and weeks are evaluated from a date near the wanted ones, because otherwise an old anchor would take long.
    private static DateOnly NearestStart(DateOnly anchor, DateOnly after, int days) =>
        days > 0 && after > anchor ? anchor.AddDays((after.DayNumber - anchor.DayNumber) / days * days) : anchor;

    private static DateOnly LastOf(RecurrenceRule rule, DateOnly after)
    {
        var last =
            after.Year > DateOnly.MaxValue.Year - IRecurrenceRules.MaxYears
                ? DateOnly.MaxValue
                : after.AddYears(IRecurrenceRules.MaxYears);
        return rule.Until < last ? rule.Until.Value : last;
    }
}
