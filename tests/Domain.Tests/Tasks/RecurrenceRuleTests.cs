using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Tests.Tasks;

public sealed class RecurrenceRuleTests
{
    [TestCase("FREQ=DAILY")]
    [TestCase("INTERVAL=99999;FREQ=WEEKLY;WKST=SU;BYDAY=MO,TU")]
    [TestCase("FREQ=DAILY;COUNT=99999")]
    [TestCase("FREQ=DAILY;UNTIL=20261231")]
    [TestCase("FREQ=DAILY;UNTIL=20261231T235959")]
    [TestCase("FREQ=DAILY;UNTIL=20261231T235959Z")]
    [TestCase("FREQ=MONTHLY;BYDAY=1MO,-1FR,+2TU")]
    [TestCase("FREQ=MONTHLY;BYMONTHDAY=1,31,-1,-31")]
    [TestCase("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1")]
    [TestCase("FREQ=YEARLY;BYDAY=53MO,-53SU")]
    [TestCase("FREQ=YEARLY;BYYEARDAY=1;BYSETPOS=1")]
    [TestCase("FREQ=YEARLY;BYWEEKNO=1;BYSETPOS=1")]
    [TestCase("FREQ=YEARLY;BYMONTH=1;BYSETPOS=1")]
    [TestCase("FREQ=MONTHLY;BYMONTHDAY=1,2;BYSETPOS=1")]
    [TestCase("FREQ=YEARLY;BYWEEKNO=1,53,-53")]
    [TestCase("FREQ=YEARLY;BYYEARDAY=1,366,-366")]
    [TestCase("FREQ=YEARLY;BYMONTH=1,12;BYDAY=2SU")]
    public void A_rule_of_days_or_longer_is_accepted(string text)
    {
        Assert.That(RecurrenceRule.Parse(text).Value?.Text, Is.EqualTo(text));
        Assert.That(RecurrenceRule.Parse(text.ToLowerInvariant()).Value?.Text, Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("DAILY")]
    [TestCase("INTERVAL=2")]
    [TestCase("FREQ=")]
    [TestCase("FREQ=FORTNIGHTLY")]
    [TestCase("FREQ=DAILY;")]
    [TestCase("FREQ=DAILY;FREQ=DAILY")]
    [TestCase("FREQ=DAILY=WEEKLY")]
    [TestCase("FREQ=DAILY; INTERVAL=2", TestName = "{m}(a space)")]
    [TestCase("FREQ=DAILY\nINTERVAL=2", TestName = "{m}(two lines)")]
    [TestCase("FREQ=DAILY;INTERVAL=2\nWKST=MO", TestName = "{m}(a line in a number)")]
    [TestCase("FREQ=DAILY\n", TestName = "{m}(a line break at the end)")]
    [TestCase("RRULE:FREQ=DAILY")]
    [TestCase("FREQ=DAILY;INTERVAL=0")]
    [TestCase("FREQ=DAILY;INTERVAL=-1")]
    [TestCase("FREQ=DAILY;INTERVAL=100000")]
    [TestCase("FREQ=DAILY;INTERVAL=٢", TestName = "{m}(a digit of another script)")]
    [TestCase("FREQ=DAILY;COUNT=0")]
    [TestCase("FREQ=DAILY;COUNT=2;UNTIL=20261231")]
    [TestCase("FREQ=DAILY;UNTIL=2026-12-31")]
    [TestCase("FREQ=DAILY;UNTIL=20260230")]
    [TestCase("FREQ=WEEKLY;BYDAY=1MO")]
    [TestCase("FREQ=DAILY;BYDAY=1MO")]
    [TestCase("FREQ=WEEKLY;BYDAY=XX")]
    [TestCase("FREQ=WEEKLY;BYDAY=MO,")]
    [TestCase("FREQ=WEEKLY;BYDAY=MO,XX")]
    [TestCase("FREQ=YEARLY;BYMONTH=1,13")]
    [TestCase("FREQ=YEARLY;BYWEEKNO=1,54")]
    [TestCase("FREQ=YEARLY;BYYEARDAY=1,367")]
    [TestCase("FREQ=MONTHLY;BYMONTHDAY=1,32")]
    [TestCase("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,367")]
    [TestCase("FREQ=WEEKLY;BYWEEKNO=1")]
    [TestCase("FREQ=DAILY;BYYEARDAY=1")]
    [TestCase("FREQ=MONTHLY;BYDAY=0MO")]
    [TestCase("FREQ=YEARLY;BYDAY=54MO")]
    [TestCase("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO")]
    [TestCase("FREQ=WEEKLY;BYMONTHDAY=1")]
    [TestCase("FREQ=MONTHLY;BYMONTHDAY=32")]
    [TestCase("FREQ=MONTHLY;BYMONTHDAY=0")]
    [TestCase("FREQ=MONTHLY;BYYEARDAY=1")]
    [TestCase("FREQ=MONTHLY;BYWEEKNO=1")]
    [TestCase("FREQ=YEARLY;BYYEARDAY=367")]
    [TestCase("FREQ=YEARLY;BYMONTH=13")]
    [TestCase("FREQ=YEARLY;BYMONTH=-1")]
    [TestCase("FREQ=MONTHLY;BYSETPOS=1")]
    [TestCase("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=367")]
    [TestCase("FREQ=DAILY;WKST=1")]
    public void A_rule_that_RFC_5545_does_not_know_is_malformed(string text) =>
        Assert.That(RecurrenceRule.Parse(text).Error, Is.EqualTo(TaskErrors.RecurrenceMalformed));

    [TestCase("FREQ=HOURLY")]
    [TestCase("FREQ=MINUTELY")]
    [TestCase("FREQ=SECONDLY;INTERVAL=30")]
    [TestCase("FREQ=DAILY;BYHOUR=9")]
    [TestCase("FREQ=DAILY;BYMINUTE=0")]
    [TestCase("FREQ=DAILY;BYSECOND=0")]
    [TestCase("RSCALE=CHINESE;FREQ=YEARLY")]
    [TestCase("FREQ=MONTHLY;SKIP=BACKWARD")]
    [TestCase("FREQ=DAILY;EXDATE=20260303")]
    [TestCase("FREQ=DAILY;X-NAME=1")]
    [TestCase("FREQ=DAILY\nEXDATE:20260303", TestName = "{m}(an exception on its own line)")]
    [TestCase("DTSTART:20260301\nFREQ=DAILY", TestName = "{m}(a start on its own line)")]
    public void A_rule_that_tasks_cannot_follow_is_unsupported(string text) =>
        Assert.That(RecurrenceRule.Parse(text).Error, Is.EqualTo(TaskErrors.RecurrenceUnsupported));

    [Test]
    public void A_rule_has_a_longest_length()
    {
        var days = string.Join(',', Enumerable.Repeat("366", 200));
        var longest = $"FREQ=YEARLY;BYYEARDAY={days}"[..RecurrenceRule.MaxLength].TrimEnd(',');
        Assert.That(RecurrenceRule.Parse(longest).IsSuccess, Is.True);
        Assert.That(RecurrenceRule.Parse(longest + ",366,366").Error, Is.EqualTo(TaskErrors.RecurrenceMalformed));
    }

    [TestCase("FREQ=DAILY;COUNT=10;INTERVAL=10", "FREQ=DAILY;COUNT=9;INTERVAL=10")]
    [TestCase("COUNT=2;FREQ=DAILY", "COUNT=1;FREQ=DAILY")]
    [TestCase("FREQ=DAILY", "FREQ=DAILY")]
    public void The_next_task_has_one_less_to_make(string rule, string next) =>
        Assert.That(RecurrenceRule.OfText(rule).ForNext().Text, Is.EqualTo(next));

    [TestCase("FREQ=DAILY;UNTIL=20261231T000000Z;INTERVAL=2", "FREQ=DAILY;INTERVAL=2")]
    [TestCase("FREQ=DAILY", "FREQ=DAILY")]
    public void A_rule_without_its_end_keeps_the_rest(string rule, string expected) =>
        Assert.That(RecurrenceRule.OfText(rule).WithoutEnd().Text, Is.EqualTo(expected));

    // Python's uuid.uuid5 has made it.
    [Test]
    public void The_id_of_a_date_is_that_of_other_implementations() =>
        Assert.That(
            Recurrence.IdOf(new Guid("7d9f2c4e-1b3a-4f68-9c05-2e8a6b7d1f34"), new DateOnly(2026, 3, 11)),
            Is.EqualTo(new Guid("ebae8a1e-e82f-5442-94ee-18b34df226bc"))
        );

    [TestCase(RecurrenceFrom.Due, "Due FREQ=DAILY;COUNT=2")]
    [TestCase(RecurrenceFrom.Completion, "Completion FREQ=DAILY;COUNT=2")]
    public void A_recurrence_is_stored_as_one_text(RecurrenceFrom from, string text)
    {
        var recurrence = new Recurrence(RecurrenceRule.OfText("FREQ=DAILY;COUNT=2"), from);
        Assert.That(recurrence.ToString(), Is.EqualTo(text));
        Assert.That(Recurrence.Parse(text), Is.EqualTo(recurrence));
    }
}
