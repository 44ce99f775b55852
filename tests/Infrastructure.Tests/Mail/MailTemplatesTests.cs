using System.Net;
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
        [MailKind.TasksDue] = TasksDueMail.Create(Id, Now).Data,
        [MailKind.ConfirmEmail] = new Dictionary<string, string> { ["userId"] = "the-user", ["token"] = "the-token" },
        [MailKind.AddressInUse] = AccountMails.ConfirmEmail(Id, Now).Data,
        [MailKind.ResetPassword] = new Dictionary<string, string>
        {
            ["email"] = "kern%2Brun%40example.com",
            ["token"] = "the-token",
        },
        [MailKind.PasswordReset] = AccountMails.PasswordReset(Id, ["<Phone>", null], ["google"], true, Now).Data,
        [MailKind.SignInNotCompleted] = AccountMails.SignInNotCompleted(Id, Id, null, "<Tablet>", null, Now).Data,
        [MailKind.RecoveryCodesReplaced] = AccountMails.RecoveryCodesReplaced(Id, Now).Data,
        [MailKind.PasswordChanged] = AccountMails.PasswordChanged(Id, Now).Data,
        [MailKind.NewDevice] = AccountMails
            .NewDevice(
                Session.Start(
                    Id,
                    "<Tablet>",
                    "192.0.2.7",
                    new SessionLifetime(TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(1)),
                    Now
                )
            )
            .Data,
        [MailKind.PasskeyAdded] = AccountMails.PasskeyAdded(Id, Now).Data,
        [MailKind.PasskeyRemoved] = AccountMails.PasskeyRemoved(Id, Now).Data,
        [MailKind.IdentityLinked] = AccountMails.IdentityLinked(Id, "google", Now).Data,
        [MailKind.IdentityUnlinked] = AccountMails.IdentityUnlinked(Id, "apple", Now).Data,
        [MailKind.EmailChangeRequested] = AccountMails.EmailChangeRequested(Id, Now).Data,
        [MailKind.EmailChanged] = AccountMails.EmailChanged(Id, "old@example.com", Now).Data,
        [MailKind.MfaEnabled] = AccountMails.MfaEnabled(Id, Now).Data,
        [MailKind.MfaDisabled] = AccountMails.MfaDisabled(Id, Now).Data,
    };

    private readonly MailTemplates _templates = new(new AppOptions { PublicUrl = "https://fitnessify.example.org" });

    [Test]
    public void Every_kind_of_mail_has_a_complete_text_and_HTML_part_in_every_language(
        [ValueSource(nameof(Kinds))] MailKind kind,
        [ValueSource(typeof(MailTextsTests), nameof(MailTextsTests.Languages))] string language
    )
    {
        var message = Compose(kind, language);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((message.Id, message.To), Is.EqualTo((Id, Recipient.Address)));
            Assert.That(message.Subject, Is.Not.Empty.And.Not.Contain("{{").And.Not.Contain("\n"));
            Assert.That(message.Text, Does.Not.Contain("{{").And.Contain("nikolas").And.Contain("Fitnessify"));
            Assert.That(
                message.Html,
                Does.StartWith("<!doctype html>").And.Contain($"lang=\"{language}\"").And.Not.Contain("{{")
            );
            Assert.That(message.Html.TrimEnd(), Does.EndWith("</html>"));
            Assert.That(message.Html, Does.Contain("nikolas").And.Contain("https://fitnessify.example.org"));
            Assert.That(Remote().Matches(message.Html), Is.Empty, "The page loads nothing from elsewhere.");
        }
    }

    [TestCase(MailKind.TasksDue, "Overdue: Write the <report> & send it", "this task is overdue:")]
    [TestCase(MailKind.ConfirmEmail, "Confirm your e-mail address", "please confirm")]
    [TestCase(MailKind.AddressInUse, "You already have an account", "to your account nikolas already")]
    [TestCase(MailKind.ResetPassword, "Set a new password", "has forgotten the password")]
    [TestCase(
        MailKind.PasswordChanged,
        "Your password was changed",
        "was changed on Saturday, 14 March 2026, 15:09 (UTC)."
    )]
    [TestCase(MailKind.PasswordReset, "Your password was reset", "a link that was mailed to this address")]
    [TestCase(MailKind.SignInNotCompleted, "Somebody knows your password", "IP address: unknown")]
    [TestCase(MailKind.NewDevice, "New sign-in to your account", "Device: <Tablet>")]
    [TestCase(MailKind.EmailChangeRequested, "Another e-mail address for your account", "as soon as it is confirmed")]
    [TestCase(MailKind.EmailChanged, "Your e-mail address was changed", "does not belong to it any more")]
    [TestCase(MailKind.MfaEnabled, "Your account has a second factor", "Keep the recovery codes")]
    [TestCase(MailKind.MfaDisabled, "The second factor of your account is off", "takes the password alone")]
    [TestCase(MailKind.RecoveryCodesReplaced, "New recovery codes for your account", "do not work any more")]
    [TestCase(MailKind.PasskeyAdded, "A passkey was added to your account", "under your passkeys")]
    [TestCase(MailKind.PasskeyRemoved, "A passkey was removed from your account", "was removed from your account on")]
    [TestCase(MailKind.IdentityLinked, "Your account was linked with Google", "remove the link in the app")]
    [TestCase(
        MailKind.IdentityUnlinked,
        "A link with Apple was removed from your account",
        "with an account at Apple was removed on Saturday, 14 March 2026, 15:09 (UTC)."
    )]
    public void Mails_can_be_in_English(MailKind kind, string subject, string content) =>
        AssertMail(Compose(kind), "Hello nikolas,", subject, content);

    [TestCase(MailKind.TasksDue, "Überfällig: Write the <report> & send it", "diese Aufgabe ist überfällig:")]
    [TestCase(MailKind.ConfirmEmail, "Bestätige deine E-Mail-Adresse", "bitte bestätige")]
    [TestCase(MailKind.AddressInUse, "Du hast bereits ein Konto", "bereits zu deinem Konto nikolas")]
    [TestCase(MailKind.ResetPassword, "Setze ein neues Passwort", "hat das Passwort deines Kontos vergessen")]
    [TestCase(
        MailKind.PasswordChanged,
        "Dein Passwort wurde geändert",
        "am Samstag, 14. März 2026, 15:09 (UTC) geändert."
    )]
    [TestCase(MailKind.PasswordReset, "Dein Passwort wurde zurückgesetzt", "der an diese Adresse gemailt wurde")]
    [TestCase(MailKind.SignInNotCompleted, "Jemand kennt dein Passwort", "IP-Adresse: unbekannt")]
    [TestCase(MailKind.NewDevice, "Neue Anmeldung bei deinem Konto", "Gerät: <Tablet>")]
    [TestCase(MailKind.EmailChangeRequested, "Eine andere E-Mail-Adresse für dein Konto", "sobald sie bestätigt ist")]
    [TestCase(MailKind.EmailChanged, "Deine E-Mail-Adresse wurde geändert", "gehört nicht mehr dazu")]
    [TestCase(MailKind.MfaEnabled, "Dein Konto hat einen zweiten Faktor", "Bewahre die Wiederherstellungscodes")]
    [TestCase(MailKind.MfaDisabled, "Der zweite Faktor deines Kontos ist ausgeschaltet", "das Passwort allein")]
    [TestCase(
        MailKind.RecoveryCodesReplaced,
        "Neue Wiederherstellungscodes für dein Konto",
        "funktionieren nicht mehr"
    )]
    [TestCase(MailKind.PasskeyAdded, "Deinem Konto wurde ein Passkey hinzugefügt", "unter deinen Passkeys")]
    [TestCase(MailKind.PasskeyRemoved, "Aus deinem Konto wurde ein Passkey entfernt", "ein Passkey entfernt.")]
    [TestCase(MailKind.IdentityLinked, "Dein Konto wurde mit Google verknüpft", "entferne die Verknüpfung in der App")]
    [TestCase(
        MailKind.IdentityUnlinked,
        "Aus deinem Konto wurde eine Verknüpfung mit Apple entfernt",
        "einem Konto bei Apple wurde am Samstag, 14. März 2026, 15:09 (UTC) entfernt."
    )]
    public void Mails_can_be_in_German(MailKind kind, string subject, string content) =>
        AssertMail(Compose(kind, "de"), "Hallo nikolas,", subject, content);

    [Test]
    public void A_mail_about_an_overdue_task_contains_its_details()
    {
        var message = Compose(Recipient with { TimeZone = "Europe/Berlin" }, Overdue("Write the <report> & send it"));

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

    [TestCase("en", "UTC", "Run\r\n  due on Saturday, 14 March 2026, 15:09 (UTC)\r\n")]
    [TestCase("en", "America/Los_Angeles", "Run\r\n  due on Saturday, 14 March 2026, 08:09 (America/Los_Angeles)\r\n")]
    [TestCase("en", "Pacific/Kiritimati", "Run\r\n  due on Sunday, 15 March 2026, 05:09 (Pacific/Kiritimati)\r\n")]
    [TestCase("de", "Europe/Berlin", "Run\r\n  fällig am Samstag, 14. März 2026, 16:09 (Europe/Berlin)\r\n")]
    [TestCase("de", "Mars/Olympus", "Run\r\n  fällig am Samstag, 14. März 2026, 15:09 (UTC)\r\n")]
    public void The_time_is_in_the_time_zone_of_the_recipient(string locale, string zone, string line) =>
        Assert.That(
            Compose(Recipient with { Locale = locale, TimeZone = zone }, Overdue("Run")).Text,
            Does.Contain($"\r\n{line}")
        );

    [TestCase("en", "Due: Run", "this task is due:", "due on Saturday, 14 March 2026\r\n")]
    [TestCase("de", "Fällig: Run", "diese Aufgabe ist fällig:", "fällig am Samstag, 14. März 2026\r\n")]
    public void A_task_that_is_due_all_day_has_no_time(string locale, string subject, string lead, string line)
    {
        var notice = new DueNotice(1, [new DueNoticeTask("Run", Now, new DateOnly(2026, 3, 14))], false);

        var message = Compose(Recipient with { Locale = locale, TimeZone = "Pacific/Kiritimati" }, notice);

        Assert.That(message.Subject, Is.EqualTo(subject));
        Assert.That(message.Text, Does.Contain($"\r\n{lead}\r\n\r\nRun\r\n  {line}"));
    }

    [TestCase("en", 2, true, "Overdue: 2 tasks", "these tasks are overdue:", "You get this mail")]
    [TestCase("en", 3, true, "Overdue: 3 tasks", "these tasks are overdue:", "and 1 task more\r\n")]
    [TestCase("en", 1500, false, "Due: 1,500 tasks", "these tasks are due:", "and 1,498 tasks more\r\n")]
    [TestCase("de", 2, true, "Überfällig: 2 Aufgaben", "diese Aufgaben sind überfällig:", "Du bekommst diese Mail")]
    [TestCase("de", 3, false, "Fällig: 3 Aufgaben", "diese Aufgaben sind fällig:", "und 1 weitere Aufgabe\r\n")]
    [TestCase(
        "de",
        1500,
        true,
        "Überfällig: 1.500 Aufgaben",
        "diese Aufgaben sind überfällig:",
        "und 1.498 weitere Aufgaben\r\n"
    )]
    public void A_mail_lists_some_tasks_and_counts_the_others(
        string locale,
        int count,
        bool isOverdue,
        string subject,
        string lead,
        string next
    )
    {
        DueNoticeTask[] tasks = [new("Run", Now), new("Swim", Now)];

        var message = Compose(Recipient with { Locale = locale }, new DueNotice(count, tasks, isOverdue));

        Assert.That(message.Subject, Is.EqualTo(subject));
        Assert.That(
            Due().Replace(message.Text, "(due)"),
            Does.Contain($"\r\n{lead}\r\n\r\nRun\r\n  (due)\r\n\r\nSwim\r\n  (due)\r\n\r\n{next}")
        );
    }

    // The token is in the fragment, which no server and no log ever sees.
    [TestCase(MailKind.ConfirmEmail, "en", "confirm-email#userId=the-user&", "24 hours", "Confirm the address")]
    [TestCase(MailKind.ConfirmEmail, "de", "confirm-email#userId=the-user&", "24 Stunden", "Adresse bestätigen")]
    [TestCase(
        MailKind.ResetPassword,
        "en",
        "reset-password#email=kern%2Brun%40example.com&",
        "60 minutes",
        "Set a new password"
    )]
    [TestCase(
        MailKind.ResetPassword,
        "de",
        "reset-password#email=kern%2Brun%40example.com&",
        "60 Minuten",
        "Neues Passwort setzen"
    )]
    public void A_mail_with_a_link_contains_the_public_address_and_the_lifetime(
        MailKind kind,
        string language,
        string link,
        string lifetime,
        string button
    )
    {
        var message = Compose(kind, language);
        var url = $"https://fitnessify.example.org/account/{link}token=the-token";

        Assert.That(message.Text, Does.Contain($"{url}\r\n").And.Contains(lifetime));
        Assert.That(message.Html, Does.Contain($"href=\"{url.Replace("&", "&amp;")}\""));
        Assert.That(WebUtility.HtmlDecode(message.Html), Does.Contain($">{button}</a>"));
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

    [TestCase("apple", "Apple")]
    [TestCase("google", "Google")]
    [TestCase("Our <Company>", "Our <Company>")]
    public void A_mail_about_an_identity_names_the_provider_for_people(string provider, string name)
    {
        var mail = AccountMails.IdentityLinked(Id, provider, Now);

        var message = _templates.Compose(Id, new MailDraft(mail.Kind, Recipient, mail.Data));

        AssertMail(message, "Hello nikolas,", $"Your account was linked with {name}", $"with an account at {name} on");
        Assert.That(message.Html, Does.Not.Contain("<Company>"));
    }

    [TestCase("en", "A sign-in with Google was not completed", "signed in to your account with Google", "password")]
    [TestCase(
        "de",
        "Eine Anmeldung mit Google wurde nicht abgeschlossen",
        "hat sich mit Google bei deinem Konto angemeldet",
        "Passwort"
    )]
    public void A_mail_about_a_sign_in_with_an_identity_speaks_of_no_password(
        string locale,
        string subject,
        string content,
        string password
    )
    {
        var mail = AccountMails.SignInNotCompleted(Id, Id, "google", "<Tablet>", null, Now);

        var message = _templates.Compose(Id, new MailDraft(mail.Kind, Recipient with { Locale = locale }, mail.Data));

        AssertMail(message, locale == "de" ? "Hallo nikolas," : "Hello nikolas,", subject, content);
        Assert.That(message.Text, Does.Contain(": <Tablet>\r\n").And.Not.Contain(password));
        Assert.That(message.Html, Does.Contain("&lt;Tablet&gt;").And.Not.Contain(password));
    }

    [TestCase("en", new string[0], new string[0], false, "none")]
    [TestCase("de", new string[0], new string[0], false, "nichts")]
    [TestCase("en", new string[0], new[] { "<Company>" }, false, "- the sign-in with <Company>")]
    [TestCase(
        "en",
        new[] { "<Phone>", null },
        new[] { "google" },
        true,
        "- the passkey “<Phone>”\n- a passkey without a name\n- the sign-in with Google\n"
            + "- the authenticator app and recovery codes, as second factor"
    )]
    [TestCase(
        "de",
        new[] { "<Phone>", null },
        new[] { "apple" },
        true,
        "- der Passkey „<Phone>“\n- ein Passkey ohne Namen\n- die Anmeldung mit Apple\n"
            + "- die Authenticator-App und Wiederherstellungscodes als zweiter Faktor"
    )]
    public void A_mail_about_a_reset_lists_the_other_authenticators(
        string locale,
        string?[] passkeys,
        string[] providers,
        bool hasSecondFactor,
        string list
    )
    {
        var mail = AccountMails.PasswordReset(Id, passkeys, providers, hasSecondFactor, Now);

        var message = _templates.Compose(Id, new MailDraft(mail.Kind, Recipient with { Locale = locale }, mail.Data));

        Assert.That(message.Text, Does.Contain($"\r\n\r\n{list.ReplaceLineEndings("\r\n")}\r\n\r\n"));
        Assert.That(message.Text, Does.Contain("https://fitnessify.example.org/account/authenticators\r\n"));
        Assert.That(message.Html, Does.Not.Contain("<Phone>").And.Not.Contain("<Company>"));
        Assert.That(message.Html, Does.Contain("href=\"https://fitnessify.example.org/account/authenticators\""));
    }

    [TestCase("")]
    [TestCase("x")]
    [TestCase("fr")]
    public void A_mail_is_in_English_if_the_language_has_no_texts(string locale)
    {
        var message = Compose(MailKind.PasswordChanged, locale);

        AssertMail(message, "Hello nikolas,", "Your password was changed", "on Saturday, 14 March 2026, 15:09 (UTC).");
        Assert.That(message.Html, Does.Contain("<html lang=\"en\">"));
    }

    [Test]
    public void A_placeholder_in_a_value_is_not_replaced()
    {
        var message = Compose(Recipient, Overdue("{{username}} {{content}} {{Lead}} {{nothing}}"));

        Assert.That(message.Subject, Is.EqualTo("Overdue: {{username}} {{content}} {{Lead}} {{nothing}}"));
        Assert.That(message.Text, Does.Contain("\r\n{{username}} {{content}} {{Lead}} {{nothing}}\r\n"));
        Assert.That(message.Html, Does.Contain(">{{username}} {{content}} {{Lead}} {{nothing}}\r\n"));
    }

    [Test]
    public void A_placeholder_in_the_name_of_a_passkey_is_not_replaced()
    {
        var mail = AccountMails.PasswordReset(Id, ["{{name}} {{username}}"], [], false, Now);

        var message = _templates.Compose(Id, new MailDraft(mail.Kind, Recipient, mail.Data));

        Assert.That(message.Text, Does.Contain("“{{name}} {{username}}”"));
    }

    [Test]
    public void A_missing_value_throws() =>
        Assert.That(
            () => _templates.Compose(Id, new MailDraft(MailKind.TasksDue, Recipient, Samples[MailKind.TasksDue])),
            Throws.InvalidOperationException.With.Message.Contains("{{state}}")
        );

    private static void AssertMail(MailMessage message, string greeting, string subject, string content)
    {
        Assert.That(message.Subject, Is.EqualTo(subject));
        Assert.That(message.Text, Does.StartWith($"{greeting}\r\n").And.Contain(content));
        var html = WebUtility.HtmlDecode(message.Html);
        Assert.That(html, Does.Contain($">{greeting}<").And.Contain($"<title>{subject}</title>"));
        // A device has no labels there.
        Assert.That(html, Does.Contain(content.Split(": ")[^1]));
    }

    private MailMessage Compose(MailKind kind, string locale = "en") =>
        _templates.Compose(
            Id,
            new MailDraft(
                kind,
                Recipient with
                {
                    Locale = locale,
                },
                Samples[kind],
                kind == MailKind.TasksDue ? Overdue("Write the <report> & send it") : null
            )
        );

    private MailMessage Compose(MailRecipient recipient, DueNotice notice) =>
        _templates.Compose(Id, new MailDraft(MailKind.TasksDue, recipient, Samples[MailKind.TasksDue], notice));

    private static DueNotice Overdue(string title) => new(1, [new DueNoticeTask(title, Now)], true);

    private static MailKind[] Kinds => Enum.GetValues<MailKind>();

    [GeneratedRegex("<(img|script|link|iframe|object|form)|url\\(|@import|src=", RegexOptions.IgnoreCase)]
    private static partial Regex Remote();

    [GeneratedRegex(@"(due on Saturday, 14 March|fällig am Samstag, 14\. März) 2026, 15:09 \(UTC\)")]
    private static partial Regex Due();
}
