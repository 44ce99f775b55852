using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Application.Tests.Users;

public sealed class ReauthenticationTests
{
    private static readonly string[] UpToThePassword = ["take me", "find me", "verify secret with stored hash"];

    private readonly Ports _ports = new();

    [TestCase(PasswordVerdict.Right)]
    [TestCase(PasswordVerdict.RightButWeaklyHashed)]
    public async Task Gives_the_account_after_the_right_password_and_forgives_the_wrong_ones(PasswordVerdict verdict)
    {
        _ports.Verdict = verdict;

        var result = await ConfirmAsync();

        Assert.That(result.Value, Is.EqualTo(_ports.Credentials));
        Assert.That(_ports.Steps, Is.EqualTo([.. UpToThePassword, "forgive me"]));
    }

    [Test]
    public async Task Counts_a_wrong_password_and_tells_the_audit_trail()
    {
        _ports.Verdict = PasswordVerdict.Wrong;

        var result = await ConfirmAsync();

        Assert.That(result.Error, Is.EqualTo(UserErrors.ReauthenticationFailed));
        Assert.That(_ports.Steps, Is.EqualTo([.. UpToThePassword, "audit ReauthenticationFailed", "save"]));
        Assert.That(
            _ports.Events,
            Is.EqualTo([
                new Event(
                    AuditEventType.ReauthenticationFailed,
                    AuditOutcome.Failed,
                    _ports.Id,
                    _ports.Id,
                    _ports.SessionId
                ),
            ])
        );
    }

    [Test]
    public async Task Looks_at_nothing_when_there_were_too_many_attempts()
    {
        _ports.Attempt = UserErrors.TooManyAttempts with { RetryAfter = TimeSpan.FromMinutes(7) };

        var result = await ConfirmAsync();

        Assert.That(result.Error, Is.EqualTo(_ports.Attempt.Error));
        Assert.That(_ports.Steps, Is.EqualTo(["take me"]));
    }

    [Test]
    public async Task Returns_the_attempt_when_the_password_cannot_be_compared_now()
    {
        _ports.Verdict = CommonErrors.ServiceUnavailable;

        var result = await ConfirmAsync();

        Assert.That(result.Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        Assert.That(_ports.Steps, Is.EqualTo([.. UpToThePassword, "return me"]));
    }

    [Test]
    public async Task Answers_like_the_door_when_the_user_is_gone()
    {
        _ports.Credentials = null;

        var result = await ConfirmAsync();

        Assert.That(result.Error, Is.EqualTo(SessionErrors.SessionRevoked));
        Assert.That(_ports.Steps, Has.None.StartsWith("verify"));
    }

    [Test]
    public async Task Passes_on_what_saving_the_failure_says()
    {
        _ports.Verdict = PasswordVerdict.Wrong;
        _ports.Saved = Given.Failure;

        var result = await ConfirmAsync();

        Assert.That(result.Error, Is.EqualTo(Given.Failure));
    }

    private Task<Result<Credentials>> ConfirmAsync() =>
        new Reauthentication(
            _ports,
            _ports,
            _ports,
            _ports,
            _ports,
            _ports,
            _ports,
            new FakeTimeProvider(Given.Now.AddTicks(1234))
        ).ConfirmAsync("secret", CancellationToken.None);
}
