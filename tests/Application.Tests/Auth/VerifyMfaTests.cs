using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Tests.Auth;

public sealed class VerifyMfaTests : UseCaseTests
{
    private static readonly string[] BadNames = [.. BadText.InLines.Select(bad => bad.Name)];

    private Credentials _account = null!;
    private Authenticator _app = null!;
    private IReadOnlyList<string> _recoveryCodes = [];
    private string _token = "";

    [SetUp]
    public async Task EnterPassword()
    {
        _account = await SignUpAsync();
        (_app, _recoveryCodes) = await EnableMfaAsync(_account.UserId);
        _token = await BeginAsync();
    }

    [Test]
    public async Task Starts_the_session_on_the_device_of_the_first_step()
    {
        var tokens = (await VerifyAsync()).Value!;

        var session = (await Records.SessionsAsync(_account.UserId)).Single();
        Assert.That((session.Id, session.Device), Is.EqualTo((tokens.SessionId, "Tablet")));
        Assert.That(await RecordedSinceThePasswordAsync(), Is.EqualTo([SignedIn(session.Id)]));
    }

    [Test]
    public async Task A_token_and_a_code_each_work_only_once()
    {
        var other = await BeginAsync();
        await VerifyAsync();

        await FailsAsync(new VerifyMfaCommand(other, _app.Code()), "mfa_code_invalid");
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "mfa_code_invalid");

        Assert.That((await SendAsync(new VerifyMfaCommand(other, _app.Code()))).Error, Is.Null);
    }

    [Test]
    public async Task Records_that_a_recovery_code_was_used()
    {
        var tokens = (await SendAsync(new VerifyMfaCommand(_token, null, _recoveryCodes[3]))).Value!;

        Assert.That(
            await RecordedSinceThePasswordAsync(),
            Is.EquivalentTo([
                SignedIn(tokens.SessionId),
                SignedIn(null) with
                {
                    Type = AuditEventType.RecoveryCodeUsed,
                },
            ])
        );
        Assert.That((await Records.SecondFactorAsync(_account.UserId)).RecoveryCodesLeft, Is.EqualTo(9));
    }

    [Test]
    public async Task Keeps_the_token_after_a_wrong_code_and_records_the_failure_without_an_actor()
    {
        await FailsAsync(new VerifyMfaCommand(_token, _app.WrongCode()), "mfa_code_invalid");

        Assert.That(await RecordedSinceThePasswordAsync(), Is.EqualTo([Refused()]));
        Assert.That((await VerifyAsync()).Error, Is.Null);
    }

    [Test]
    public async Task Does_not_check_a_code_after_too_many_attempts()
    {
        await FailTenTimesAsync();

        var error = await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "too_many_attempts");

        Assert.That(error.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(await Records.SessionsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Clears_the_wrong_codes_after_a_correct_code_but_not_after_the_password()
    {
        for (var i = 0; i < 9; i++)
        {
            await SendAsync(new VerifyMfaCommand(_token, _app.WrongCode()));
        }

        _token = await BeginAsync();
        Assert.That((await VerifyAsync()).Error, Is.Null, "This is the tenth attempt.");
        _token = await BeginAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await VerifyAsync()).Error, Is.Null, "The attempts start again.");
        _token = await BeginAsync();
        await FailTenTimesAsync();
        _token = await BeginAsync();
        await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "too_many_attempts");
    }

    [Test]
    public async Task Clears_and_uses_up_nothing_when_saving_fails()
    {
        Saves.Refusal = Given.Failure;
        Assert.That((await VerifyAsync()).Error, Is.EqualTo(Given.Failure));
        Saves.Refusal = null;

        Assert.That((await VerifyAsync()).Error, Is.Null);
    }

    [Test]
    public async Task Does_nothing_with_an_unknown_or_expired_token()
    {
        await FailsAsync(new VerifyMfaCommand("nobody's", _app.Code()), "mfa_code_invalid");
        Server.Clock.Advance(ChallengeToken.Lifetime);
        await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "mfa_code_invalid");

        Assert.That(await RecordedSinceThePasswordAsync(), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Refuses_a_code_for_a_disabled_account_or_one_without_a_second_factor(bool isDisabled)
    {
        if (isDisabled)
        {
            await ChangeAsync(_account.UserId, row => row.Disable(Now));
        }
        else
        {
            await SaveAsync((IMfaRepository factors) => factors.Remove(_account.UserId));
        }

        await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "mfa_code_invalid");

        Assert.That(await RecordedSinceThePasswordAsync(), Is.EqualTo([Refused()]));
    }

    [Test]
    public async Task Records_nothing_for_a_deleted_account()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "mfa_code_invalid");

        Assert.That(await RecordedSinceThePasswordAsync(), Is.Empty);
    }

    [TestCase("t", "123456", null, "")]
    [TestCase("t", " 123456 ", null, "")]
    [TestCase("t", null, "k7m2p-x4d9q", "")]
    [TestCase("", "123456", null, "challengeToken: required")]
    [TestCase(null, "123456", null, "challengeToken: required")]
    [TestCase("t", null, null, "code: required")]
    [TestCase("t", " ", null, "code: required")]
    [TestCase("t", null, " ", "code: required")]
    [TestCase("t", "12345", null, "code: invalid_format")]
    [TestCase("t", "1234567", null, "code: invalid_format")]
    [TestCase("t", "12345x", null, "code: invalid_format")]
    [TestCase("t", "123456", "k7m2p-x4d9q", "recoveryCode: not_allowed")]
    public void Requires_the_token_and_exactly_one_code(
        string? token,
        string? code,
        string? recoveryCode,
        string error
    ) =>
        Assert.That(
            new VerifyMfaValidator().ErrorTextOf(new VerifyMfaCommand(token!, code, recoveryCode)),
            Is.EqualTo(error)
        );

    [TestCase(4096, 64, "")]
    [TestCase(4097, 65, "challengeToken: too_long, recoveryCode: too_long")]
    public void Checks_the_lengths(int token, int recoveryCode, string error) =>
        Assert.That(
            new VerifyMfaValidator().ErrorTextOf(
                new VerifyMfaCommand(new string('t', token), null, new string('c', recoveryCode))
            ),
            Is.EqualTo(error)
        );

    [TestCaseSource(nameof(BadNames))]
    public void Refuses_invalid_text_in_every_member(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(
            new VerifyMfaValidator().ErrorTextOf(new VerifyMfaCommand(bad, null, bad)),
            Is.EqualTo("challengeToken: invalid_format, recoveryCode: invalid_format")
        );
    }

    private Task<string> BeginAsync() => ChallengeTokenAsync(_account, "Tablet");

    private Task<Result<TokensDto>> VerifyAsync() => SendAsync(new VerifyMfaCommand(_token, _app.Code()));

    private async Task FailTenTimesAsync()
    {
        for (var i = 0; i < 10; i++)
        {
            await FailsAsync(new VerifyMfaCommand(_token, _app.WrongCode()), "mfa_code_invalid");
        }
    }

    private RecordedEvent SignedIn(Guid? sessionId) =>
        RecordedEvent.Of(AuditEventType.SignedIn, _account.UserId, sessionId, "Tablet");

    private RecordedEvent Refused() =>
        new(AuditEventType.SignInFailed, AuditOutcome.Failed, null, _account.UserId, Device: "Tablet");

    private async Task<List<RecordedEvent>> RecordedSinceThePasswordAsync() =>
        (await RecordedAsync(_account.UserId)).FindAll(recorded => recorded.Type != AuditEventType.MfaRequired);
}
