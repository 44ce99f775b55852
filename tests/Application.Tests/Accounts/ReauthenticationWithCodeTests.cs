using Fitnessify.Application.Accounts;
using Fitnessify.Application.Export;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using MediatR;

namespace Fitnessify.Application.Tests.Accounts;

/// <summary>While the second factor is on, no action that bypasses it accepts the password alone (security requirement 34).</summary>
public sealed class ReauthenticationWithCodeTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

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
    public async Task Requires_a_code_or_a_recovery_code(Func<string?, string?, IBaseRequest> act)
    {
        var (app, recoveryCodes) = await EnableMfaAsync(_account.UserId);

        Assert.That((await ErrorOfAsync(act(null, null)))?.Code, Is.EqualTo("mfa_code_invalid"));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.Empty,
            "A missing code does not count as a failed attempt."
        );
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
    public async Task Requires_a_code_to_remove_a_passkey()
    {
        using var authenticator = PasskeyCalls.Authenticator();
        var added = (await SendAsync(await Server.RegistrationAsync(authenticator, Password))).Value!;
        var (app, _) = await EnableMfaAsync(_account.UserId);

        await FailsAsync(new RemovePasskeyCommand(added.Id, Password), "mfa_code_invalid");

        Assert.That((await SendAsync(new RemovePasskeyCommand(added.Id, Password, app.Code()))).Error, Is.Null);
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Accepts_the_password_alone_while_the_second_factor_is_off(
        Func<string?, string?, IBaseRequest> act
    ) =>
        Assert.That(
            (await ErrorOfAsync(act(null, null)))?.Code,
            Is.EqualTo(act(null, null) is ReplaceRecoveryCodesCommand ? "state_conflict" : null)
        );
}
