using Fitnessify.Application.Accounts;
using Fitnessify.Application.Audit;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class MfaCodeAttemptsTests() : UseCaseTests(("Accounts:FailedSignInLimit", "2"))
{
    private Guid _me;
    private int _checks;

    [SetUp]
    public async Task SignIn() => _me = (await SignInNewUserAsync()).UserId;

    [Test]
    public async Task A_correct_code_clears_the_wrong_ones()
    {
        foreach (var isRight in new[] { false, true, false, true })
        {
            Assert.That((await MakeAsync(isRight)).IsSuccess, Is.EqualTo(isRight));
        }
    }

    [Test]
    public async Task A_correct_code_that_is_not_saved_clears_nothing_and_is_not_counted()
    {
        await MakeAsync(isRight: false);

        for (var i = 0; i < 3; i++)
        {
            Assert.That((await MakeAsync(failure: Given.Failure)).Error, Is.EqualTo(Given.Failure));
        }

        await MakeAsync(isRight: false);
        Assert.That((await MakeAsync()).Error?.Code, Is.EqualTo("too_many_attempts"));
        Assert.That(
            (await RecordedAsync(_me)).Select(recorded => recorded.Type),
            Is.EquivalentTo([AuditEventType.MfaDisabled, AuditEventType.MfaDisabled, AuditEventType.TooManyAttempts])
        );
    }

    [Test]
    public async Task Does_not_check_a_code_after_too_many_wrong_ones()
    {
        await MakeAsync(isRight: false);
        await MakeAsync(isRight: false);
        Server.Clock.Advance(TimeSpan.FromMinutes(8));

        var error = (await MakeAsync()).Error!;

        Assert.That((error.Code, error.RetryAfter), Is.EqualTo(("too_many_attempts", TimeSpan.FromMinutes(7))));
        Assert.That(_checks, Is.EqualTo(2));
    }

    [TestCase(false)]
    [TestCase(true, TestName = "Counts and records a code that another request has just used")]
    public async Task Counts_and_records_a_wrong_code(bool isRight)
    {
        Assert.That((await MakeAsync(isRight, MfaErrors.MfaCodeInvalid)).Error, Is.EqualTo(MfaErrors.MfaCodeInvalid));
        await MakeAsync(isRight, MfaErrors.MfaCodeInvalid);

        Assert.That((await MakeAsync()).Error?.Code, Is.EqualTo("too_many_attempts"));
        var recorded = new RecordedEvent(
            AuditEventType.MfaDisabled,
            AuditOutcome.Failed,
            _me,
            _me,
            Server.Caller.Session!.Id
        );
        Assert.That(await RecordedAsync(_me), Has.Count.EqualTo(3).And.Exactly(2).EqualTo(recorded));
    }

    [Test]
    public async Task Returns_the_error_of_saving_the_failed_attempt()
    {
        Saves.Refusal = Given.Failure;

        Assert.That((await MakeAsync(isRight: false)).Error, Is.EqualTo(Given.Failure));
    }

    [Test]
    public void Counts_attempts_under_an_identifier_that_no_login_can_have() =>
        Assert.That(
            new LoginUserValidator().ErrorTextOf(new LoginUserCommand(Credentials.MfaIdentifierOf(_me), "x")),
            Is.EqualTo("login: invalid_format")
        );

    private Task<Result> MakeAsync(bool isRight = true, Error? failure = null) =>
        Server.UseAsync(
            (IServiceProvider services) =>
                services
                    .GetRequiredService<MfaCodeAttempts>()
                    .MakeAsync(
                        _me,
                        () =>
                        {
                            _checks++;
                            return Task.FromResult(isRight);
                        },
                        () => Task.FromResult(failure is null ? Result.Success : failure),
                        () => services.GetRequiredService<AuditLog>().RecordRefused(AuditEventType.MfaDisabled, _me),
                        default
                    )
        );
}
