using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Domain.Tests.Mail;

/// <summary>Mails are stored without the words of a language, because the language of the recipient is read when they are sent.</summary>
public sealed class AccountMailsTests
{
    private const string At = "2026-03-14T15:09:26.0000000+00:00";

    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, TimeSpan.Zero);
    private static readonly Guid User = Guid.NewGuid();
    private static readonly SessionLifetime Lifetime = new(
        TimeSpan.FromDays(30),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(60)
    );

    private static readonly TestCaseData[] Changes =
    [
        Case(AccountMails.PasswordChanged(User, Now), MailKind.PasswordChanged),
        Case(AccountMails.MfaEnabled(User, Now), MailKind.MfaEnabled),
        Case(AccountMails.MfaDisabled(User, Now), MailKind.MfaDisabled),
        Case(AccountMails.RecoveryCodesReplaced(User, Now), MailKind.RecoveryCodesReplaced),
        Case(AccountMails.PasskeyAdded(User, Now), MailKind.PasskeyAdded),
        Case(AccountMails.PasskeyRemoved(User, Now), MailKind.PasskeyRemoved),
        Case(AccountMails.EmailChangeRequested(User, Now), MailKind.EmailChangeRequested),
    ];

    private static readonly TestCaseData[] IdentityChanges =
    [
        Case(AccountMails.IdentityLinked(User, "google", Now), MailKind.IdentityLinked),
        Case(AccountMails.IdentityUnlinked(User, "google", Now), MailKind.IdentityUnlinked),
    ];

    private static readonly TestCaseData[] Links =
    [
        Case(AccountMails.ConfirmEmail("ann@example.org", Now), MailKind.ConfirmEmail),
        Case(AccountMails.ResetPassword("ann@example.org", Now), MailKind.ResetPassword),
    ];

    [TestCaseSource(nameof(Changes))]
    public void A_mail_about_a_change_tells_the_user_when_it_happened(OutboxMail mail, MailKind kind)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.Kind, mail.UserId, mail.Address), Is.EqualTo((kind, (Guid?)User, (string?)null)));
            Assert.That(mail.Data, Is.EqualTo(Data(("at", At))));
            Assert.That((mail.CreatedAt, mail.NextAttemptAt), Is.EqualTo((Now, Now)));
        }
    }

    [TestCaseSource(nameof(IdentityChanges))]
    public void A_mail_about_an_identity_names_the_provider_as_in_the_settings(OutboxMail mail, MailKind kind)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.Kind, mail.UserId, mail.Address), Is.EqualTo((kind, (Guid?)User, (string?)null)));
            Assert.That(mail.Data, Is.EqualTo(Data(("at", At), ("provider", "google"))));
            Assert.That((mail.CreatedAt, mail.NextAttemptAt), Is.EqualTo((Now, Now)));
        }
    }

    [TestCaseSource(nameof(Links))]
    public void A_mail_with_a_link_goes_to_whoever_has_the_address_and_contains_nothing_else(
        OutboxMail mail,
        MailKind kind
    )
    {
        Assert.That((mail.Kind, mail.UserId, mail.Address), Is.EqualTo((kind, (Guid?)null, "ann@example.org")));
        Assert.That(mail.Data, Is.Empty);
    }

    [Test]
    public void A_user_confirms_the_address_that_is_pending_when_the_mail_is_sent()
    {
        var mail = AccountMails.ConfirmEmail(User, Now);

        Assert.That(
            (mail.Kind, mail.UserId, mail.Address),
            Is.EqualTo((MailKind.ConfirmEmail, (Guid?)User, (string?)null))
        );
    }

    [Test]
    public void A_replaced_address_is_notified_itself()
    {
        var mail = AccountMails.EmailChanged(User, "former@example.org", Now);

        Assert.That(
            (mail.Kind, mail.UserId, mail.Address),
            Is.EqualTo((MailKind.EmailChanged, (Guid?)User, "former@example.org"))
        );
        Assert.That(mail.Data, Is.EqualTo(Data(("at", At))));
    }

    [TestCase(new string[0], new string[0], false, "")]
    [TestCase(new string[0], new string[0], true, "mfa")]
    [TestCase(new string[0], new[] { "google", "mfa" }, false, "identity:google\nidentity:mfa")]
    [TestCase(
        new[] { "Phone", null, "mfa" },
        new[] { "apple" },
        true,
        "passkey:Phone\npasskey:\npasskey:mfa\nidentity:apple\nmfa"
    )]
    public void A_reset_password_is_reported_with_one_line_for_each_authenticator_that_is_left(
        string?[] passkeys,
        string[] providers,
        bool hasSecondFactor,
        string stored
    )
    {
        var mail = AccountMails.PasswordReset(User, passkeys, providers, hasSecondFactor, Now);

        Assert.That((mail.Kind, mail.UserId), Is.EqualTo((MailKind.PasswordReset, (Guid?)User)));
        Assert.That(mail.Data, Is.EqualTo(Data(("at", At), ("authenticators", stored))));
    }

    [TestCase("Pixel 9", "192.0.2.7", "Pixel 9", "192.0.2.7")]
    [TestCase(null, "192.0.2.7", "", "192.0.2.7")]
    [TestCase("Pixel 9", null, "Pixel 9", "")]
    public void A_sign_in_without_a_second_factor_is_reported_once_its_challenge_has_expired(
        string? device,
        string? ipAddress,
        string storedDevice,
        string storedAddress
    )
    {
        var challenge = Guid.NewGuid();

        var mail = AccountMails.SignInNotCompleted(User, challenge, provider: null, device, ipAddress, Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.Kind, mail.UserId), Is.EqualTo((MailKind.SignInNotCompleted, (Guid?)User)));
            Assert.That((mail.CreatedAt, mail.NextAttemptAt), Is.EqualTo((Now, Now.AddMinutes(5))));
            Assert.That(
                mail.Data,
                Is.EqualTo(
                    Data(
                        ("at", At),
                        ("device", storedDevice),
                        ("ipAddress", storedAddress),
                        (AccountMails.ChallengeId, $"{challenge}")
                    )
                )
            );
        }
    }

    [Test]
    public void A_sign_in_with_an_identity_but_without_a_second_factor_is_reported_with_the_provider()
    {
        var challenge = Guid.NewGuid();

        var mail = AccountMails.SignInNotCompleted(User, challenge, "google", "Pixel 9", null, Now);

        Assert.That((mail.Kind, mail.NextAttemptAt), Is.EqualTo((MailKind.SignInNotCompleted, Now.AddMinutes(5))));
        Assert.That(
            mail.Data,
            Is.EqualTo(
                Data(
                    ("at", At),
                    ("device", "Pixel 9"),
                    ("ipAddress", ""),
                    (AccountMails.ChallengeId, $"{challenge}"),
                    ("provider", "google")
                )
            )
        );
    }

    [TestCase("Pixel 9", "192.0.2.7", "Pixel 9", "192.0.2.7")]
    [TestCase(null, null, "", "")]
    public void A_new_device_is_reported_at_once_with_what_is_known_of_it(
        string? device,
        string? ipAddress,
        string storedDevice,
        string storedAddress
    )
    {
        var mail = AccountMails.NewDevice(Session.Start(User, device, ipAddress, Lifetime, Now));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((mail.Kind, mail.UserId), Is.EqualTo((MailKind.NewDevice, (Guid?)User)));
            Assert.That((mail.CreatedAt, mail.NextAttemptAt), Is.EqualTo((Now, Now)));
            Assert.That(
                mail.Data,
                Is.EqualTo(Data(("at", At), ("device", storedDevice), ("ipAddress", storedAddress)))
            );
        }
    }

    [Test]
    public void A_new_device_requires_a_session() =>
        Assert.That(() => AccountMails.NewDevice(null!), Throws.ArgumentNullException);

    private static Dictionary<string, string> Data(params (string Name, string Value)[] values) =>
        values.ToDictionary(value => value.Name, value => value.Value);

    private static TestCaseData Case(OutboxMail mail, MailKind kind) =>
        new TestCaseData(mail, kind).SetArgDisplayNames($"{kind}");
}
