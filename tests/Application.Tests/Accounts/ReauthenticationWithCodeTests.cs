using Fitnessify.Application.Accounts;
using Fitnessify.Application.Export;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using MediatR;

namespace Fitnessify.Application.Tests.Accounts;

/// <summary>With a second factor on, nothing that goes around it takes the password alone (security requirement 34).</summary>
public sealed class ReauthenticationWithCodeTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await EnterAsync();

    private static readonly Func<string?, string?, IBaseRequest>[] Acts =
    [
        (code, recoveryCode) => new ReplaceRecoveryCodesCommand(Password, code, recoveryCode),
        (code, recoveryCode) => new BeginPasskeyCommand(Password, code, recoveryCode),
        (code, recoveryCode) =>
            new ChangeEmailCommand($"{Instance.NewName()}@example.org", Password, code, recoveryCode),
        (code, recoveryCode) => new ExportMeCommand(Password, code, recoveryCode),
        (code, recoveryCode) => new DeleteMeCommand(Password, code, recoveryCode),
    ];

    private static IEnumerable<TestCaseData> Cases() =>
        Acts.Select(act => new TestCaseData(act).SetArgDisplayNames(act("", null).GetType().Name));

    [TestCaseSource(nameof(Cases))]
    public async Task Takes_a_code_or_a_recovery_code_and_nothing_less(Func<string?, string?, IBaseRequest> act)
    {
        var (app, recoveryCodes) = await EnableMfaAsync(_account.UserId);

        Assert.That((await ErrorOfAsync(act(null, null)))?.Code, Is.EqualTo("mfa_code_invalid"));
        Assert.That(await ToldAsync(_account.UserId), Is.Empty, "Who gives none has not guessed.");
        Assert.That((await ErrorOfAsync(act(app.WrongCode(), null)))?.Code, Is.EqualTo("mfa_code_invalid"));
        Assert.That((await ErrorOfAsync(act(null, "zzzzz-zzzzz")))?.Code, Is.EqualTo("mfa_code_invalid"));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.Not.Null);

        Assert.That((await ErrorOfAsync(act(null, recoveryCodes[0])))?.Code, Is.Null);
        if (await Records.AccountAsync(_account.UserId) is not null)
        {
            Assert.That((await ErrorOfAsync(act(app.Code(), null)))?.Code, Is.Null);
        }
    }

    [Test]
    public async Task Takes_one_to_remove_a_passkey_too()
    {
        using var authenticator = PasskeyCalls.Authenticator();
        var added = (await SendAsync(await Server.RegistrationAsync(authenticator, Password))).Value!;
        var (app, _) = await EnableMfaAsync(_account.UserId);

        await FailsAsync(new RemovePasskeyCommand(added.Id, Password), "mfa_code_invalid");

        Assert.That((await SendAsync(new RemovePasskeyCommand(added.Id, Password, app.Code()))).Error, Is.Null);
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Takes_the_password_alone_while_the_factor_is_off(Func<string?, string?, IBaseRequest> act) =>
        Assert.That(
            (await ErrorOfAsync(act(null, null)))?.Code,
            Is.EqualTo(act(null, null) is ReplaceRecoveryCodesCommand ? "state_conflict" : null)
        );
}
