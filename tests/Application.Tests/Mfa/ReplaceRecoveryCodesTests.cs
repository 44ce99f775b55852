using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class ReplaceRecoveryCodesTests
{
    private readonly Ports _ports = new();

    public ReplaceRecoveryCodesTests() => _ports.Credentials = _ports.Credentials! with { MfaEnabled = true };

    [Test]
    public async Task Asks_for_the_password_saves_once_and_answers_with_the_new_codes()
    {
        var result = await HandleAsync();

        Assert.That(result.Value!.RecoveryCodes, Is.EqualTo(Factors.NewCodes));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([
                "take me",
                "find me",
                "verify secret with stored hash",
                "forgive me",
                "replace codes of me",
                "audit RecoveryCodesReplaced",
                "save",
            ])
        );
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(
                    AuditEventType.RecoveryCodesReplaced,
                    AuditOutcome.Succeeded,
                    _ports.Id,
                    _ports.Id,
                    _ports.SessionId
                ),
            ])
        );
    }

    [Test]
    public async Task Replaces_nothing_after_a_wrong_password()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        await FailsWithAsync(UserErrors.ReauthenticationFailed);
    }

    [Test]
    public async Task Makes_none_for_a_factor_that_is_off()
    {
        _ports.Credentials = _ports.Credentials! with { MfaEnabled = false };

        await FailsWithAsync(UserErrors.MfaNotEnabled);
    }

    [Test]
    public async Task Shows_no_codes_that_are_not_saved()
    {
        _ports.Saved = Given.Failure;

        Assert.That((await HandleAsync()).Error, Is.EqualTo(Given.Failure));
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Needs_the_password(string password, string error) =>
        Assert.That(
            new ReplaceRecoveryCodesValidator().ErrorTextOf(new ReplaceRecoveryCodesCommand(password)),
            Is.EqualTo(error)
        );

    private async Task FailsWithAsync(Error error)
    {
        Assert.That((await HandleAsync()).Error, Is.EqualTo(error));
        Assert.That(_ports.Steps, Has.None.StartsWith("replace"));
    }

    private Task<Result<RecoveryCodesDto>> HandleAsync()
    {
        var clock = Given.Clock();
        return new ReplaceRecoveryCodesHandler(
            _ports,
            new Reauthentication(_ports, _ports, _ports, _ports, _ports, _ports, _ports, clock),
            new Factors(_ports),
            _ports,
            _ports,
            _ports,
            clock
        ).Handle(new ReplaceRecoveryCodesCommand("secret"), CancellationToken.None);
    }
}
