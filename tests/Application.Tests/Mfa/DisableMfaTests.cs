using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class DisableMfaTests
{
    private static readonly string[] Confirmed = ["take me", "find me", "verify secret with stored hash", "forgive me"];

    private readonly Ports _ports = new();
    private readonly Factors _factors;

    public DisableMfaTests()
    {
        _factors = new Factors(_ports);
        _ports.Credentials = _ports.Credentials! with { MfaEnabled = true };
    }

    [TestCase("123456", null, "123456")]
    [TestCase(null, "k7m2p-x4d9q", "k7m2p-x4d9q")]
    public async Task Takes_password_and_code_and_saves_once(string? code, string? recoveryCode, string used)
    {
        Assert.That((await HandleAsync(code, recoveryCode)).IsSuccess, Is.True);
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                .. Confirmed,
                "take mfa of me",
                $"use {used} at {Given.Now:O} for me",
                "remove factor of me",
                "withdraw tickets of me",
                "mail MfaDisabled",
                "audit MfaDisabled",
                "save",
                "forgive mfa of me",
            ])
        );
        Assert.That(_ports.Events, Is.EqualTo([Told(AuditOutcome.Succeeded)]));
        Assert.That(
            _ports.Mails.Select(mail => (mail.Kind, mail.UserId)),
            Is.EqualTo([(MailKind.MfaDisabled, (Guid?)_ports.Id)])
        );
    }

    [Test]
    public async Task Looks_at_no_code_after_a_wrong_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.ReauthenticationFailed));
        Assert.That(_ports.Steps, Has.None.StartsWith("use"));
    }

    [Test]
    public async Task Changes_nothing_with_a_wrong_code_and_records_it()
    {
        _factors.IsCodeRight = false;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.MfaCodeInvalid));
        Assert.That(_ports.Steps, Has.None.StartsWith("remove").And.None.StartsWith("mail"));
        Assert.That(_ports.Events, Is.EqualTo([Told(AuditOutcome.Failed)]));
    }

    [Test]
    public async Task Says_so_when_there_is_nothing_to_switch_off()
    {
        _ports.Credentials = _ports.Credentials! with { MfaEnabled = false };

        Assert.That((await HandleAsync()).Error, Is.EqualTo(UserErrors.MfaNotEnabled));
        Assert.That(_ports.Steps, Is.EqualTo(Confirmed));
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
    }

    [TestCase("x", "123456", null, "")]
    [TestCase("x", null, "k7m2p-x4d9q", "")]
    [TestCase("x", null, null, "code: required")]
    [TestCase("x", "123456", "k7m2p-x4d9q", "recoveryCode: not_allowed")]
    [TestCase("", "12345", null, "password: required, code: invalid_format")]
    public void Needs_the_password_and_one_code(string password, string? code, string? recoveryCode, string error) =>
        Assert.That(
            new DisableMfaValidator().ErrorTextOf(new DisableMfaCommand(password, code, recoveryCode)),
            Is.EqualTo(error)
        );

    private Event Told(AuditOutcome outcome) =>
        new(AuditEventType.MfaDisabled, outcome, _ports.Id, _ports.Id, _ports.SessionId);

    private Task<Result> HandleAsync(string? code = "123456", string? recoveryCode = null)
    {
        var clock = Given.Clock();
        return new DisableMfaHandler(
            _ports,
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _ports, clock),
            new CodeAttempts(_ports, _ports, _ports),
            _factors,
            _factors,
            _ports,
            _ports,
            _ports,
            _ports,
            clock
        ).Handle(new DisableMfaCommand("secret", code, recoveryCode), CancellationToken.None);
    }
}
