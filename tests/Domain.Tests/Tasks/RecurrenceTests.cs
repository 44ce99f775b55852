using System.Globalization;
using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class RecurrenceTests
{
    private static readonly DateOnly Occurrence = new(2026, 3, 1);

    [TestCase("2026-02-27", "2026-03-03", false)]
    [TestCase("2026-03-01", "2026-03-03", false)]
    [TestCase("2026-03-02", "2026-03-03", false)]
    [TestCase("2026-03-03", "2026-03-03", false)]
    [TestCase("2026-03-04", "2026-03-05", true)]
    [TestCase("2026-03-05", "2026-03-05", true)]
    public void Fixed_dates_go_on_with_the_first_one_that_has_not_passed(string day, string next, bool hasMissed) =>
        Assert.That(
            After("Due FREQ=DAILY", day),
            Is.EqualTo(new NextDate(DateOnly.Parse(next, CultureInfo.InvariantCulture), hasMissed))
        );

    [TestCase("2026-02-26", "2026-03-02")]
    [TestCase("2026-03-01", "2026-03-03")]
    [TestCase("2026-03-04", "2026-03-06")]
    public void Dates_from_the_completion_are_counted_from_its_day(string day, string next) =>
        Assert.That(
            After("Completion FREQ=DAILY", day),
            Is.EqualTo(new NextDate(DateOnly.Parse(next, CultureInfo.InvariantCulture), false))
        );

    [TestCase("Due FREQ=DAILY;COUNT=1")]
    [TestCase("Completion FREQ=DAILY;COUNT=1")]
    public void The_last_task_of_a_series_has_none_after_it(string text) =>
        Assert.That(After(text, "2026-03-05"), Is.EqualTo(default(NextDate)));

    [TestCase("Due FREQ=DAILY", "2026-03-01")]
    [TestCase("Due FREQ=DAILY", "2026-03-05")]
    [TestCase("Completion FREQ=DAILY", "2026-03-05")]
    public void A_rule_without_further_dates_ends_the_series(string text, string day)
    {
        var next = Recurrence
            .Parse(text)
            .After(Occurrence, DateOnly.Parse(day, CultureInfo.InvariantCulture), new EveryDays(0));

        Assert.That(next, Is.EqualTo(default(NextDate)));
    }

    [TestCase("Due FREQ=DAILY;COUNT=3")]
    [TestCase("Completion FREQ=WEEKLY;BYDAY=MO,TU")]
    public void The_text_of_a_recurrence_is_read_back(string text) =>
        Assert.That(Recurrence.Parse(text).ToString(), Is.EqualTo(text));

    [Test]
    public void A_text_and_rules_are_required()
    {
        Assert.That(() => Recurrence.Parse(null!), Throws.ArgumentNullException);
        Assert.That(
            () => Recurrence.Parse("Due FREQ=DAILY").After(Occurrence, Occurrence, null!),
            Throws.ArgumentNullException
        );
    }

    // As computed by another implementation of RFC 9562.
    [Test]
    public void The_id_of_a_date_is_its_UUIDv5_in_the_series() =>
        Assert.That(
            Recurrence.IdOf(Guid.Parse("11111111-2222-3333-4444-555555555555"), new DateOnly(2026, 3, 3)),
            Is.EqualTo(Guid.Parse("d970ccbf-1f6d-58e1-8aae-7e0f85269dac"))
        );

    private static NextDate After(string text, string day) =>
        Recurrence.Parse(text).After(Occurrence, DateOnly.Parse(day, CultureInfo.InvariantCulture), new EveryDays(2));
}
