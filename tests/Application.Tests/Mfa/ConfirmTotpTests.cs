using Fitnessify.Application.Auth;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class ConfirmTotpTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [Test]
    public async Task Turns_the_second_factor_on_and_returns_recovery_codes()
    {
        var codes = (await ConfirmAsync(await EnrolAsync())).Value!.RecoveryCodes;

        Assert.That(codes, Has.Count.EqualTo(10).And.Unique);
        Assert.That(
            await Records.SecondFactorAsync(_account.UserId),
            Is.EqualTo(new MfaStatus(true, Given.Now, codes.Count))
        );
        var token = await ChallengeTokenAsync(_account);
        var verify = new VerifyMfaCommand(token, RecoveryCode: codes[0]);
        Assert.That((await SendAsync(verify)).Error, Is.Null);
    }

    [Test]
    public async Task Records_an_audit_event_and_notifies_the_user_by_mail()
    {
        var app = await EnrolAsync();
        Server.Clock.Advance(TimeSpan.FromTicks(1234));

        await ConfirmAsync(app);

        var mail = (await Records.MailsAsync(_account.UserId)).Single();
        Assert.That(
            (mail.Kind, mail.Address, mail.Data["at"]),
            Is.EqualTo((MailKind.MfaEnabled, (string?)null, "2026-03-14T15:09:26.5350000+00:00"))
        );
        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo([Event(AuditOutcome.Succeeded)]));
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [Test]
    public async Task A_sign_in_that_waits_for_a_code_of_the_old_app_has_to_start_over()
    {
        await EnableMfaAsync(_account.UserId);
        var token = await ChallengeTokenAsync(_account);
        await SaveAsync((IMfaRepository factors) => factors.Remove(_account.UserId));
        var app = await EnrolAsync();

        Assert.That((await ConfirmAsync(app)).Error, Is.Null);

        await FailsAsync(new VerifyMfaCommand(token, app.Code(1)), "mfa_code_invalid");
    }

    [Test]
    public async Task Changes_nothing_after_a_wrong_code_and_records_it()
    {
        var app = await EnrolAsync();

        await FailsAsync(new ConfirmTotpCommand(app.WrongCode()), "mfa_code_invalid");

        Assert.That(await Records.SecondFactorAsync(_account.UserId), Is.EqualTo(MfaStatus.Off));
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
        Assert.That(await RecordedAsync(_account.UserId), Is.EqualTo([Event(AuditOutcome.Failed)]));
    }

    [Test]
    public async Task Returns_no_recovery_codes_that_were_not_saved()
    {
        var app = await EnrolAsync();
        Saves.Refusal = Given.Failure;

        Assert.That((await ConfirmAsync(app)).Error, Is.EqualTo(Given.Failure));
        Assert.That(await Records.SecondFactorAsync(_account.UserId), Is.EqualTo(MfaStatus.Off));
    }

    [TestCase("123456", "")]
    [TestCase(" 123456 ", "")]
    [TestCase("", "code: required")]
    [TestCase(" ", "code: required")]
    [TestCase(null, "code: required")]
    [TestCase("12345", "code: invalid_format")]
    [TestCase("1234567", "code: invalid_format")]
    [TestCase("123 456", "")]
    [TestCase("12345a", "code: invalid_format")]
    [TestCase("١٢٣٤٥٦", "code: invalid_format")]
    [TestCase("123456\n7", "code: invalid_format")]
    public void Checks_the_code(string? code, string error) =>
        Assert.That(new ConfirmTotpValidator().ErrorTextOf(new ConfirmTotpCommand(code!)), Is.EqualTo(error));

    private RecordedEvent Event(AuditOutcome outcome) =>
        new(AuditEventType.MfaEnabled, outcome, _account.UserId, _account.UserId, Server.Caller.Session!.Id);

    private async Task<Authenticator> EnrolAsync() =>
        new((await SendAsync(new EnrolTotpCommand(Password))).Value!.Secret, Server.Clock);

    private Task<Result<RecoveryCodesDto>> ConfirmAsync(Authenticator app) =>
        SendAsync(new ConfirmTotpCommand($" {app.Code()} "));
}
