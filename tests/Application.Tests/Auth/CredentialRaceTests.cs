using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Export;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Sessions;
using MediatR;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>
/// Whatever was verified is verified again when it is saved (security requirement 31): somebody uses a credential, and the
/// owner changes the account after the credential was found correct and before anything is saved.
/// </summary>
public sealed class CredentialRaceTests : UseCaseTests
{
    // This hash belongs to the new password of the owner.
    private const string Change = NewPassword;
    private const string OtherPassword = "eleven copper lanterns";

    private static readonly string[] Changes = ["reset", "password", "disabled", "deleted"];

    private static readonly string[] Removals = ["passkey removed", "identity unlinked", "identity ended by Apple"];

    // These finish what was begun, and ask for no credential themselves.
    private static readonly (string Act, string Code)[] Begun =
    [
        ("passkey added", "passkey_invalid"),
        ("factor on", "mfa_code_invalid"),
        ("confirmation", "token_invalid_or_expired"),
    ];

    private static readonly (string Act, string Code)[] Acts =
    [
        ("sign-in by password", "invalid_credentials"),
        ("sign-in to the second step", "invalid_credentials"),
        ("sign-in by code", "mfa_code_invalid"),
        ("sign-in by passkey", "passkey_invalid"),
        ("sign-in that hashes again", "invalid_credentials"),
        ("sign-in by identity", "identity_token_invalid"),
        ("sign-in by identity to the second step", "identity_token_invalid"),
        ("reauthentication", "session_revoked"),
        ("reauthentication by identity", "session_revoked"),
        ("identity linked", "session_revoked"),
        ("identity unlinked", "session_revoked"),
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
        _account = await SignInNewUserAsync();
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
    public async Task Saves_nothing_based_on_a_credential_that_is_no_longer_valid(
        string act,
        string change,
        string code
    )
    {
        var request = await ArrangeAsync(act);
        _elsewhere.Clock.SetUtcNow(Now);
        var address = (await Records.AccountAsync(_account.UserId))!.Email;
        Saves.BeforeNextSave = () => ChangeAsync(change);

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

    private static IEnumerable<TestCaseData> RacesWithRemovals() =>
        from act in Begun
        from removal in Removals
        select new TestCaseData(act.Act, removal, act.Code);

    [TestCaseSource(nameof(RacesWithRemovals))]
    public async Task Saves_nothing_that_was_begun_before_a_credential_is_removed(
        string act,
        string removal,
        string code
    )
    {
        using var removed = PasskeyCalls.Authenticator();
        var passkey = (await SendAsync(await Server.RegistrationAsync(removed, Password))).Value!.Id;
        var subject = await LinkAsync(FakeIdentityTokens.Apple);
        var request = await ArrangeAsync(act);
        _elsewhere.Clock.SetUtcNow(Now);
        Saves.BeforeNextSave = () => RemoveAsync(removal, passkey, subject);

        Assert.That((await ErrorOfAsync(request))?.Code, Is.EqualTo(code));

        var user = (await Records.UserAsync(_account.UserId))!;
        var account = (await Records.AccountAsync(_account.UserId))!;
        Assert.That(
            (account.MfaEnabled, account.Email, account.PendingEmail),
            Is.EqualTo((false, _account.Email, (string?)null))
        );
        Assert.That(
            user.SignInMethods,
            Is.EquivalentTo(removal == "passkey removed" ? ["password", "apple"] : new[] { "password", "passkey" })
        );
        var passkeys = (await SendAsync(new ListPasskeysQuery())).Value!.Items;
        Assert.That(passkeys, Has.Count.EqualTo(removal == "passkey removed" ? 0 : 1));
    }

    [Test]
    public async Task One_of_two_concurrent_password_changes_is_refused()
    {
        _elsewhere.Caller.Session = Server.Caller.Session;
        Saves.BeforeNextSave = () => ChangeAsync("password");

        await FailsAsync(new ChangePasswordCommand(OtherPassword, Password), "reauthentication_failed");

        await FailsAsync(new LoginUserCommand(_account.Username, OtherPassword), "invalid_credentials");
        Assert.That((await SendAsync(new LoginUserCommand(_account.Username, Change))).Error, Is.Null);
    }

    [Test]
    public async Task Nobody_bypasses_a_second_factor_that_is_turned_on_during_the_sign_in()
    {
        var before = (await Records.SessionsAsync(_account.UserId)).Count;
        Saves.BeforeNextSave = () => EnableMfaAsync(_account.UserId);

        await FailsAsync(new LoginUserCommand(_account.Username, Password), "invalid_credentials");

        Assert.That(await Records.SessionsAsync(_account.UserId), Has.Count.EqualTo(before));
        await FailsAsync(new LoginUserCommand(_account.Username, Password), "mfa_required");
    }

    [Test]
    public async Task A_sign_in_that_lost_the_race_is_recorded()
    {
        Saves.BeforeNextSave = () => ChangeAsync("password");

        await FailsAsync(new LoginUserCommand(_account.Username, Password, "Tablet"), "invalid_credentials");

        Assert.That(
            await RecordedAsync(_account.UserId),
            Has.Exactly(1)
                .EqualTo(
                    new RecordedEvent(
                        Domain.Audit.AuditEventType.SignInFailed,
                        Domain.Audit.AuditOutcome.Failed,
                        null,
                        _account.UserId,
                        Device: "Tablet"
                    )
                )
        );
    }

    // Both of two concurrent sign-ins with the weak hash have the correct password.
    [Test]
    public async Task A_stronger_hash_of_the_same_password_does_not_block_a_sign_in()
    {
        await WeakenAsync();
        Saves.BeforeNextSave = async () =>
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
                            _account.Email!,
                            Now,
                            default
                        )
                );
                await DoneAsync(new ResetPasswordCommand(_account.Email!, token!, Change));
                break;
            case "password":
                await DoneAsync(new ChangePasswordCommand(Change, Password));
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

    private async Task RemoveAsync(string removal, string passkey, string subject)
    {
        switch (removal)
        {
            case "passkey removed":
                await DoneAsync(new RemovePasskeyCommand(passkey, Password));
                break;
            case "identity unlinked":
                var identity = (await Records.IdentitiesAsync(_account.UserId)).Single();
                await DoneAsync(new UnlinkIdentityCommand(identity.Id, Password));
                break;
            default:
                var told = new ReceiveAppleNotificationCommand(Tokens.SignEvent(subject));
                Assert.That((await SendAsync(told)).Error, Is.Null);
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
            case "sign-in that hashes again":
                await WeakenAsync();
                return new LoginUserCommand(login, Password);
            case "sign-in by identity to the second step":
                await EnableMfaAsync(id);
                goto case "sign-in by identity";
            case "sign-in by identity":
                var signIn = Tokens.Sign(await LinkAsync());
                return new LoginIdentityCommand(signIn.Provider, signIn.IdToken, signIn.Nonce);
            case "reauthentication":
                return new ReauthenticateCommand(Password);
            case "reauthentication by identity":
                var shown = Tokens.Sign(await LinkAsync());
                return new ReauthenticateCommand(Provider: shown.Provider, IdToken: shown.IdToken, Nonce: shown.Nonce);
            case "identity linked":
                var linked = Tokens.Sign(FakeIdentityTokens.NewSubject());
                return new LinkIdentityCommand(null, linked.Provider, linked.IdToken, linked.Nonce, Password: Password);
            case "identity unlinked":
                await LinkAsync();
                return new UnlinkIdentityCommand((await Records.IdentitiesAsync(id)).Single().Id, Password);
            case "password":
                return new ChangePasswordCommand(OtherPassword, Password);
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
                    _account.Email!,
                    await MailedTokenAsync(AccountTokenPurpose.ResetPassword, id, _account.Email!),
                    OtherPassword
                );
            default:
                var pending = $"new.{_account.Email}";
                await base.ChangeAsync(id, row => row.RequestEmailChange(pending));
                var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, id, pending);
                return act == "confirmation" ? new ConfirmEmailCommand(id, token) : new RejectEmailCommand(id, token);
        }
    }

    /// <summary>Links an identity to the account.</summary>
    /// <returns>The subject.</returns>
    private async Task<string> LinkAsync(IdentityProvider? provider = null)
    {
        var (issuer, subject) = (provider ?? FakeIdentityTokens.Google, FakeIdentityTokens.NewSubject());
        var claims = new IdentityClaims(
            issuer.Name,
            issuer.Issuer,
            subject,
            issuer.ClientIds[0],
            null,
            null,
            Now,
            "",
            Now
        );
        await SaveAsync(
            (IIdentityRepository identities) => identities.Add(LinkedIdentity.Link(_account.UserId, claims, null, Now))
        );
        return subject;
    }

    private async Task WeakenAsync()
    {
        await using var weak = TestRun.Database.Start(("Accounts:PasswordIterations", "500"));
        var hash = (await weak.Get<IPasswordHashing>().HashAsync(Password, default)).Value!;
        await base.ChangeAsync(_account.UserId, row => row.Rehash(hash));
    }
}
