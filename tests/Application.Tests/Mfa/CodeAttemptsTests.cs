using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class CodeAttemptsTests
{
    private readonly Ports _ports = new();
    private bool _isRight = true;
    private Result _outcome = Result.Success;

    [Test]
    public async Task Forgives_wrong_codes_only_when_the_right_one_is_saved()
    {
        Assert.That((await MakeAsync()).IsSuccess, Is.True);
        Assert.That(_ports.Steps, Is.EqualTo(["take mfa of me", "use", "act", "forgive mfa of me"]));
    }

    [Test]
    public async Task Looks_at_no_code_when_there_were_too_many_attempts()
    {
        _ports.Attempt = UserErrors.TooManyAttempts with { RetryAfter = TimeSpan.FromMinutes(7) };

        Assert.That((await MakeAsync()).Error, Is.EqualTo(_ports.Attempt.Error));
        Assert.That(_ports.Steps, Is.EqualTo(["take mfa of me"]));
    }

    [Test]
    public async Task Counts_and_records_a_wrong_code()
    {
        _isRight = false;

        Assert.That((await MakeAsync()).Error, Is.EqualTo(UserErrors.MfaCodeInvalid));
        Assert.That(_ports.Steps, Is.EqualTo(["take mfa of me", "use", "audit MfaDisabled", "save"]));
        Assert.That(
            _ports.Events,
            Is.EqualTo([new Event(AuditEventType.MfaDisabled, AuditOutcome.Failed, _ports.Id, _ports.Id)])
        );
    }

    [Test]
    public async Task Counts_and_records_a_code_that_somebody_else_was_quicker_with()
    {
        _outcome = UserErrors.MfaCodeInvalid;

        Assert.That((await MakeAsync()).Error, Is.EqualTo(UserErrors.MfaCodeInvalid));
        Assert.That(_ports.Steps, Is.EqualTo(["take mfa of me", "use", "act", "audit MfaDisabled", "save"]));
    }

    [Test]
    public async Task Passes_on_why_else_it_was_not_saved_and_records_no_wrong_code()
    {
        _outcome = Given.Failure;

        Assert.That((await MakeAsync()).Error, Is.EqualTo(Given.Failure));
        Assert.That(_ports.Steps, Is.EqualTo(["take mfa of me", "use", "act"]));
    }

    [Test]
    public async Task Passes_on_what_saving_the_failure_says()
    {
        _isRight = false;
        _ports.Saved = Given.Failure;

        Assert.That((await MakeAsync()).Error, Is.EqualTo(Given.Failure));
    }

    [Test]
    public void Counts_under_a_name_that_no_login_can_have() =>
        Assert.That(
            new Application.Auth.LoginUserValidator().ErrorTextOf(
                new Application.Auth.LoginUserCommand(Credentials.MfaIdentifierOf(_ports.Id), "x")
            ),
            Is.EqualTo("login: invalid_format")
        );

    private Task<Result> MakeAsync() =>
        new CodeAttempts(_ports, _ports, _ports).MakeAsync(
            _ports.Id,
            () =>
            {
                _ports.Steps.Add("use");
                return Task.FromResult(_isRight);
            },
            () =>
            {
                _ports.Steps.Add("act");
                return Task.FromResult(_outcome);
            },
            () => AuditEvent.Refused(AuditEventType.MfaDisabled, _ports.Id, _ports.Id, _ports, Given.Now),
            CancellationToken.None
        );
}
