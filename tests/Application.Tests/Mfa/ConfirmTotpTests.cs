using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class ConfirmTotpTests
{
    private static readonly string Compared = $"confirm 123456 at {Given.Now:O} for me";

    private readonly Ports _ports = new();
    private readonly Factors _factors;

    public ConfirmTotpTests() => _factors = new Factors(_ports);

    [Test]
    public async Task Switches_the_factor_on_and_answers_with_recovery_codes()
    {
        var result = await HandleAsync();

        Assert.That(result.Value!.RecoveryCodes, Is.EqualTo(Factors.NewCodes));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "take mfa of me",
                Compared,
                "replace codes of me",
                "withdraw tickets of me",
                "mail MfaEnabled",
                "audit MfaEnabled",
                "save",
                "forgive mfa of me",
            ])
        );
    }

    [Test]
    public async Task Tells_the_audit_trail_and_the_user_by_mail()
    {
        await HandleAsync();

        var mail = _ports.Mails.Single();
        Assert.That(_ports.Events, Is.EqualTo([Told(AuditOutcome.Succeeded)]));
        Assert.That((mail.Kind, mail.UserId), Is.EqualTo((MailKind.MfaEnabled, (Guid?)_ports.Id)));
        Assert.That(mail.Data["at"], Is.EqualTo("Saturday, 14 March 2026, 15:09 (UTC)"));
    }

    [Test]
    public async Task Changes_nothing_with_a_wrong_code_and_records_it()
    {
        _factors.IsCodeRight = false;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.MfaCodeInvalid));
        Assert.That(_ports.Steps, Is.EqualTo(["take mfa of me", Compared, "audit MfaEnabled", "save"]));
        Assert.That(_ports.Events, Is.EqualTo([Told(AuditOutcome.Failed)]));
        Assert.That(_ports.Mails, Is.Empty);
    }

    [Test]
    public async Task Shows_no_codes_that_are_not_saved()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
        Assert.That(_ports.Steps, Has.None.StartsWith("forgive"));
    }

    [TestCase("123456", "")]
    [TestCase(" 123456 ", "")]
    [TestCase("", "code: required")]
    [TestCase(" ", "code: required")]
    [TestCase(null, "code: required")]
    [TestCase("12345", "code: invalid_format")]
    [TestCase("1234567", "code: invalid_format")]
    [TestCase("123 456", "code: invalid_format")]
    [TestCase("12345a", "code: invalid_format")]
    [TestCase("١٢٣٤٥٦", "code: invalid_format")]
    [TestCase("123456\n7", "code: invalid_format")]
    public void Checks_the_code(string? code, string error) =>
        Assert.That(new ConfirmTotpValidator().ErrorTextOf(new ConfirmTotpCommand(code!)), Is.EqualTo(error));

    private Event Told(AuditOutcome outcome) =>
        new(AuditEventType.MfaEnabled, outcome, _ports.Id, _ports.Id, _ports.SessionId);

    private Task<Result<RecoveryCodesDto>> HandleAsync() =>
        new ConfirmTotpHandler(
            _ports,
            new CodeAttempts(_ports, _ports, _ports),
            _factors,
            _factors,
            _ports,
            _ports,
            _ports,
            _ports,
            new FakeTimeProvider(Given.Now.AddTicks(1234))
        ).Handle(new ConfirmTotpCommand(" 123456 "), CancellationToken.None);
}
