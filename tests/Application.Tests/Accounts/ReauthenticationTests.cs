using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class ReauthenticationTests() : UseCaseTests(("Accounts:FailedSignInLimit", "2"))
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await EnterAsync();

    [TestCase("1000")]
    [TestCase("1001", TestName = "Gives the account also when the right password is weakly hashed")]
    public async Task Gives_the_account_after_the_right_password(string iterations)
    {
        await using var server = TestRun.Database.Start(("Accounts:PasswordIterations", iterations));
        server.Caller.Session = Server.Caller.Session;

        Assert.That((await ConfirmAsync(Password, server)).Value, Is.EqualTo(_account));
    }

    [Test]
    public async Task Forgives_the_wrong_passwords_after_the_right_one()
    {
        foreach (var password in new[] { "wrong", Password, "wrong", Password })
        {
            Assert.That((await ConfirmAsync(password)).IsSuccess, Is.EqualTo(password == Password));
        }
    }

    [Test]
    public async Task Tells_the_audit_trail_of_a_wrong_password()
    {
        Server.Clock.Advance(TimeSpan.FromTicks(1234));

        Assert.That((await ConfirmAsync("wrong")).Error, Is.EqualTo(AuthErrors.ReauthenticationFailed));
        Assert.That(
            await ToldAsync(_account.UserId),
            Is.EqualTo([
                new Told(
                    AuditEventType.ReauthenticationFailed,
                    AuditOutcome.Failed,
                    _account.UserId,
                    _account.UserId,
                    Server.Caller.Session!.Id
                ),
            ])
        );
        await AssertHereAndNowAsync(_account.UserId);
    }

    [Test]
    public async Task Looks_at_no_password_after_too_many_wrong_ones()
    {
        await ConfirmAsync("wrong");
        await ConfirmAsync("wrong");
        var verified = Hashing.Verified;
        Server.Clock.Advance(TimeSpan.FromMinutes(8));

        var error = (await ConfirmAsync(Password)).Error!;

        Assert.That((error.Code, error.RetryAfter), Is.EqualTo(("too_many_attempts", TimeSpan.FromMinutes(7))));
        Assert.That(Hashing.Verified, Is.EqualTo(verified));
        Assert.That(
            (await ToldAsync(_account.UserId)).Select(told => told.Type),
            Is.EquivalentTo([
                AuditEventType.ReauthenticationFailed,
                AuditEventType.ReauthenticationFailed,
                AuditEventType.TooManyAttempts,
            ])
        );
    }

    [Test]
    public async Task Counts_no_password_that_cannot_be_compared_now()
    {
        Hashing.IsFull = true;
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await ConfirmAsync("wrong")).Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        }

        Hashing.IsFull = false;
        Assert.That((await ConfirmAsync(Password)).Error, Is.Null);
        Assert.That(await ToldAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Answers_like_the_door_when_the_user_is_gone()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await ConfirmAsync(Password)).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [Test]
    public async Task Passes_on_what_saving_the_failure_says()
    {
        Saves.Refusal = Given.Failure;

        Assert.That((await ConfirmAsync("wrong")).Error, Is.EqualTo(Given.Failure));
    }

    private Task<Result<Credentials>> ConfirmAsync(string password, Instance? server = null) =>
        (server ?? Server).UseAsync(
            (Reauthentication port) =>
                port.ConfirmPasswordAsync(password, account => Task.FromResult<Result<Credentials>>(account), default)
        );
}
