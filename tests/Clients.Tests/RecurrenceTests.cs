using System.Globalization;
using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>The vectors are those of the TypeScript client and of the server.</summary>
public sealed class RecurrenceTests
{
    private const string Daily = "FREQ=DAILY";

    private static readonly Guid Series = Guid.Parse("7d9f2c4e-1b3a-4f68-9c05-2e8a6b7d1f34");

    // clients/vectors/recurrence.py tells how to make a file with more rules.
    private static readonly Vectors Shared = JsonSerializer.Deserialize<Vectors>(
        File.ReadAllText(
            Environment.GetEnvironmentVariable("FITNESSIFY_RECURRENCE_VECTORS")
                ?? Path.Combine(Programs.Root, "clients", "vectors", "recurrence.json")
        ),
        JsonSerializerOptions.Web
    )!;

    public static IEnumerable<TestCaseData> ExampleVectors =>
        Shared.Examples.Select(vector => new TestCaseData(vector).SetArgDisplayNames(vector.Name!));

    public static IEnumerable<TestCaseData> RefusedVectors =>
        Shared.Refused.Select(vector => new TestCaseData(vector.Rule).SetArgDisplayNames(vector.Name));

    [TestCaseSource(nameof(ExampleVectors))]
    public void A_series_agrees_with_the_examples_of_RFC_5545(RuleVector vector) =>
        AssertDates(SeriesOf(vector), vector);

    [Test]
    public void The_dates_of_many_rules_agree_with_the_vectors()
    {
        foreach (var vector in Shared.Rules)
        {
            AssertDates(DatesOf(vector), vector);
            var before = DueTimes.AddDays(vector.Anchor, 366);
            var shown = vector.Dates.Where(date => string.CompareOrdinal(date, before) < 0).ToList();
            var between = Recurrences.Between(vector.Rule, vector.Anchor, vector.Anchor, before);
            AssertEqual(between.Take(shown.Count), shown, vector);
        }

        TestContext.Out.WriteLine($"{Shared.Rules.Length} rules");
    }

    [Test]
    public void The_next_tasks_of_series_agree_with_the_vectors()
    {
        foreach (var (name, recurrence, seriesId, occurrence, completedDay, next) in Shared.Successors)
        {
            var pair = (recurrence.Rule, recurrence.From);
            var expected = next is null ? ((Guid, string, string)?)null : (next.Id, next.Date, next.Rule);
            Assert.That(Recurrences.Next(pair, occurrence, completedDay), Is.EqualTo(next?.Date), name);
            Assert.That(
                Recurrences.Successor(pair, seriesId, occurrence, Moment($"{completedDay}T12:00Z"), "UTC"),
                Is.EqualTo(expected),
                name
            );
        }

        TestContext.Out.WriteLine($"{Shared.Successors.Length} tasks");
    }

    [TestCaseSource(nameof(RefusedVectors))]
    public void A_rule_is_refused(string rule) =>
        AssertRefused(
            $"This is not a rule of days: {rule}",
            () => Recurrences.Next((rule, "due"), "2026-03-10", "2026-03-10"),
            () => Recurrences.Between(rule, "2026-03-10", "2026-03-10", "2026-04-10")
        );

    [TestCase("2026-03-12T04:00Z", "2026-03-13")]
    [TestCase("2026-03-12T03:00Z", "2026-03-12")]
    public void The_day_of_the_completion_is_that_of_the_person(string completedAt, string expected) =>
        Assert.That(
            Recurrences
                .Successor((Daily, "completion"), Series, "2026-03-10", Moment(completedAt), "America/New_York")
                ?.Date,
            Is.EqualTo(expected)
        );

    [Test]
    public void The_next_task_is_a_copy_for_another_date_with_which_everything_starts_again()
    {
        var task = Task("FREQ=WEEKLY;COUNT=3;BYDAY=MO,TH");
        (task.Status, task.CompletedAt) = (TaskItemStatus.Done, Moment("2026-03-12T07:30Z"));
        var before = JsonSerializer.Serialize(task);

        var expected = Task("FREQ=WEEKLY;COUNT=2;BYDAY=MO,TH");
        (expected.Id, expected.Status) = (Recurrences.SuccessorId(Series, "2026-03-16"), TaskItemStatus.Todo);
        (expected.Occurrence, expected.Due!.Date) = ("2026-03-16", "2026-03-16");
        expected.DueAt = Moment("2026-03-16T08:00Z");
        expected.Checklist["shoes"].Done = false;
        expected.CreatedAt = expected.UpdatedAt = Moment("2026-03-12T07:30:00.123Z");
        (expected.Version, expected.IsOverdue) = (0, false);
        Assert.That(
            JsonSerializer.Serialize(
                Recurrences.Successor(task, Moment("2026-03-12T08:30:00.1234+01:00"), "Europe/Berlin")
            ),
            Is.EqualTo(JsonSerializer.Serialize(expected))
        );
        Assert.That(JsonSerializer.Serialize(task), Is.EqualTo(before));
    }

    [Test]
    public void A_series_goes_on_to_its_last_task()
    {
        var second = Recurrences.Successor(Task("FREQ=DAILY;COUNT=3"), Moment("2026-03-12T12:00Z"), "UTC")!;
        var third = Recurrences.Successor(second, Moment("2026-03-13T12:00Z"), "UTC")!;
        Assert.That((third.Recurrence!.Rule, third.Due!.Date), Is.EqualTo(("FREQ=DAILY;COUNT=1", "2026-03-14")));
        Assert.That(Recurrences.Successor(third, Moment("2026-03-14T12:00Z"), "UTC"), Is.Null);
    }

    [Test]
    public void The_next_task_may_be_overdue_already()
    {
        var next = Recurrences.Successor(Task(Daily), Moment("2026-03-13T20:00Z"), "Europe/Berlin")!;
        Assert.That((next.DueAt, next.IsOverdue), Is.EqualTo((Moment("2026-03-13T08:00Z"), true)));
    }

    [Test]
    public void A_task_that_was_moved_but_not_its_place_in_the_series_goes_on_from_that_place()
    {
        var moved = Task("FREQ=WEEKLY;BYDAY=MO,TH");
        moved.Due = new() { Date = "2026-03-14", TimeZone = "Asia/Tokyo" };
        var next = Recurrences.Successor(moved, Moment("2026-03-14T12:00Z"), "UTC")!;
        Assert.That(
            (next.Due!.Date, next.Due.Time, next.Due.TimeZone, next.DueAt),
            Is.EqualTo(("2026-03-16", (string?)null, "Asia/Tokyo", Moment("2026-03-16T14:59:59.999Z")))
        );
    }

    [Test]
    public void A_task_that_does_not_repeat_has_no_next_one()
    {
        Action<TaskDto>[] changes =
        [
            task => task.Recurrence = null,
            task => task.SeriesId = null,
            task => task.Occurrence = null,
            task => task.Due = null,
        ];
        foreach (var change in changes)
        {
            var task = Task(Daily);
            change(task);
            Assert.That(Recurrences.Successor(task, Moment("2026-03-12T12:00Z"), "UTC"), Is.Null);
        }
    }

    [TestCase("FREQ=DAILY;INTERVAL=7", "2026-03-31", "2026-05-01", "2026-04-07,2026-04-14,2026-04-21,2026-04-28")]
    [TestCase(Daily, "2026-03-01", "2026-03-13", "2026-03-11,2026-03-12")]
    [TestCase("FREQ=DAILY;UNTIL=20260311", "2026-03-01", "2026-03-13", "2026-03-11")]
    [TestCase("FREQ=DAILY;COUNT=3", "2026-03-01", "2026-04-01", "2026-03-11,2026-03-12")]
    [TestCase("FREQ=DAILY;COUNT=3", "2026-03-11", "2026-04-01", "2026-03-12")]
    [TestCase("FREQ=DAILY;COUNT=1", "2026-03-01", "2026-04-01", "")]
    [TestCase(Daily, "2026-03-12", "2026-03-13", "")]
    [TestCase(Daily, "2026-03-13", "2026-03-12", "")]
    [TestCase(Daily, "2025-01-01", "2026-01-02", "")]
    public void Dates_are_found_between_two_others(string rule, string after, string before, string expected) =>
        Assert.That(string.Join(',', Recurrences.Between(rule, "2026-03-10", after, before)), Is.EqualTo(expected));

    [Test]
    public void Dates_are_found_in_at_most_a_year()
    {
        Assert.That(Recurrences.Between(Daily, "2026-03-10", "2027-01-01", "2028-01-02"), Has.Count.EqualTo(365));
        Assert.That(
            () => Recurrences.Between(Daily, "2026-03-10", "2027-01-01", "2028-01-03"),
            Throws.InstanceOf<ArgumentOutOfRangeException>()
        );
    }

    [TestCase("FREQ=DAILY;INTERVAL=2")]
    [TestCase("FREQ=WEEKLY")]
    [TestCase("FREQ=MONTHLY")]
    [TestCase("FREQ=YEARLY")]
    public void An_old_series_costs_no_more_than_a_new_one(string rule)
    {
        for (var index = 0; index < 100; index++)
        {
            Assert.That(Recurrences.Next((rule, "due"), "0001-01-01", "9000-01-01"), Is.Not.Null);
        }
    }

    [TestCase("FREQ=WEEKLY;WKST=SU;BYDAY=SU,MO,TU", "0001-01-01", "0001-01-02")]
    [TestCase("FREQ=YEARLY;WKST=TU;BYWEEKNO=1,52,53", "0001-01-01", "0001-01-08")]
    [TestCase(Daily, "9999-12-30", "9999-12-31")]
    [TestCase(Daily, "9999-12-31", null)]
    [TestCase("FREQ=WEEKLY", "9999-12-31", null)]
    [TestCase("FREQ=MONTHLY", "9999-12-31", null)]
    [TestCase("FREQ=YEARLY", "9999-12-31", null)]
    public void The_ends_of_the_calendar_are_ends_of_every_series(string rule, string date, string? expected) =>
        Assert.That(Recurrences.Next((rule, "due"), date, date), Is.EqualTo(expected));

    [TestCaseSource(nameof(UsualRules))]
    public void The_usual_rules_are_written_and_mean_what_they_say(
        string rule,
        string expected,
        string anchor,
        string dates
    )
    {
        Assert.That(rule, Is.EqualTo(expected));
        var found = Recurrences.Between(rule, anchor, anchor, DueTimes.AddDays(anchor, 366));
        Assert.That(string.Join(',', found.Take(4)), Is.EqualTo(dates));
    }

    [Test]
    public void The_days_of_a_number_of_times_a_week_are_spread() =>
        Assert.That(
            Enumerable.Range(1, 7).Select(times => Recurrences.TimesAWeek(times).Split("BYDAY=")[1]),
            Is.EqualTo(
                new[]
                {
                    "MO",
                    "MO,TH",
                    "MO,WE,FR",
                    "MO,TU,TH,SA",
                    "MO,TU,WE,FR,SA",
                    "MO,TU,WE,TH,FR,SA",
                    "MO,TU,WE,TH,FR,SA,SU",
                }
            )
        );

    [TestCaseSource(nameof(Nonsense))]
    public void A_rule_that_makes_no_sense_is_refused(Func<string> write) =>
        Assert.That(write, Throws.InstanceOf<ArgumentException>());

    [TestCase("")]
    [TestCase("2026-02-29")]
    [TestCase("20260310")]
    public void What_is_no_date_is_refused(string date) =>
        AssertRefused(
            $"This is not a date: {date}",
            () => Recurrences.SuccessorId(Series, date),
            () => Recurrences.Next((Daily, "due"), date, "2026-03-10"),
            () => Recurrences.Next((Daily, "due"), "2026-03-10", date),
            () => Recurrences.Between(Daily, date, "2026-03-10", "2026-03-12")
        );

    [TestCase("")]
    [TestCase("Due")]
    [TestCase("start")]
    public void What_dates_are_not_counted_from_is_refused(string from) =>
        AssertRefused(
            $"This is not what dates are counted from: {from}",
            () => Recurrences.Next((Daily, from), "2026-03-10", "2026-03-10")
        );

    [Test]
    public void What_dates_a_newer_server_counts_from_is_refused()
    {
        var task = Task(Daily);
        task.Recurrence!.From = RecurrenceFrom.Unknown;
        AssertRefused(
            "This is not what dates are counted from: Unknown",
            () => Recurrences.Successor(task, Moment("2026-03-12T12:00Z"), "UTC")
        );
    }

    private static IEnumerable<TestCaseData> UsualRules()
    {
        yield return Case(Recurrences.Daily(), Daily, "2026-02-27", "2026-02-28,2026-03-01,2026-03-02,2026-03-03");
        yield return Case(
            Recurrences.Daily(3, count: 3),
            "FREQ=DAILY;INTERVAL=3;COUNT=3",
            "2026-02-27",
            "2026-03-02,2026-03-05"
        );
        yield return Case(
            Recurrences.EveryWeekday(),
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
            "2026-03-12",
            "2026-03-13,2026-03-16,2026-03-17,2026-03-18"
        );
        yield return Case(
            Recurrences.Weekly([DayOfWeek.Sunday, DayOfWeek.Tuesday, DayOfWeek.Sunday], 2, until: "2026-03-30"),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;UNTIL=20260330",
            "2026-03-10",
            "2026-03-15,2026-03-24,2026-03-29"
        );
        yield return Case(
            Recurrences.TimesAWeek(3),
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
            "2026-03-09",
            "2026-03-11,2026-03-13,2026-03-16,2026-03-18"
        );
        yield return Case(
            Recurrences.Monthly(28),
            "FREQ=MONTHLY;BYMONTHDAY=28",
            "2026-01-28",
            "2026-02-28,2026-03-28,2026-04-28,2026-05-28"
        );
        yield return Case(
            Recurrences.Monthly(29),
            "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1",
            "2028-01-29",
            "2028-02-29,2028-03-29,2028-04-29,2028-05-29"
        );
        yield return Case(
            Recurrences.Monthly(30),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
            "2026-01-30",
            "2026-02-28,2026-03-30,2026-04-30,2026-05-30"
        );
        yield return Case(
            Recurrences.Monthly(31),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            "2026-02-28",
            "2026-03-31,2026-04-30,2026-05-31,2026-06-30"
        );
        yield return Case(
            Recurrences.LastDayOfMonth(6),
            "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1",
            "2026-02-28",
            "2026-08-31,2027-02-28"
        );
        yield return Case(
            Recurrences.MonthlyOn(2, DayOfWeek.Tuesday),
            "FREQ=MONTHLY;BYDAY=2TU",
            "2026-03-10",
            "2026-04-14,2026-05-12,2026-06-09,2026-07-14"
        );
        yield return Case(
            Recurrences.MonthlyOn(-1, DayOfWeek.Friday, 3),
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
            "2026-01-30",
            "2026-04-24,2026-07-31,2026-10-30,2027-01-29"
        );
        yield return Case(
            Recurrences.Yearly(12, 24),
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
            "2025-12-24",
            "2026-12-24"
        );
        yield return Case(
            Recurrences.Yearly(2, 29),
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
            "2028-02-29",
            "2029-02-28"
        );
        yield return Case(
            Recurrences.Yearly(1, 31, 5),
            "FREQ=YEARLY;INTERVAL=5;BYMONTH=1;BYMONTHDAY=31",
            "2026-01-31",
            ""
        );

        static TestCaseData Case(string rule, string expected, string anchor, string dates) =>
            new TestCaseData(rule, expected, anchor, dates).SetArgDisplayNames(expected);
    }

    private static IEnumerable<TestCaseData> Nonsense()
    {
        return new (string Name, Func<string> Write)[]
        {
            ("an interval of 0", () => Recurrences.Daily(0)),
            ("an interval that is too large", () => Recurrences.Daily(100_000)),
            ("a count of 0", () => Recurrences.Daily(count: 0)),
            ("an end on no date", () => Recurrences.Daily(until: "2026-02-29")),
            ("two ends", () => Recurrences.Daily(count: 2, until: "2026-03-10")),
            ("no days", () => Recurrences.Weekly([])),
            ("an unknown day", () => Recurrences.Weekly([(DayOfWeek)7])),
            ("0 days a week", () => Recurrences.TimesAWeek(0)),
            ("8 days a week", () => Recurrences.TimesAWeek(8)),
            ("a day of the month of 0", () => Recurrences.Monthly(0)),
            ("a day of the month of 32", () => Recurrences.Monthly(32)),
            ("a day of the month of -2", () => Recurrences.Monthly(-2)),
            ("an ordinal of 0", () => Recurrences.MonthlyOn(0, DayOfWeek.Monday)),
            ("an ordinal of 6", () => Recurrences.MonthlyOn(6, DayOfWeek.Monday)),
            ("an ordinal of the least integer", () => Recurrences.MonthlyOn(int.MinValue, DayOfWeek.Monday)),
            ("an ordinal of an unknown day", () => Recurrences.MonthlyOn(1, (DayOfWeek)(-1))),
            ("a month of 0", () => Recurrences.Yearly(0, 1)),
            ("a month of 13", () => Recurrences.Yearly(13, 1)),
            ("30 February", () => Recurrences.Yearly(2, 30)),
            ("31 April", () => Recurrences.Yearly(4, 31)),
        }.Select(of => new TestCaseData(of.Write).SetArgDisplayNames(of.Name));
    }

    // Returns the dates of a rule, one more than are expected, each found from the same anchor.
    private static List<string> DatesOf(RuleVector vector)
    {
        var found = new List<string>();
        var day = vector.Anchor;
        while (
            found.Count <= vector.Dates.Length
            && Recurrences.Next((vector.Rule, "due"), vector.Anchor, day) is { } next
            && string.CompareOrdinal(next, vector.Through) <= 0
        )
        {
            found.Add(next);
            day = DueTimes.AddDays(next, 1);
        }

        return found;
    }

    // Returns the dates of a series of tasks that are all completed on their day, one more than are expected.
    private static List<string> SeriesOf(RuleVector vector)
    {
        var found = new List<string>();
        var (rule, day) = (vector.Rule, vector.Anchor);
        while (
            found.Count <= vector.Dates.Length
            && Recurrences.Successor((rule, "due"), Series, day, Moment($"{day}T12:00Z"), "UTC") is { } next
            && string.CompareOrdinal(next.Date, vector.Through) <= 0
        )
        {
            found.Add(next.Date);
            (rule, day) = (next.Rule, next.Date);
        }

        return found;
    }

    private static void AssertDates(List<string> found, RuleVector vector)
    {
        AssertEqual(vector.More ? found.SkipLast(1) : found, vector.Dates, vector);
        AssertEqual([$"{found.Count > vector.Dates.Length}"], [$"{vector.More}"], vector);
    }

    private static void AssertEqual(IEnumerable<string> actual, IEnumerable<string> expected, RuleVector of)
    {
        // A constraint for each of the many thousands would take longer than the comparison.
        if (!actual.SequenceEqual(expected))
        {
            Assert.Fail(
                $"{of.Rule} from {of.Anchor}: {string.Join(',', actual)} instead of {string.Join(',', expected)}"
            );
        }
    }

    private static void AssertRefused(string message, params Action[] calls)
    {
        foreach (var call in calls)
        {
            Assert.That(Assert.Throws<ArgumentException>(call)!.Message, Does.StartWith(message));
        }
    }

    private static TaskDto Task(string rule) =>
        new()
        {
            Id = Series,
            Title = "Run",
            Description = "Around the lake",
            Status = TaskItemStatus.InProgress,
            Priority = TaskPriority.High,
            Due = new() { Date = "2026-03-12", Time = "09:00" },
            DueAt = Moment("2026-03-12T08:00Z"),
            Reminders = [15],
            Recurrence = new() { Rule = rule, From = RecurrenceFrom.Due },
            SeriesId = Series,
            Occurrence = "2026-03-12",
            Labels = ["outside"],
            ListId = Guid.Parse("0b9a5c1e-52a7-4f0e-8a53-0a6d3c0f7a11"),
            Position = "V1V",
            Checklist = new Dictionary<string, ChecklistItemDto>
            {
                ["shoes"] = new()
                {
                    Title = "Shoes",
                    Done = true,
                    Position = "V",
                },
                ["water"] = new() { Title = "Water", Position = "W" },
            },
            CreatedAt = Moment("2026-03-01T10:00Z"),
            UpdatedAt = Moment("2026-03-10T10:00Z"),
            Version = 12,
            IsOverdue = true,
        };

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    public sealed record Vectors(
        RuleVector[] Examples,
        RuleVector[] Rules,
        SuccessorVector[] Successors,
        RefusedVector[] Refused
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
        SaidRecurrence Recurrence,
        Guid SeriesId,
        string Occurrence,
        string CompletedDay,
        NextTask? Next
    );

    public sealed record SaidRecurrence(string Rule, string From);

    public sealed record NextTask(Guid Id, string Date, string Rule);

    public sealed record RefusedVector(string Name, string Rule);
}
