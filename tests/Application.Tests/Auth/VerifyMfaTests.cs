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
    public async Task GiveThePassword()
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
        Assert.That(await ToldSinceThePasswordAsync(), Is.EqualTo([SignedIn(session.Id)]));
    }

    [Test]
    public async Task A_token_works_once_and_so_does_a_code()
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
            await ToldSinceThePasswordAsync(),
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
    public async Task Keeps_the_token_after_a_wrong_code_and_records_that_in_the_name_of_nobody()
    {
        await FailsAsync(new VerifyMfaCommand(_token, _app.WrongCode()), "mfa_code_invalid");

        Assert.That(await ToldSinceThePasswordAsync(), Is.EqualTo([Refused()]));
        Assert.That((await VerifyAsync()).Error, Is.Null);
    }

    [Test]
    public async Task Looks_at_no_code_when_there_were_too_many_attempts()
    {
        await FailTenTimesAsync();

        var error = await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "too_many_attempts");

        Assert.That(error.RetryAfter, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(await Records.SessionsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Forgives_wrong_codes_after_the_right_one_and_not_after_the_password()
    {
        for (var i = 0; i < 9; i++)
        {
            await SendAsync(new VerifyMfaCommand(_token, _app.WrongCode()));
        }

        _token = await BeginAsync();
        Assert.That((await VerifyAsync()).Error, Is.Null, "The tenth attempt.");
        _token = await BeginAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await VerifyAsync()).Error, Is.Null, "The first one again.");
        _token = await BeginAsync();
        await FailTenTimesAsync();
        _token = await BeginAsync();
        await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "too_many_attempts");
    }

    [Test]
    public async Task Forgives_nothing_and_uses_nothing_up_when_it_cannot_be_saved()
    {
        Saves.Refusal = Given.Failure;
        Assert.That((await VerifyAsync()).Error, Is.EqualTo(Given.Failure));
        Saves.Refusal = null;

        Assert.That((await VerifyAsync()).Error, Is.Null);
    }

    [Test]
    public async Task Does_nothing_with_a_token_that_nobody_issued_or_that_is_older_than_five_minutes()
    {
        await FailsAsync(new VerifyMfaCommand("nobody's", _app.Code()), "mfa_code_invalid");
        Server.Clock.Advance(ChallengeToken.Lifetime);
        await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "mfa_code_invalid");

        Assert.That(await ToldSinceThePasswordAsync(), Is.Empty);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Takes_no_code_of_an_account_that_is_disabled_or_has_no_factor_any_more(bool isDisabled)
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

        Assert.That(await ToldSinceThePasswordAsync(), Is.EqualTo([Refused()]));
    }

    [Test]
    public async Task Records_nothing_of_an_account_that_is_gone()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        await FailsAsync(new VerifyMfaCommand(_token, _app.Code()), "mfa_code_invalid");

        Assert.That(await ToldSinceThePasswordAsync(), Is.Empty);
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
    public void Needs_the_token_and_one_code(string? token, string? code, string? recoveryCode, string error) =>
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
    public void No_member_takes(string badName)
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

    private Told SignedIn(Guid? sessionId) => Told.Of(AuditEventType.SignedIn, _account.UserId, sessionId, "Tablet");

    private Told Refused() =>
        new(AuditEventType.SignInFailed, AuditOutcome.Failed, null, _account.UserId, Device: "Tablet");

    private async Task<List<Told>> ToldSinceThePasswordAsync() =>
        (await ToldAsync(_account.UserId)).FindAll(told => told.Type != AuditEventType.MfaRequired);
}
