using Fitnessify.Domain.Mail;

namespace Fitnessify.Domain.Tests.Mail;

public sealed class TaskOverdueMailTests
{
    private static readonly DateTimeOffset DueAt = new(2026, 3, 14, 15, 5, 0, TimeSpan.FromHours(1));

    [TestCase("UTC", "Saturday, 14 March 2026, 14:05 (UTC)")]
    [TestCase("America/Los_Angeles", "Saturday, 14 March 2026, 07:05 (America/Los_Angeles)")]
    [TestCase("Pacific/Kiritimati", "Sunday, 15 March 2026, 04:05 (Pacific/Kiritimati)")]
    public void Shows_the_time_in_the_time_zone_of_the_reader(string zone, string expected) =>
        Assert.That(
            Describe(1, zone, "Run"),
            Is.EquivalentTo(
                new Dictionary<string, string>
                {
                    ["what"] = "Run",
                    ["lead"] = "this task is overdue",
                    ["tasks"] = $"Run\n  due on {expected}",
                }
            )
        );

    [TestCase(2, "2 tasks", false, "")]
    [TestCase(3, "3 tasks", true, "and 1 task more")]
    [TestCase(1500, "1,500 tasks", true, "and 1,498 tasks more")]
    public void Lists_some_tasks_and_counts_the_others(int count, string what, bool hasMore, string more)
    {
        var values = Describe(count, "UTC", "Run", "Swim");

        Assert.That((values["what"], values["lead"]), Is.EqualTo((what, "these tasks are overdue")));
        Assert.That(values["tasks"], Does.StartWith("Run\n  due on ").And.Contains("\n\nSwim\n  due on "));
        Assert.That(values["tasks"].EndsWith($"\n\n{more}", StringComparison.Ordinal), Is.EqualTo(hasMore));
    }

    private static IReadOnlyDictionary<string, string> Describe(int count, string zone, params string[] titles) =>
        TaskOverdueMail.Describe(
            new OverdueNotice(count, [.. titles.Select(title => new OverdueNoticeTask(title, DueAt))]),
            TimeZoneInfo.FindSystemTimeZoneById(zone)
        );
}
