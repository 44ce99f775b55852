using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Export;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>
/// Whatever was verified is verified again where it is saved (security requirement 31): somebody acts with a credential, and
/// after it was found right and before anything is saved, the owner changes the account.
/// </summary>
public sealed class CredentialRaceTests : UseCaseTests
{
    // Of the owner's new password.
    private const string Change = NewPassword;
    private const string OtherPassword = "eleven copper lanterns";

    private static readonly string[] Changes = ["reset", "password", "disabled", "deleted"];

    private static readonly (string Act, string Code)[] Acts =
    [
        ("sign-in by password", "invalid_credentials"),
        ("sign-in to the second step", "invalid_credentials"),
        ("sign-in by code", "mfa_code_invalid"),
        ("sign-in by passkey", "passkey_invalid"),
        ("sign-in that hashes anew", "invalid_credentials"),
        ("password", "session_revoked"),
        ("address", "session_revoked"),
        ("username", "session_revoked"),
        ("factor begun", "session_revoked"),
        ("factor on", "session_revoked"),
        ("factor off", "session_revoked"),
        ("recovery codes", "session_revoked"),
        ("passkey begun", "session_revoked"),
        ("passkey added", "session_revoked"),
        ("passkey removed", "session_revoked"),
        ("other sessions ended", "session_revoked"),
        ("one session ended", "session_revoked"),
        ("export", "session_revoked"),
        ("deletion", "session_revoked"),
        ("reset", "token_invalid_or_expired"),
        ("confirmation", "token_invalid_or_expired"),
        ("rejection", "token_invalid_or_expired"),
    ];

    private readonly SoftAuthenticator _authenticator = PasskeyCalls.Authenticator();
    private Instance _elsewhere = null!;
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn()
    {
        _account = await EnterAsync();
        _elsewhere = TestRun.Database.Start();
        _elsewhere.Clock.SetUtcNow(Now);
        _elsewhere.Caller.Session = await Server.SignInAsync(_account.UserId);
    }

    [TearDown]
    public async Task CleanUp()
    {
        _authenticator.Dispose();
        await _elsewhere.DisposeAsync();
    }

    private static IEnumerable<TestCaseData> Races() =>
        from act in Acts
        from change in Changes
        select new TestCaseData(act.Act, change, act.Code);

    [TestCaseSource(nameof(Races))]
    public async Task Saves_nothing_that_rests_on_what_holds_no_more(string act, string change, string code)
    {
        var request = await ArrangeAsync(act);
        _elsewhere.Clock.SetUtcNow(Now);
        var address = (await Records.AccountAsync(_account.UserId))!.Email;
        Saves.Meanwhile = () => ChangeAsync(change);

        Assert.That((await ErrorOfAsync(request))?.Code, Is.EqualTo(code));

        var live = (await Records.SessionsAsync(_account.UserId)).Where(session => session.IsLive(Now));
        var stored = await Records.AccountAsync(_account.UserId);
        if (change == "deleted")
        {
            Assert.That((live, stored), Is.EqualTo((Enumerable.Empty<object>(), (Credentials?)null)));
            return;
        }

        Assert.That(live.Select(session => session.Id), Is.SubsetOf([_elsewhere.Caller.Session!.Id]));
        Assert.That(stored!.Email, Is.EqualTo(address));
        Assert.That(stored.IsDisabled, Is.EqualTo(change == "disabled"));
        var password = change == "disabled" ? Password : Change;
        Assert.That(
            (await Hashing.VerifyAsync(stored.PasswordHash, password, default)).Value,
            Is.Not.EqualTo(PasswordVerification.Failed)
        );
    }

    [Test]
    public async Task Of_two_changes_of_the_password_at_once_one_is_refused()
    {
        _elsewhere.Caller.Session = Server.Caller.Session;
        Saves.Meanwhile = () => ChangeAsync("password");

        await FailsAsync(new ChangePasswordCommand(Password, OtherPassword), "reauthentication_failed");

        await FailsAsync(new LoginUserCommand(_account.Username, OtherPassword), "invalid_credentials");
        Assert.That((await SendAsync(new LoginUserCommand(_account.Username, Change))).Error, Is.Null);
    }

    [Test]
    public async Task Nobody_signs_in_without_a_second_factor_that_is_switched_on_meanwhile()
    {
        var before = (await Records.SessionsAsync(_account.UserId)).Count;
        Saves.Meanwhile = () => EnableMfaAsync(_account.UserId);

        await FailsAsync(new LoginUserCommand(_account.Username, Password), "invalid_credentials");

        Assert.That(await Records.SessionsAsync(_account.UserId), Has.Count.EqualTo(before));
        await FailsAsync(new LoginUserCommand(_account.Username, Password), "mfa_required");
    }

    [Test]
    public async Task A_sign_in_that_lost_is_in_the_audit_trail()
    {
        Saves.Meanwhile = () => ChangeAsync("password");

        await FailsAsync(new LoginUserCommand(_account.Username, Password, "Tablet"), "invalid_credentials");

        Assert.That(
            await ToldAsync(_account.UserId),
            Has.Exactly(1)
                .EqualTo(
                    new Told(
                        Domain.Audit.AuditEventType.SignInFailed,
                        Domain.Audit.AuditOutcome.Failed,
                        null,
                        _account.UserId,
                        Device: "Tablet"
                    )
                )
        );
    }

    // Two that sign in with the weak hash of the right password are both right.
    [Test]
    public async Task A_stronger_hash_of_the_same_password_keeps_nobody_out()
    {
        await WeakenAsync();
        Saves.Meanwhile = async () =>
            Assert.That((await _elsewhere.SendAsync(new LoginUserCommand(_account.Username, Password))).Error, Is.Null);

        Assert.That((await SendAsync(new LoginUserCommand(_account.Username, Password))).Error, Is.Null);
    }

    private async Task ChangeAsync(string change)
    {
        switch (change)
        {
            case "reset":
                var token = await _elsewhere.UseAsync(
                    (IAccountTokens tokens) =>
                        tokens.IssueAsync(
                            AccountTokenPurpose.ResetPassword,
                            _account.UserId,
                            _account.Email,
                            Now,
                            default
                        )
                );
                await DoneAsync(new ResetPasswordCommand(_account.Email, token!, Change));
                break;
            case "password":
                await DoneAsync(new ChangePasswordCommand(Password, Change));
                break;
            case "disabled":
                await base.ChangeAsync(_account.UserId, row => row.Disable(Now));
                await SaveAsync(
                    (ISessionRepository sessions) =>
                        sessions.RevokeAll(_account.UserId, SessionEnd.AccountDisabled, Now)
                );
                break;
            default:
                await base.ChangeAsync(_account.UserId, row => row.Delete(Given.Now));
                break;
        }
    }

    private async Task DoneAsync(IRequest<Result> request) =>
        Assert.That((await _elsewhere.SendAsync(request)).Error, Is.Null);

    private async Task<IBaseRequest> ArrangeAsync(string act)
    {
        var (id, login) = (_account.UserId, _account.Username);
        switch (act)
        {
            case "sign-in by password":
                return new LoginUserCommand(login, Password);
            case "sign-in to the second step":
                await EnableMfaAsync(id);
                return new LoginUserCommand(login, Password);
            case "sign-in by code":
                var (app, _) = await EnableMfaAsync(id);
                return new VerifyMfaCommand(await ChallengeTokenAsync(_account), app.Code());
            case "sign-in by passkey":
                await SendAsync(await Server.RegistrationAsync(_authenticator, Password));
                return await Server.AuthenticationAsync(_authenticator);
            case "sign-in that hashes anew":
                await WeakenAsync();
                return new LoginUserCommand(login, Password);
            case "password":
                return new ChangePasswordCommand(Password, OtherPassword);
            case "address":
                return new ChangeEmailCommand($"thief.{_account.Email}", Password);
            case "username":
                return new UpdateMeCommand(new(Instance.NewName()));
            case "factor begun":
                return new EnrolTotpCommand(Password);
            case "factor on":
                return new ConfirmTotpCommand((await BeginMfaAsync(id)).Code());
            case "factor off":
                return new DisableMfaCommand(Password, (await EnableMfaAsync(id)).App.Code());
            case "recovery codes":
                return new ReplaceRecoveryCodesCommand(Password, (await EnableMfaAsync(id)).App.Code());
            case "passkey begun":
                return new BeginPasskeyCommand(Password);
            case "passkey added":
                return await Server.RegistrationAsync(_authenticator, Password);
            case "passkey removed":
                var added = await SendAsync(await Server.RegistrationAsync(_authenticator, Password));
                return new RemovePasskeyCommand(added.Value!.Id, Password);
            case "other sessions ended":
                return new RevokeOtherSessionsCommand();
            case "one session ended":
                return new RevokeSessionCommand(_elsewhere.Caller.Session!.Id);
            case "export":
                return new ExportMeCommand(Password);
            case "deletion":
                return new DeleteMeCommand(Password);
            case "reset":
                return new ResetPasswordCommand(
                    _account.Email,
                    await MailedTokenAsync(AccountTokenPurpose.ResetPassword, id, _account.Email),
                    OtherPassword
                );
            default:
                var pending = $"new.{_account.Email}";
                await base.ChangeAsync(id, row => row.RequestEmailChange(pending));
                var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, id, pending);
                return act == "confirmation" ? new ConfirmEmailCommand(id, token) : new RejectEmailCommand(id, token);
        }
    }

    private async Task WeakenAsync()
    {
        await using var weak = TestRun.Database.Start(("Accounts:PasswordIterations", "500"));
        var hash = (await weak.Get<IPasswordHashing>().HashAsync(Password, default)).Value!;
        await base.ChangeAsync(_account.UserId, row => row.Rehash(hash));
    }
}
