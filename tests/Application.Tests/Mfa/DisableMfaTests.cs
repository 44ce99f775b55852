using Fitnessify.Application.Auth;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class DisableMfaTests : UseCaseTests
{
    private Credentials _account = null!;
    private Authenticator _app = null!;
    private string _recoveryCode = "";

    [SetUp]
    public async Task EnableMfa()
    {
        _account = await SignInNewUserAsync();
        (_app, var codes) = await EnableMfaAsync(_account.UserId);
        _recoveryCode = codes[0];
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Requires_password_and_code_records_an_audit_event_and_notifies_the_user(bool isOfApp)
    {
        Assert.That((await DisableAsync(isOfApp)).Error, Is.Null);

        Assert.That(await Records.SecondFactorAsync(_account.UserId), Is.EqualTo(MfaStatus.Off));
        Assert.That(
            (await Records.MailsAsync(_account.UserId)).Select(mail => (mail.Kind, mail.Address)),
            Is.EqualTo([(MailKind.MfaDisabled, (string?)null)])
        );
        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo([Event(AuditOutcome.Succeeded)]));
        await AssertTimeAndAddressAsync(_account.UserId);
        Assert.That((await SendAsync(new LoginUserCommand(_account.Username, Password))).Error, Is.Null);
    }

    [Test]
    public async Task A_sign_in_that_waits_for_its_code_has_to_start_over_even_with_a_new_app()
    {
        var token = await ChallengeTokenAsync(_account);

        await DisableAsync();

        var (app, _) = await EnableMfaAsync(_account.UserId);
        await FailsAsync(new VerifyMfaCommand(token, app.Code()), "mfa_code_invalid");
    }

    [Test]
    public async Task Does_not_check_a_code_after_a_wrong_password()
    {
        await FailsAsync(new DisableMfaCommand("wrong", _app.Code()), "reauthentication_failed");

        Assert.That((await DisableAsync()).Error, Is.Null, "The code is not used up.");
    }

    [Test]
    public async Task Changes_nothing_after_a_wrong_code_and_records_it()
    {
        await FailsAsync(new DisableMfaCommand(Password, _app.WrongCode()), "mfa_code_invalid");

        Assert.That((await Records.SecondFactorAsync(_account.UserId)).IsEnabled, Is.True);
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
        var refused = Event(AuditOutcome.Failed) with { Type = AuditEventType.ReauthenticationFailed };
        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo([refused]));
    }

    [Test]
    public async Task Reports_when_the_second_factor_is_already_off()
    {
        await DisableAsync();

        Assert.That((await DisableAsync()).Error, Is.EqualTo(MfaErrors.MfaNotEnabled));
        Assert.That(await RecordedAsync(_account.UserId), Has.Count.EqualTo(1));
    }

    [TestCase("x", "123456", null, "")]
    [TestCase("x", null, "k7m2p-x4d9q", "")]
    [TestCase("x", null, null, "code: required")]
    [TestCase("x", "123456", "k7m2p-x4d9q", "recoveryCode: not_allowed")]
    [TestCase("", "12345", null, "password: required, code: invalid_format")]
    public void Requires_the_password_and_exactly_one_code(
        string password,
        string? code,
        string? recoveryCode,
        string error
    ) =>
        Assert.That(
            new DisableMfaValidator().ErrorTextOf(new DisableMfaCommand(password, code, recoveryCode)),
            Is.EqualTo(error)
        );

    private RecordedEvent Event(AuditOutcome outcome) =>
        new(AuditEventType.MfaDisabled, outcome, _account.UserId, _account.UserId, Server.Caller.Session!.Id);

    private Task<Result> DisableAsync(bool isOfApp = true) =>
        SendAsync(
            isOfApp
                ? new DisableMfaCommand(Password, _app.Code())
                : new DisableMfaCommand(Password, RecoveryCode: _recoveryCode)
        );
}
