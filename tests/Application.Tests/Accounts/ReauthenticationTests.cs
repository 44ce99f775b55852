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
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [TestCase("1000")]
    [TestCase("1001", TestName = "Returns the account for a correct password with a weak hash")]
    public async Task Returns_the_account_for_the_correct_password(string iterations)
    {
        await using var server = TestRun.Database.Start(("Accounts:PasswordIterations", iterations));
        server.Caller.Session = Server.Caller.Session;

        Assert.That((await ConfirmAsync(Password, server)).Value, Is.EqualTo(_account));
    }

    [Test]
    public async Task A_correct_password_clears_the_wrong_ones()
    {
        foreach (var password in new[] { "wrong", Password, "wrong", Password })
        {
            Assert.That((await ConfirmAsync(password)).IsSuccess, Is.EqualTo(password == Password));
        }
    }

    [Test]
    public async Task Records_a_wrong_password()
    {
        Server.Clock.Advance(TimeSpan.FromTicks(1234));

        Assert.That((await ConfirmAsync("wrong")).Error, Is.EqualTo(AuthErrors.ReauthenticationFailed));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EqualTo([
                new RecordedEvent(
                    AuditEventType.ReauthenticationFailed,
                    AuditOutcome.Failed,
                    _account.UserId,
                    _account.UserId,
                    Server.Caller.Session!.Id
                ),
            ])
        );
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [Test]
    public async Task Does_not_check_a_password_after_too_many_wrong_ones()
    {
        await ConfirmAsync("wrong");
        await ConfirmAsync("wrong");
        var verified = Hashing.Verified;
        Server.Clock.Advance(TimeSpan.FromMinutes(8));

        var error = (await ConfirmAsync(Password)).Error!;

        Assert.That((error.Code, error.RetryAfter), Is.EqualTo(("too_many_attempts", TimeSpan.FromMinutes(7))));
        Assert.That(Hashing.Verified, Is.EqualTo(verified));
        Assert.That(
            (await RecordedAsync(_account.UserId)).Select(recorded => recorded.Type),
            Is.EquivalentTo([
                AuditEventType.ReauthenticationFailed,
                AuditEventType.ReauthenticationFailed,
                AuditEventType.TooManyAttempts,
            ])
        );
    }

    [Test]
    public async Task Does_not_count_a_password_that_could_not_be_compared()
    {
        Hashing.IsFull = true;
        for (var i = 0; i < 3; i++)
        {
            Assert.That((await ConfirmAsync("wrong")).Error, Is.EqualTo(CommonErrors.ServiceUnavailable));
        }

        Hashing.IsFull = false;
        Assert.That((await ConfirmAsync(Password)).Error, Is.Null);
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Fails_like_authentication_when_the_user_no_longer_exists()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await ConfirmAsync(Password)).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [Test]
    public async Task Returns_the_error_of_saving_the_failed_attempt()
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
