using System.Text.RegularExpressions;
using Fitnessify.Domain.Mail;
using Fitnessify.Infrastructure.Mail;

namespace Fitnessify.Infrastructure.Tests.Mail;

public sealed partial class MailTemplatesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly MailRecipient Recipient = new("kern@example.com", "nikolas", true, false);

    private static readonly Dictionary<MailKind, OutboxMail> Samples = new()
    {
        [MailKind.TaskOverdue] = TaskOverdueMail.Create(
            Guid.NewGuid(),
            "Write the <report> & send it",
            Now,
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            Now
        ),
    };

    private readonly MailTemplates _templates = new(new AppOptions { PublicUrl = "https://fitnessify.example.org" });

    [TestCaseSource(nameof(Kinds))]
    public void Every_kind_has_a_text_and_a_page_that_are_whole(MailKind kind)
    {
        var letter = _templates.Compose(Samples[kind], Recipient);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((letter.Id, letter.To), Is.EqualTo((Samples[kind].Id, Recipient.Address)));
            Assert.That(letter.Subject, Is.Not.Empty.And.Not.Contain("{{").And.Not.Contain("\n"));
            Assert.That(letter.Text, Does.StartWith("Hello nikolas,").And.Not.Contain("{{").And.Contain("Fitnessify"));
            Assert.That(
                letter.Html,
                Does.StartWith("<!doctype html>").And.Contain("lang=\"en\"").And.Not.Contain("{{")
            );
            Assert.That(letter.Html.TrimEnd(), Does.EndWith("</html>"));
            Assert.That(letter.Html, Does.Contain("Hello nikolas,").And.Contain("https://fitnessify.example.org"));
            Assert.That(Remote().Matches(letter.Html), Is.Empty, "It fetches nothing.");
        }
    }

    [Test]
    public void Tells_of_an_overdue_task_what_one_wants_to_know()
    {
        var letter = _templates.Compose(Samples[MailKind.TaskOverdue], Recipient);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(letter.Subject, Is.EqualTo("Overdue: Write the <report> & send it"));
            Assert.That(letter.Text, Does.Contain("    Write the <report> & send it\r\n"));
            Assert.That(letter.Text, Does.Contain("Saturday, 14 March 2026, 16:09 (Europe/Berlin)"));
            Assert.That(letter.Text, Does.Contain("notification settings"));
            Assert.That(
                letter.Html,
                Does.Contain(">Write the &lt;report&gt; &amp; send it<").And.Not.Contain("<report>")
            );
            Assert.That(letter.Html, Does.Contain("Saturday, 14 March 2026, 16:09 (Europe/Berlin)"));
            Assert.That(letter.Html, Does.Contain("notification settings"));
        }
    }

    [Test]
    public void What_looks_like_a_placeholder_in_a_value_stays_as_it_is()
    {
        var letter = _templates.Compose(
            TaskOverdueMail.Create(Guid.NewGuid(), "{{username}} {{content}} {{nothing}}", Now, null, Now),
            Recipient
        );

        Assert.That(letter.Subject, Is.EqualTo("Overdue: {{username}} {{content}} {{nothing}}"));
        Assert.That(letter.Text, Does.Contain("    {{username}} {{content}} {{nothing}}\r\n"));
        Assert.That(letter.Html, Does.Contain(">{{username}} {{content}} {{nothing}}<"));
    }

    [Test]
    public void A_value_that_is_missing_is_a_bug() =>
        Assert.That(
            () =>
                _templates.Compose(
                    OutboxMail.ToUser(
                        MailKind.TaskOverdue,
                        Guid.NewGuid(),
                        new Dictionary<string, string> { ["title"] = "Run" },
                        Now
                    ),
                    Recipient
                ),
            Throws.InvalidOperationException.With.Message.Contains("{{dueAt}}")
        );

    private static MailKind[] Kinds => Enum.GetValues<MailKind>();

    [GeneratedRegex("<(img|script|link|iframe|object|form)|url\\(|@import|src=", RegexOptions.IgnoreCase)]
    private static partial Regex Remote();
}
