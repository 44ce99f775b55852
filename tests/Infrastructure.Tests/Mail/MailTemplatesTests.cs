using System.Text.RegularExpressions;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Mail;

namespace Fitnessify.Infrastructure.Tests.Mail;

public sealed partial class MailTemplatesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly MailRecipient Recipient = new(Guid.NewGuid(), "kern@example.com", "nikolas", true, false);

    private static readonly Guid Id = Guid.NewGuid();

    private static readonly Dictionary<MailKind, IReadOnlyDictionary<string, string>> Samples = new()
    {
        [MailKind.TaskOverdue] = Overdue("Write the <report> & send it"),
        [MailKind.ConfirmEmail] = new Dictionary<string, string> { ["userId"] = "the-user", ["token"] = "the-token" },
        [MailKind.AddressInUse] = AccountMails.ConfirmEmail(Id, Now).Data,
        [MailKind.ResetPassword] = new Dictionary<string, string>
        {
            ["email"] = "kern%2Brun%40example.com",
            ["token"] = "the-token",
        },
        [MailKind.PasswordReset] = AccountMails.PasswordReset(Id, ["- the passkey <Phone>"], Now).Data,
        [MailKind.SignInNotCompleted] = AccountMails.SignInNotCompleted(Id, Id, "<Tablet>", null, Now).Data,
        [MailKind.RecoveryCodesReplaced] = AccountMails.RecoveryCodesReplaced(Id, Now).Data,
        [MailKind.PasswordChanged] = AccountMails.PasswordChanged(Id, Now).Data,
        [MailKind.NewDevice] = AccountMails
            .NewDevice(
                Session.Start(
                    Id,
                    "<Tablet>",
                    "192.0.2.7",
                    new SessionLifetime(TimeSpan.FromDays(1), TimeSpan.FromDays(2)),
                    Now
                )
            )
            .Data,
        [MailKind.PasskeyAdded] = AccountMails.PasskeyAdded(Id, Now).Data,
        [MailKind.PasskeyRemoved] = AccountMails.PasskeyRemoved(Id, Now).Data,
        [MailKind.EmailChangeRequested] = AccountMails.EmailChangeRequested(Id, Now).Data,
        [MailKind.EmailChanged] = AccountMails.EmailChanged(Id, "old@example.com", Now).Data,
        [MailKind.MfaEnabled] = AccountMails.MfaEnabled(Id, Now).Data,
        [MailKind.MfaDisabled] = AccountMails.MfaDisabled(Id, Now).Data,
    };

    private readonly MailTemplates _templates = new(new AppOptions { PublicUrl = "https://fitnessify.example.org" });

    [TestCaseSource(nameof(Kinds))]
    public void Every_kind_of_mail_has_a_complete_text_and_HTML_part(MailKind kind)
    {
        var message = Compose(kind);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((message.Id, message.To), Is.EqualTo((Id, Recipient.Address)));
            Assert.That(message.Subject, Is.Not.Empty.And.Not.Contain("{{").And.Not.Contain("\n"));
            Assert.That(message.Text, Does.StartWith("Hello nikolas,").And.Not.Contain("{{").And.Contain("Fitnessify"));
            Assert.That(
                message.Html,
                Does.StartWith("<!doctype html>").And.Contain("lang=\"en\"").And.Not.Contain("{{")
            );
            Assert.That(message.Html.TrimEnd(), Does.EndWith("</html>"));
            Assert.That(message.Html, Does.Contain("Hello nikolas,").And.Contain("https://fitnessify.example.org"));
            Assert.That(Remote().Matches(message.Html), Is.Empty, "The page loads nothing from elsewhere.");
        }
    }

    [Test]
    public void A_mail_about_an_overdue_task_contains_its_details()
    {
        var message = Compose(MailKind.TaskOverdue);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(message.Subject, Is.EqualTo("Overdue: Write the <report> & send it"));
            Assert.That(message.Text, Does.Contain("\r\nWrite the <report> & send it\r\n"));
            Assert.That(message.Text, Does.Contain("Saturday, 14 March 2026, 16:09 (Europe/Berlin)"));
            Assert.That(message.Text, Does.Contain("notification settings"));
            Assert.That(
                message.Html,
                Does.Contain(">Write the &lt;report&gt; &amp; send it\r\n").And.Not.Contain("<report>")
            );
            Assert.That(message.Html, Does.Contain("Saturday, 14 March 2026, 16:09 (Europe/Berlin)"));
            Assert.That(message.Html, Does.Contain("notification settings"));
        }
    }

    // The token is in the fragment, which no server and no log ever sees.
    [TestCase(MailKind.ConfirmEmail, "confirm-email#userId=the-user&", "24 hours")]
    [TestCase(MailKind.ResetPassword, "reset-password#email=kern%2Brun%40example.com&", "60 minutes")]
    public void A_mail_with_a_link_contains_the_public_address_and_the_lifetime(
        MailKind kind,
        string link,
        string lifetime
    )
    {
        var message = Compose(kind);
        var url = $"https://fitnessify.example.org/account/{link}token=the-token";

        Assert.That(message.Text, Does.Contain($"{url}\r\n").And.Contains(lifetime));
        Assert.That(message.Html, Does.Contain($"href=\"{url.Replace("&", "&amp;")}\""));
    }

    [Test]
    public void A_mail_about_a_new_device_contains_its_details()
    {
        var message = Compose(MailKind.NewDevice);

        Assert.That(
            message.Text,
            Does.Contain("<Tablet>\r\n").And.Contains("192.0.2.7").And.Contains("Saturday, 14 March 2026, 15:09 (UTC)")
        );
        Assert.That(message.Html, Does.Contain("&lt;Tablet&gt;").And.Not.Contain("<Tablet>"));
    }

    [Test]
    public void A_placeholder_in_a_value_is_not_replaced()
    {
        var message = _templates.Compose(
            Id,
            new MailDraft(MailKind.TaskOverdue, Recipient, Overdue("{{username}} {{content}} {{nothing}}"))
        );

        Assert.That(message.Subject, Is.EqualTo("Overdue: {{username}} {{content}} {{nothing}}"));
        Assert.That(message.Text, Does.Contain("\r\n{{username}} {{content}} {{nothing}}\r\n"));
        Assert.That(message.Html, Does.Contain(">{{username}} {{content}} {{nothing}}\r\n"));
    }

    [Test]
    public void A_missing_value_throws() =>
        Assert.That(
            () =>
                _templates.Compose(
                    Id,
                    new MailDraft(
                        MailKind.TaskOverdue,
                        Recipient,
                        new Dictionary<string, string> { ["what"] = "Run", ["lead"] = "Overdue" }
                    )
                ),
            Throws.InvalidOperationException.With.Message.Contains("{{tasks}}")
        );

    private MailMessage Compose(MailKind kind) => _templates.Compose(Id, new MailDraft(kind, Recipient, Samples[kind]));

    private static IReadOnlyDictionary<string, string> Overdue(string title) =>
        TaskOverdueMail.Describe(
            new OverdueNotice(1, [new OverdueNoticeTask(title, Now)]),
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")
        );

    private static MailKind[] Kinds => Enum.GetValues<MailKind>();

    [GeneratedRegex("<(img|script|link|iframe|object|form)|url\\(|@import|src=", RegexOptions.IgnoreCase)]
    private static partial Regex Remote();
}
