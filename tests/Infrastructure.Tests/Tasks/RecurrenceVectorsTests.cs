using System.Text.Json;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Tasks;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>
/// The vectors are those of the clients. dateutil has computed them, and rrule-temporal agrees, so that two other implementations
/// confirm this one.
/// </summary>
public sealed class RecurrenceVectorsTests
{
    // docs/maintaining.md tells how to make a file with 10,000 rules.
    private static readonly Vectors Shared = JsonSerializer.Deserialize<Vectors>(
        File.ReadAllText(
            Environment.GetEnvironmentVariable("FITNESSIFY_RECURRENCE_VECTORS")
                ?? Path.Combine(AppContext.BaseDirectory, "recurrence.json")
        ),
        JsonSerializerOptions.Web
    )!;

    public static IEnumerable<TestCaseData> Unsupported =>
        Shared.Unsupported.Select(vector => new TestCaseData(vector.Rule).SetArgDisplayNames(vector.Name!));

    private readonly RecurrenceRules _rules = new();

    public static IEnumerable<TestCaseData> Examples =>
        Shared.Examples.Select(vector => new TestCaseData(vector).SetArgDisplayNames(vector.Name!));

    public static IEnumerable<TestCaseData> Refused =>
        Shared.Refused.Select(vector => new TestCaseData(vector.Rule).SetArgDisplayNames(vector.Name!));

    [TestCaseSource(nameof(Examples))]
    public void The_examples_of_RFC_5545_have_their_dates(RuleVector vector) =>
        Assert.That(DatesOf(vector), Is.EqualTo(vector.Dates));

    [Test]
    public void Generated_rules_have_the_dates_of_the_vectors()
    {
        var wrong = Shared
            .Rules.Where(vector => !DatesOf(vector).SequenceEqual(vector.Dates))
            .Select(vector =>
                $"{vector.Rule} from {vector.Anchor}: {string.Join(" ", DatesOf(vector))} instead of {string.Join(" ", vector.Dates)}"
            )
            .ToList();
        TestContext.Out.WriteLine($"{Shared.Rules.Length} rules");
        Assert.That(wrong, Is.Empty, $"{wrong.Count} differ");
    }

    [Test]
    public void Series_go_on_as_the_vectors_say()
    {
        foreach (var vector in Shared.Successors)
        {
            var from = Enum.Parse<RecurrenceFrom>(vector.Recurrence.From, ignoreCase: true);
            var recurrence = new Recurrence(RecurrenceRule.Parse(vector.Recurrence.Rule).Value!, from);
            var next = recurrence.After(Date(vector.Occurrence), Date(vector.CompletedDay), _rules);
            Assert.That(
                next.Date is { } date
                    ? new Next(
                        Recurrence.IdOf(vector.SeriesId, date).ToString(),
                        Due.Format(date),
                        recurrence.Rule.ForNext().Text
                    )
                    : null,
                Is.EqualTo(vector.Next),
                vector.Name
            );
        }

        TestContext.Out.WriteLine($"{Shared.Successors.Length} successors");
    }

    [TestCaseSource(nameof(Refused))]
    public void A_rule_that_no_task_can_follow_is_refused(string rule)
    {
        var parsed = RecurrenceRule.Parse(rule);
        Assert.That(parsed.IsSuccess && HasDates(parsed.Value), Is.False);
    }

    [TestCaseSource(nameof(Unsupported))]
    public void A_rule_that_is_read_in_other_ways_has_no_dates(string rule) =>
        Assert.That(HasDates(RecurrenceRule.Parse(rule).Value!), Is.False);

    [Test]
    public void What_a_list_repeats_counts_once() =>
        Assert.That(
            _rules
                .DatesAfter(
                    RecurrenceRule.Parse("FREQ=YEARLY;BYMONTH=1,1,2;BYMONTHDAY=3;BYSETPOS=2").Value!,
                    Date("2026-01-01"),
                    Date("2026-01-01")
                )
                .Take(2)
                .Select(Due.Format),
            Is.EqualTo(["2026-02-03", "2027-02-03"])
        );

    [TestCase("FREQ=DAILY")]
    [TestCase("FREQ=DAILY;BYDAY=MO")]
    [TestCase("FREQ=WEEKLY;INTERVAL=99999")]
    [TestCase("FREQ=WEEKLY;BYDAY=SU;WKST=SU")]
    [TestCase("FREQ=WEEKLY;BYDAY=MO,SU;WKST=WE")]
    [TestCase("FREQ=MONTHLY")]
    [TestCase("FREQ=MONTHLY;INTERVAL=99999")]
    [TestCase("FREQ=MONTHLY;BYDAY=-1SU")]
    [TestCase("FREQ=YEARLY")]
    [TestCase("FREQ=YEARLY;INTERVAL=99999")]
    [TestCase("FREQ=YEARLY;BYWEEKNO=-1,1,53")]
    [TestCase("FREQ=YEARLY;BYYEARDAY=-366,366")]
    [TestCase("FREQ=YEARLY;BYDAY=-53MO,53SU")]
    [TestCase("FREQ=YEARLY;BYMONTH=12;BYDAY=-1FR;BYSETPOS=1")]
    public void The_first_and_the_last_dates_are_no_exception(string text)
    {
        var rule = RecurrenceRule.Parse(text).Value!;
        string[] dates =
        [
            "0001-01-01",
            "0001-01-07",
            "0001-12-31",
            "9990-02-28",
            "9999-01-01",
            "9999-12-25",
            "9999-12-31",
        ];
        foreach (var anchor in dates.Select(Date))
        {
            foreach (var after in dates.Select(Date))
            {
                Assert.That(_rules.DatesAfter(rule, anchor, after), Is.Ordered.And.All.GreaterThan(after));
            }
        }
    }

    private bool HasDates(RecurrenceRule rule) => _rules.DatesAfter(rule, Date("2026-01-01"), Date("2026-01-01")).Any();

    private IEnumerable<string> DatesOf(RuleVector vector)
    {
        var rule = RecurrenceRule.Parse(vector.Rule).Value!;
        var dates = _rules.DatesAfter(rule, Date(vector.Anchor), Date(vector.Anchor));
        // The anchor is the first of the dates that count.
        return dates
            .TakeWhile(date => date <= Date(vector.Through))
            .Take(Math.Min(vector.More ? vector.Dates.Length : int.MaxValue, rule.Count - 1 ?? int.MaxValue))
            .Select(Due.Format);
    }

    private static DateOnly Date(string text) => Due.ParseDate(text)!.Value;

    public sealed record Vectors(
        RuleVector[] Examples,
        RuleVector[] Rules,
        SuccessorVector[] Successors,
        RuleVector[] Refused,
        RuleVector[] Unsupported
    );

    public sealed record RuleVector(
        string? Name,
        string Rule,
        string Anchor,
        string Through,
        string[] Dates,
        bool More
    );

    public sealed record SuccessorVector(
        string Name,
        RecurrenceText Recurrence,
        Guid SeriesId,
        string Occurrence,
        string CompletedDay,
        Next? Next
    );

    public sealed record RecurrenceText(string Rule, string From);

    public sealed record Next(string Id, string Date, string Rule);
}
