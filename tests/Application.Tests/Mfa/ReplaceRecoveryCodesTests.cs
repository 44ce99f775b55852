using Fitnessify.Application.Auth;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Mfa;

namespace Fitnessify.Application.Tests.Mfa;

public sealed class ReplaceRecoveryCodesTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [Test]
    public async Task Only_the_new_codes_work_afterwards()
    {
        var (app, old) = await EnableMfaAsync(_account.UserId);

        var codes = (await ReplaceAsync(app.Code())).Value!.RecoveryCodes;

        Assert.That(codes, Has.Count.EqualTo(10));
        Assert.That((await SignInAsync(old[0])).Error, Is.EqualTo(MfaErrors.MfaCodeInvalid));
        Assert.That((await SignInAsync(codes[0])).Error, Is.Null);
    }

    [Test]
    public async Task Notifies_the_user_by_mail_and_records_an_audit_event()
    {
        var (app, _) = await EnableMfaAsync(_account.UserId);

        await ReplaceAsync(app.Code());

        Assert.That(
            (await Records.MailsAsync(_account.UserId)).Single().Kind,
            Is.EqualTo(MailKind.RecoveryCodesReplaced)
        );
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EqualTo([
                RecordedEvent.Of(AuditEventType.RecoveryCodesReplaced, _account.UserId, Server.Caller.Session!.Id),
            ])
        );
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [TestCase("wrong", "reauthentication_failed")]
    [TestCase(Password, "any_failure", TestName = "Returns no codes that were not saved")]
    public async Task Replaces_nothing_after_a_wrong_password(string password, string code)
    {
        var (app, old) = await EnableMfaAsync(_account.UserId);
        Saves.Refusal = password == Password ? Given.Failure : null;

        await FailsAsync(new ReplaceRecoveryCodesCommand(password, app.Code()), code);

        Saves.Refusal = null;
        Assert.That((await SignInAsync(old[0])).Error, Is.Null);
    }

    [Test]
    public async Task Refuses_while_the_second_factor_is_off()
    {
        Assert.That((await ReplaceAsync()).Error, Is.EqualTo(MfaErrors.MfaNotEnabled));
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [TestCase("x", "")]
    [TestCase("", "password: required")]
    public void Requires_the_password(string password, string error) =>
        Assert.That(
            new ReplaceRecoveryCodesValidator().ErrorTextOf(new ReplaceRecoveryCodesCommand(password)),
            Is.EqualTo(error)
        );

    private Task<Result<RecoveryCodesDto>> ReplaceAsync(string? code = null) =>
        SendAsync(new ReplaceRecoveryCodesCommand(Password, code));

    private async Task<Result<TokensDto>> SignInAsync(string recoveryCode)
    {
        var token = await ChallengeTokenAsync(_account);
        return await SendAsync(new VerifyMfaCommand(token, RecoveryCode: recoveryCode));
    }
}
