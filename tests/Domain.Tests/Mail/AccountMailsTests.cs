using Fitnessify.Domain.Mail;

namespace Fitnessify.Domain.Tests.Mail;

/// <summary>Mails are stored without the words of a language, because the language of the recipient is read when they are sent.</summary>
public sealed class AccountMailsTests
{
    private const string StoredNow = "2026-03-14T15:09:26.5000000+00:00";

    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 500, TimeSpan.Zero);
    private static readonly Guid Id = Guid.NewGuid();

    private static OutboxMail[] Notices =>
        [
            AccountMails.PasswordChanged(Id, Now),
            AccountMails.MfaEnabled(Id, Now),
            AccountMails.MfaDisabled(Id, Now),
            AccountMails.RecoveryCodesReplaced(Id, Now),
            AccountMails.PasskeyAdded(Id, Now),
            AccountMails.PasskeyRemoved(Id, Now),
            AccountMails.EmailChangeRequested(Id, Now),
            AccountMails.EmailChanged(Id, "old@example.com", Now),
        ];

    [TestCaseSource(nameof(Notices))]
    public void A_notice_stores_the_time(OutboxMail mail) => AssertStored(mail, ("at", StoredNow));

    [TestCase("Tablet", "192.0.2.7", "Tablet", "192.0.2.7")]
    [TestCase(null, null, "", "")]
    public void An_incomplete_sign_in_stores_the_device_and_the_challenge(
        string? device,
        string? ipAddress,
        string storedDevice,
        string storedIpAddress
    )
    {
        var challenge = Guid.NewGuid();

        AssertStored(
            AccountMails.SignInNotCompleted(Id, challenge, device, ipAddress, Now),
            ("at", StoredNow),
            ("device", storedDevice),
            ("ipAddress", storedIpAddress),
            ("challengeId", $"{challenge}")
        );
    }

    [TestCase(new string[0], false, "")]
    [TestCase(new string[0], true, "mfa")]
    [TestCase(new[] { "Phone", null, "mfa" }, true, "passkey:Phone\npasskey:\npasskey:mfa\nmfa")]
    public void A_reset_stores_the_other_authenticators(string?[] passkeys, bool hasSecondFactor, string stored) =>
        AssertStored(
            AccountMails.PasswordReset(Id, passkeys, hasSecondFactor, Now),
            ("at", StoredNow),
            ("authenticators", stored)
        );

    private static void AssertStored(OutboxMail mail, params (string Name, string Value)[] values) =>
        Assert.That(mail.Data, Is.EquivalentTo(values.ToDictionary(value => value.Name, value => value.Value)));
}
