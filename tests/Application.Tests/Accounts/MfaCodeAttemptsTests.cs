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
    private int _looks;

    [SetUp]
    public async Task SignIn() => _me = (await EnterAsync()).UserId;

    [Test]
    public async Task Forgives_wrong_codes_after_a_right_one()
    {
        foreach (var isRight in new[] { false, true, false, true })
        {
            Assert.That((await MakeAsync(isRight)).IsSuccess, Is.EqualTo(isRight));
        }
    }

    [Test]
    public async Task Forgives_nothing_when_the_right_one_is_not_saved_and_tells_of_no_wrong_one()
    {
        await MakeAsync(isRight: false);

        Assert.That((await MakeAsync(failure: Given.Failure)).Error, Is.EqualTo(Given.Failure));

        Assert.That((await MakeAsync()).Error?.Code, Is.EqualTo("too_many_attempts"));
        Assert.That(
            (await ToldAsync(_me)).Select(told => told.Type),
            Is.EquivalentTo([AuditEventType.MfaDisabled, AuditEventType.TooManyAttempts])
        );
    }

    [Test]
    public async Task Looks_at_no_code_after_too_many_wrong_ones()
    {
        await MakeAsync(isRight: false);
        await MakeAsync(isRight: false);
        Server.Clock.Advance(TimeSpan.FromMinutes(8));

        var error = (await MakeAsync()).Error!;

        Assert.That((error.Code, error.RetryAfter), Is.EqualTo(("too_many_attempts", TimeSpan.FromMinutes(7))));
        Assert.That(_looks, Is.EqualTo(2));
    }

    [TestCase(false)]
    [TestCase(true, TestName = "Counts and records a code that somebody else was quicker with")]
    public async Task Counts_and_records_a_wrong_code(bool isRight)
    {
        Assert.That((await MakeAsync(isRight, MfaErrors.MfaCodeInvalid)).Error, Is.EqualTo(MfaErrors.MfaCodeInvalid));
        await MakeAsync(isRight, MfaErrors.MfaCodeInvalid);

        Assert.That((await MakeAsync()).Error?.Code, Is.EqualTo("too_many_attempts"));
        var told = new Told(AuditEventType.MfaDisabled, AuditOutcome.Failed, _me, _me, Server.Caller.Session!.Id);
        Assert.That(await ToldAsync(_me), Has.Count.EqualTo(3).And.Exactly(2).EqualTo(told));
    }

    [Test]
    public async Task Passes_on_what_saving_the_failure_says()
    {
        Saves.Refusal = Given.Failure;

        Assert.That((await MakeAsync(isRight: false)).Error, Is.EqualTo(Given.Failure));
    }

    [Test]
    public void Counts_under_a_name_that_no_login_can_have() =>
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
                            _looks++;
                            return Task.FromResult(isRight);
                        },
                        () => Task.FromResult(failure is null ? Result.Success : failure),
                        () => services.GetRequiredService<AuditLog>().RecordRefused(AuditEventType.MfaDisabled, _me),
                        default
                    )
        );
}
