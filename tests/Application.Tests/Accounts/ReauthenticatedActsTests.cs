using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Export;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Mfa;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Sessions;
using FluentValidation;
using MediatR;

namespace Fitnessify.Application.Tests.Accounts;

/// <summary>Every act that asks who the user is takes nothing within five minutes after a reauthentication of the session.</summary>
public sealed class ReauthenticatedActsTests : IdentityTests
{
    private static readonly (string Name, bool NeedsMfa, Func<ReauthenticatedActsTests, IBaseRequest> Make)[] Acts =
    [
        ("address", false, _ => new ChangeEmailCommand(NewAddress())),
        ("password", false, _ => new ChangePasswordCommand(NewPassword)),
        ("deletion", false, _ => new DeleteMeCommand()),
        ("export", false, _ => new ExportMeCommand()),
        ("factor begun", false, _ => new EnrolTotpCommand()),
        ("factor off", true, _ => new DisableMfaCommand()),
        ("recovery codes", true, _ => new ReplaceRecoveryCodesCommand()),
        ("passkey begun", false, _ => new BeginPasskeyCommand()),
        ("passkey removed", false, test => new RemovePasskeyCommand(test._passkey)),
        ("identity linked", false, test => Link(test.Tokens.Sign(FakeIdentityTokens.NewSubject()), password: null)),
        ("identity unlinked", false, test => new UnlinkIdentityCommand(test._identity)),
    ];

    private static readonly string[] Changes =
    [
        "password",
        "passkey added",
        "passkey removed",
        "identity linked",
        "identity unlinked",
        "identity ended by Apple",
        "factor on",
        "factor off",
        "recovery codes",
        "address",
    ];

    private static readonly (string Name, Func<string?, string?, string> Errors)[] Validated =
    [
        ("address", (code, recovery) => Errors(new ChangeEmailValidator(), new(NewAddress(), null, code, recovery))),
        ("deletion", (code, recovery) => Errors(new DeleteMeValidator(), new(null, code, recovery))),
        ("export", (code, recovery) => Errors(new ExportMeValidator(), new(null, code, recovery))),
        ("factor off", (code, recovery) => Errors(new DisableMfaValidator(), new(null, code, recovery))),
        ("recovery codes", (code, recovery) => Errors(new ReplaceRecoveryCodesValidator(), new(null, code, recovery))),
        ("passkey begun", (code, recovery) => Errors(new BeginPasskeyValidator(), new(null, code, recovery))),
        ("passkey removed", (code, recovery) => Errors(new RemovePasskeyValidator(), new("a", null, code, recovery))),
        (
            "identity linked",
            (code, recovery) =>
                Errors(new LinkIdentityValidator(), new LinkIdentityCommand("t", Code: code, RecoveryCode: recovery))
        ),
        (
            "identity unlinked",
            (code, recovery) => Errors(new UnlinkIdentityValidator(), new(Guid.NewGuid(), null, code, recovery))
        ),
        (
            "reauthentication",
            (code, recovery) => Errors(new ReauthenticateValidator(), new(Code: code, RecoveryCode: recovery))
        ),
    ];

    private readonly SoftAuthenticator _authenticator = PasskeyCalls.Authenticator();
    private Credentials _account = null!;
    private Session _session = null!;
    private Authenticator? _app;
    private string _passkey = "";
    private Guid _identity;

    [SetUp]
    public async Task SignInNewUser()
    {
        _account = await SignInNewUserAsync();
        _session = Server.Caller.Session!;
        _passkey = (await SendAsync(await Server.RegistrationAsync(_authenticator, Password))).Value!.Id;
        _identity = (await StoreAsync(_account.UserId, Subject, Apple)).Id;
    }

    [TearDown]
    public void DisposeAuthenticator() => _authenticator.Dispose();

    private static IEnumerable<TestCaseData> Cases() =>
        Acts.Select(act => new TestCaseData(act.Name, act.NeedsMfa, act.Make).SetArgDisplayNames(act.Name));

    private static IEnumerable<TestCaseData> Validations() =>
        Validated.Select(act => new TestCaseData(act.Errors).SetArgDisplayNames(act.Name));

    [TestCaseSource(nameof(Cases))]
    public async Task Takes_nothing_in_the_same_session_within_five_minutes(
        string name,
        bool needsMfa,
        Func<ReauthenticatedActsTests, IBaseRequest> make
    )
    {
        if (needsMfa)
        {
            (_app, _) = await EnableMfaAsync(_account.UserId);
        }

        Assert.That(await CodeOfAsync(make), Is.EqualTo("reauthentication_required"), "before");
        var other = await Server.SignInAsync(_account.UserId);
        await ReauthenticateAsync();

        Server.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.That(await CodeOfAsync(make), Is.EqualTo("reauthentication_required"), "after five minutes");
        await ReauthenticateAsync();
        Assert.That(
            await AsAsync(other, () => CodeOfAsync(make)),
            Is.EqualTo("reauthentication_required"),
            "in another session"
        );
        Server.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        var verified = Hashing.Verified;

        Assert.That(await CodeOfAsync(make), Is.Null, name);

        // Only the new password is compared, with the old one.
        Assert.That(Hashing.Verified, Is.EqualTo(name == "password" ? verified + 1 : verified));
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Does_nothing_in_a_session_that_ends_meanwhile(
        string name,
        bool needsMfa,
        Func<ReauthenticatedActsTests, IBaseRequest> make
    )
    {
        if (needsMfa)
        {
            (_app, _) = await EnableMfaAsync(_account.UserId);
        }

        await ReauthenticateAsync();
        Saves.BeforeNextSave = () =>
            SaveAsync(
                (ISessionRepository sessions) => sessions.RevokeAll(_account.UserId, SessionEnd.EndedByAdmin, Now)
            );

        Assert.That(await CodeOfAsync(make), Is.EqualTo("session_revoked"), name);
        Assert.That(await CodeOfAsync(make), Is.EqualTo("session_revoked"), "It has ended before.");
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Does_nothing_when_a_credential_changes_meanwhile(
        string name,
        bool needsMfa,
        Func<ReauthenticatedActsTests, IBaseRequest> make
    )
    {
        if (needsMfa)
        {
            (_app, _) = await EnableMfaAsync(_account.UserId);
        }

        await ReauthenticateAsync();
        Saves.BeforeNextSave = () =>
            SaveAsync((ISessionRepository sessions) => sessions.EndReauthentications(_account.UserId));

        Assert.That(await CodeOfAsync(make), Is.EqualTo("reauthentication_required"), name);
    }

    [Test]
    public async Task A_password_that_is_changed_without_the_old_one_is_another_one()
    {
        await ReauthenticateAsync();

        var refused = await FailsAsync(new ChangePasswordCommand(Password), "password_rejected");

        Assert.That(refused.Details!["reasons"], Is.EqualTo(["same_as_old"]));
        Assert.That((await SendAsync(new ChangePasswordCommand(NewPassword))).Error, Is.Null);
    }

    [TestCaseSource(nameof(Changes))]
    public async Task Ends_with_every_change_of_credentials(string change)
    {
        if (change is "factor off" or "recovery codes")
        {
            (_app, _) = await EnableMfaAsync(_account.UserId);
        }

        Func<Task<string?>> act = change == "passkey added" ? await PreparePasskeyAsync() : () => ChangeAsync(change);
        await ReauthenticateAsync();
        Assert.That((await SendAsync(new ExportMeCommand())).Error, Is.Null);

        Assert.That(await act(), Is.Null);

        await FailsAsync(new ExportMeCommand(), "reauthentication_required");
        await FailsAsync(new DeleteMeCommand(), "reauthentication_required");
    }

    [Test]
    public async Task Ends_with_no_other_change()
    {
        await ReauthenticateAsync();
        await SendAsync(new UpdateMeCommand(new(Instance.NewName())));
        await SendAsync(new ChangeEmailCommand(NewAddress()));
        await SendAsync(new EnrolTotpCommand());
        await SendAsync(new RefreshTokensCommand(RefreshTokenOf(_session)));

        Assert.That((await SendAsync(new ExportMeCommand())).Error, Is.Null);
    }

    [Test]
    public async Task The_password_of_an_act_reauthenticates_nothing()
    {
        await SendAsync(new ExportMeCommand(Password));

        await FailsAsync(new ExportMeCommand(), "reauthentication_required");
    }

    [Test]
    public async Task Sets_the_first_password()
    {
        await Server.RemovePasswordAsync(_account.UserId);
        await FailsAsync(new ChangePasswordCommand(NewPassword), "reauthentication_required");
        await FailsAsync(new ChangePasswordCommand(NewPassword, Password), "reauthentication_failed");
        var other = await Server.SignInAsync(_account.UserId);
        await SendAsync(Show(Tokens.Sign(Subject, provider: Apple)));

        Assert.That((await SendAsync(new ChangePasswordCommand(NewPassword))).Error, Is.Null);

        Assert.That((await SendAsync(new LoginUserCommand(_account.Username, NewPassword))).Error, Is.Null);
        Assert.That((await SessionAsync(other)).RevokedReason, Is.EqualTo(SessionEnd.PasswordChanged));
        Assert.That((await SessionAsync(_session)).IsLive(Now), Is.True);
        await FailsAsync(new ChangePasswordCommand(Password), "reauthentication_required");
    }

    [TestCaseSource(nameof(Validations))]
    public void Refuses_a_code_without_the_password(Func<string?, string?, string> errors)
    {
        Assert.That(errors("123456", null), Is.EqualTo("password: required"));
        Assert.That(errors(null, "abcde-fghjk"), Is.EqualTo("password: required"));
    }

    [TestCaseSource(nameof(Validations))]
    public void Accepts_neither_password_nor_code(Func<string?, string?, string> errors) =>
        Assert.That(errors(null, null), Is.Empty.Or.EqualTo("password: required"));

    [Test]
    public void Every_act_has_a_row()
    {
        var assembly = typeof(Application.DependencyInjection).Assembly;
        var asking = assembly.GetTypes().Where(type => type.IsClass && typeof(IReauthenticated).IsAssignableFrom(type));

        Assert.That(
            Acts.Select(act => act.Make(this).GetType()),
            Is.EquivalentTo(
                asking
                    .Except([typeof(ReauthenticateCommand)])
                    .Concat([typeof(ChangePasswordCommand), typeof(EnrolTotpCommand)])
            )
        );
        Assert.That(Validated, Has.Length.EqualTo(asking.Count()));
    }

    private static string Errors<T>(IValidator<T> validator, T command) => validator.ErrorTextOf(command);

    private async Task<string?> CodeOfAsync(Func<ReauthenticatedActsTests, IBaseRequest> make) =>
        (await ErrorOfAsync(make(this)))?.Code;

    private async Task ReauthenticateAsync()
    {
        var command = new ReauthenticateCommand(Password, Code: _app?.Code());
        Assert.That((await SendAsync(command)).Error, Is.Null);
    }

    private async Task<Func<Task<string?>>> PreparePasskeyAsync()
    {
        using var other = PasskeyCalls.Authenticator();
        var command = await Server.RegistrationAsync(other, Password);
        return async () => (await SendAsync(command)).Error?.Code;
    }

    private async Task<string?> ChangeAsync(string change)
    {
        switch (change)
        {
            case "factor on":
                var begun = (await SendAsync(new EnrolTotpCommand())).Value!;
                var app = new Authenticator(begun.Secret, Server.Clock);
                return (await SendAsync(new ConfirmTotpCommand(app.Code()))).Error?.Code;
            case "identity ended by Apple":
                return (await SendAsync(new ReceiveAppleNotificationCommand(Tokens.SignEvent(Subject)))).Error?.Code;
            case "address":
                var address = NewAddress();
                await SendAsync(new ChangeEmailCommand(address));
                var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _account.UserId, address);
                return (await SendAsync(new ConfirmEmailCommand(_account.UserId, token))).Error?.Code;
            default:
                return await CodeOfAsync(Acts.Single(act => act.Name == change).Make);
        }
    }
}
