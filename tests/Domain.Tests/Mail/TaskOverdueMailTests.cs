using Fitnessify.Domain.Mail;

namespace Fitnessify.Domain.Tests.Mail;

public sealed class TaskOverdueMailTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);

    [TestCase(null, "Saturday, 14 March 2026, 14:05 (UTC)")]
    [TestCase("America/Los_Angeles", "Saturday, 14 March 2026, 07:05 (America/Los_Angeles)")]
    [TestCase("Pacific/Kiritimati", "Sunday, 15 March 2026, 04:05 (Pacific/Kiritimati)")]
    public void Tells_the_time_where_the_reader_is(string? zone, string expected)
    {
        var dueAt = new DateTimeOffset(2026, 3, 14, 15, 5, 0, TimeSpan.FromHours(1));

        var mail = TaskOverdueMail.Create(
            Guid.NewGuid(),
            "Run",
            dueAt,
            zone is null ? null : TimeZoneInfo.FindSystemTimeZoneById(zone),
            Now,
            Now.AddHours(8)
        );

        Assert.That(mail.Kind, Is.EqualTo(MailKind.TaskOverdue));
        Assert.That(
            mail.Data,
            Is.EquivalentTo(new Dictionary<string, string> { ["title"] = "Run", ["dueAt"] = expected })
        );
        Assert.That(mail.NextAttemptAt, Is.EqualTo(Now.AddHours(8)));
    }
}
