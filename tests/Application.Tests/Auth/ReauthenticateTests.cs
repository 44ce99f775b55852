using Fitnessify.Application.Auth;
using Fitnessify.Application.Export;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Passkeys;

namespace Fitnessify.Application.Tests.Auth;

public sealed class ReauthenticateTests() : IdentityTests(("Accounts:FailedSignInLimit", "4"))
{
    private static readonly string[] Ways = ["password", "passkey", "identity"];
    private static readonly Dictionary<string, object?> AnyCredential = new() { ["id"] = "AQID" };

    private readonly SoftAuthenticator _authenticator = PasskeyCalls.Authenticator();
    private Credentials _account = null!;

    /// <summary>The user has a password, a passkey and an identity.</summary>
    [SetUp]
    public async Task SignInNewUser()
    {
        _account = await SignInNewUserAsync();
        await SendAsync(await Server.RegistrationAsync(_authenticator, Password));
        await StoreAsync(_account.UserId, Subject);
        _account = (await Records.AccountAsync(_account.UserId))!;
    }

    [TearDown]
    public void DisposeAuthenticator() => _authenticator.Dispose();

    [TestCaseSource(nameof(Ways))]
    public async Task Lets_the_session_act_for_five_minutes_in_one_save(string way)
    {
        Server.Clock.Advance(TimeSpan.FromSeconds(1));
        var command = await ShowAsync(way);
        var before = Saves.Count;

        var shown = (await SendAsync(command)).Value!;

        Assert.That(Saves.Count - before, Is.EqualTo(1));
        Assert.That(shown.ExpiresAt, Is.EqualTo(Now.AddMinutes(5)));
        var session = await SessionAsync(Server.Caller.Session!);
        Assert.That(
            (session.ReauthenticatedUntil, session.ReauthenticationStamp),
            Is.EqualTo((shown.ExpiresAt, _account.SecurityStamp))
        );
        Assert.That(await LastRecordedAsync(), Is.EqualTo(Done(AuditEventType.Reauthenticated)));
        Assert.That((await Records.MailsAsync(_account.UserId)).Count, Is.EqualTo(1), "Only the passkey was told of.");
        Assert.That(await ActAsync(), Is.Null);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Refuses_records_and_counts_what_does_not_show_the_user(string way)
    {
        for (var i = 0; i < 4; i++)
        {
            // Events of one moment are in no order.
            Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await FailsAsync(await WrongAsync(way), "reauthentication_failed");
        }

        Assert.That(await FailedAsync(), Is.EqualTo(4));
        Assert.That(await LastRecordedAsync(), Is.EqualTo(Failed()));
        Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        foreach (var any in Ways)
        {
            await FailsAsync(await ShowAsync(any), "too_many_attempts");
        }

        Assert.That(await FailedAsync(), Is.EqualTo(4));
        Assert.That(
            await LastRecordedAsync(),
            Has.Property(nameof(RecordedEvent.Type)).EqualTo(AuditEventType.TooManyAttempts)
        );
        await NotReauthenticatedAsync();
        Server.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.That((await SendAsync(await ShowAsync(way))).Error, Is.Null);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Counts_all_ways_together_and_the_right_one_clears_the_count(string way)
    {
        for (var round = 0; round < 3; round++)
        {
            foreach (var any in Ways)
            {
                await FailsAsync(await WrongAsync(any), "reauthentication_failed");
            }

            Assert.That((await SendAsync(await ShowAsync(way))).Error, Is.Null);
        }
    }

    [Test]
    public async Task Counts_a_wrong_password_of_an_act_together_with_them()
    {
        await FailsAsync(new ExportMeCommand("wrong"), "reauthentication_failed");
        await FailsAsync(new ExportMeCommand("wrong"), "reauthentication_failed");
        await FailsAsync(await WrongAsync("identity"), "reauthentication_failed");
        await FailsAsync(await WrongAsync("passkey"), "reauthentication_failed");

        await FailsAsync(new ExportMeCommand(Password), "too_many_attempts");
    }

    [TestCase(0, null)]
    [TestCase(300, null)]
    [TestCase(301, "reauthentication_failed")]
    public async Task Accepts_an_identity_whose_user_has_signed_in_within_five_minutes(int seconds, string? code)
    {
        var signed = Tokens.Sign(Subject, age: TimeSpan.FromSeconds(seconds));

        Assert.That((await SendAsync(Show(signed))).Error?.Code, Is.EqualTo(code));

        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject)))).Error, Is.Null, "It would still sign in.");
    }

    [Test]
    public async Task Refuses_the_identity_of_another_person()
    {
        var other = await SignUpAsync();
        var subject = FakeIdentityTokens.NewSubject();
        await StoreAsync(other.UserId, subject);

        await FailsAsync(Show(Tokens.Sign(subject)), "reauthentication_failed");

        await NotReauthenticatedAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Refuses_an_identity_that_is_not_linked_whatever_address_it_has(bool isOwnAddress)
    {
        var signed = Tokens.Sign(FakeIdentityTokens.NewSubject(), isOwnAddress ? _account.Email : null);

        await FailsAsync(Show(signed), "reauthentication_failed");

        await NotReauthenticatedAsync();
    }

    [Test]
    public async Task Refuses_a_provider_that_is_not_configured_and_counts_nothing()
    {
        var before = await FailedAsync();
        for (var i = 0; i < 5; i++)
        {
            var error = await FailsAsync(Show(Tokens.Sign(Subject) with { Provider = "other" }), "validation_failed");
            Assert.That(error.Fields!.Single().Path, Is.EqualTo(["provider"]));
        }

        Assert.That(await FailedAsync(), Is.EqualTo(before));
        Assert.That((await SendAsync(Show(Tokens.Sign(Subject)))).Error, Is.Null, "No attempt is used up.");
    }

    [TestCase("unlinked")]
    [TestCase("ended by Apple")]
    public async Task Refuses_and_counts_an_identity_that_is_removed_before_the_save(string removal)
    {
        var provider = removal == "unlinked" ? Google : Apple;
        var subject = FakeIdentityTokens.NewSubject();
        var identity = await StoreAsync(_account.UserId, subject, provider);
        var before = await FailedAsync();
        var shown = Show(Tokens.Sign(subject, provider: provider));
        Saves.BeforeNextSave = async () =>
            Assert.That(
                (
                    await ErrorOfAsync(
                        removal == "unlinked"
                            ? new UnlinkIdentityCommand(identity.Id, Password)
                            : new ReceiveAppleNotificationCommand(Tokens.SignEvent(subject))
                    )
                )?.Code,
                Is.Null
            );

        await FailsAsync(shown, "reauthentication_failed");

        Assert.That(await FailedAsync() - before, Is.EqualTo(1));
        await NotReauthenticatedAsync();
    }

    // The removal withdraws the challenge, too, which must not hide that the attempt is recorded.
    [TestCase(true, false)]
    [TestCase(true, true)]
    [TestCase(false, true)]
    public async Task Refuses_and_counts_a_passkey_that_is_removed_after_its_verification(
        bool isDuringTheSave,
        bool isChallengeWithdrawn
    )
    {
        var shown = await ShowAsync("passkey");
        var passkey = (await SendAsync(new ListPasskeysQuery())).Value!.Items.Single();
        if (isDuringTheSave)
        {
            Saves.BeforeNextSave = RemoveAsync;
        }
        else
        {
            // The session is read between the verification of the passkey and its use.
            Server.Commands.OnceAfter(command => Commands.Names(command, "Sessions"), RemoveAsync);
        }

        await FailsAsync(shown, "reauthentication_failed");

        Assert.That(await FailedAsync(), Is.EqualTo(1));
        await NotReauthenticatedAsync();
        for (var i = 0; i < 3; i++)
        {
            await FailsAsync(await WrongAsync("identity"), "reauthentication_failed");
        }

        await FailsAsync(await ShowAsync("identity"), "too_many_attempts");

        // A use case would take the password, which forgives what was counted.
        async Task RemoveAsync()
        {
            await SaveAsync((IPasskeys passkeys) => passkeys.RemoveAsync(_account.UserId, passkey.Id, default));
            if (isChallengeWithdrawn)
            {
                await SaveAsync((IChallengeTokens tokens) => tokens.Withdraw(_account.UserId));
            }
        }
    }

    [TestCase("reauthentication")]
    [TestCase("sign-in")]
    public async Task Refuses_records_and_counts_a_token_that_was_used(string use)
    {
        var signed = Tokens.Sign(Subject);
        Assert.That(await ErrorOfAsync(use == "sign-in" ? SignIn(signed) : Show(signed)), Is.Null);
        var before = await FailedAsync();

        for (var i = 0; i < 4; i++)
        {
            await FailsAsync(Show(signed), "reauthentication_failed");
        }

        Assert.That(await FailedAsync() - before, Is.EqualTo(4));
        await FailsAsync(Show(Tokens.Sign(Subject)), "too_many_attempts");
    }

    // Otherwise a used token would let whoever has a session guess passwords without end.
    [Test]
    public async Task A_used_token_does_not_clear_the_count_of_wrong_passwords()
    {
        var signed = Tokens.Sign(Subject);
        await SendAsync(Show(signed));
        for (var i = 0; i < 3; i++)
        {
            await FailsAsync(new ReauthenticateCommand("wrong"), "reauthentication_failed");
        }

        await FailsAsync(Show(signed), "reauthentication_failed");

        await FailsAsync(new ReauthenticateCommand(Password), "too_many_attempts");
    }

    [Test]
    public async Task A_used_token_with_a_wrong_code_does_not_clear_it_either()
    {
        var signed = Tokens.Sign(Subject);
        await SendAsync(Show(signed));
        var (app, _) = await EnableMfaAsync(_account.UserId);
        for (var i = 0; i < 4; i++)
        {
            await FailsAsync(new ReauthenticateCommand("wrong"), "reauthentication_failed");
            if (i == 2)
            {
                await FailsAsync(Show(signed, app.WrongCode()), "mfa_code_invalid");
            }
        }

        await FailsAsync(new ReauthenticateCommand(Password, Code: app.Code()), "too_many_attempts");
    }

    [Test]
    public async Task Accepts_the_answer_of_a_passkey_only_once()
    {
        var command = await ShowAsync("passkey");
        await SendAsync(command);

        await FailsAsync(command, "reauthentication_failed");

        Assert.That(await FailedAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Refuses_the_challenge_of_another_user_or_purpose_and_the_passkey_of_another_user()
    {
        var mine = Server.Caller.Session;
        await SignInNewUserAsync();
        using var theirs = PasskeyCalls.Authenticator();
        await SendAsync(await Server.RegistrationAsync(theirs, Password));
        var challenge = (await SendAsync(new BeginPasskeyReauthenticationCommand())).Value!;
        var ofOther = new ReauthenticateCommand(
            ChallengeToken: challenge.ChallengeToken,
            Credential: Ceremonies.Json(theirs.Get(Ceremonies.Read(challenge)))
        );
        Server.Caller.Session = mine;
        var own = (await SendAsync(new BeginPasskeyReauthenticationCommand())).Value!;
        var byOther = new ReauthenticateCommand(
            ChallengeToken: own.ChallengeToken,
            Credential: Ceremonies.Json(theirs.Get(Ceremonies.Read(own)))
        );
        var login = await Server.AuthenticationAsync(_authenticator);
        var ofLogin = new ReauthenticateCommand(ChallengeToken: login.ChallengeToken, Credential: login.Credential);

        foreach (var command in new[] { ofOther, byOther, ofLogin })
        {
            await FailsAsync(command, "reauthentication_failed");
        }

        await NotReauthenticatedAsync();
    }

    [Test]
    public async Task An_answer_for_a_reauthentication_does_not_sign_in()
    {
        var command = await ShowAsync("passkey");

        await FailsAsync(new LoginPasskeyCommand(command.ChallengeToken!, command.Credential!), "passkey_invalid");
    }

    [TestCase(299, null)]
    [TestCase(300, "reauthentication_failed")]
    public async Task A_challenge_is_valid_for_five_minutes(int seconds, string? code)
    {
        var command = await ShowAsync("passkey");
        Server.Clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.That((await SendAsync(command)).Error?.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task Does_not_count_a_token_that_cannot_be_verified()
    {
        Tokens.IsDown = true;
        for (var i = 0; i < 5; i++)
        {
            await FailsAsync(Show(Tokens.Sign(Subject)), "service_unavailable");
        }

        Tokens.IsDown = false;
        Assert.That(await FailedAsync(), Is.Zero);
        Assert.That((await SendAsync(Show(Tokens.Sign(Subject)))).Error, Is.Null);
    }

    [TestCase("password", 0u)]
    [TestCase("identity", 0u)]
    [TestCase("passkey", 0u)]
    [TestCase("passkey", 7u, TestName = "A wrong code uses nothing up (a passkey that counts)")]
    public async Task A_wrong_code_uses_nothing_up(string way, uint counter)
    {
        var (app, recoveryCodes) = await EnableMfaAsync(_account.UserId);
        _authenticator.Counter = counter;
        var command = await ShowAsync(way);

        await FailsAsync(command, "mfa_code_invalid");
        await FailsAsync(With(command, app.WrongCode()), "mfa_code_invalid");
        await FailsAsync(With(command, null, "zzzzz-zzzzz"), "mfa_code_invalid");
        await NotReauthenticatedAsync();

        Assert.That((await SendAsync(With(command, app.Code()))).Error, Is.Null);
        var again = await ShowAsync(way, counter + 1);
        Assert.That((await SendAsync(With(again, null, recoveryCodes[0]))).Error, Is.Null);
        Assert.That(await FailedAsync(), Is.EqualTo(2), "A missing code is not a wrong one.");
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Counts_wrong_codes_apart_from_wrong_passwords(string way)
    {
        var (app, _) = await EnableMfaAsync(_account.UserId);
        for (var i = 0; i < 4; i++)
        {
            await FailsAsync(With(await ShowAsync(way), app.WrongCode()), "mfa_code_invalid");
        }

        await FailsAsync(With(await ShowAsync(way), app.Code()), "too_many_attempts");
        await FailsAsync(await WrongAsync(way), "reauthentication_failed");
    }

    [TestCaseSource(nameof(Ways))]
    public async Task A_wrong_way_leaves_the_code_unused(string way)
    {
        var (app, _) = await EnableMfaAsync(_account.UserId);
        var code = app.Code();

        await FailsAsync(With(await WrongAsync(way), code), "reauthentication_failed");

        Assert.That((await SendAsync(With(await ShowAsync(way), code))).Error, Is.Null);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Saves_nothing_when_the_session_ends_or_the_account_changes_meanwhile(string way)
    {
        var session = Server.Caller.Session!;
        var command = await ShowAsync(way);
        Saves.BeforeNextSave = () => ChangeAsync(_account.UserId, row => row.ChangePassword(row.PasswordHash!));
        await FailsAsync(command, "reauthentication_failed");

        var again = await ShowAsync(way);
        Saves.BeforeNextSave = () =>
            SaveAsync(
                (Domain.Sessions.ISessionRepository sessions) =>
                    sessions.RevokeAll(_account.UserId, Domain.Sessions.SessionEnd.EndedByAdmin, Now)
            );
        await FailsAsync(again, "session_revoked");

        Assert.That((await SessionAsync(session)).ReauthenticatedUntil, Is.Null);
    }

    [TestCaseSource(nameof(Ways))]
    public async Task Fails_like_authentication_when_the_account_was_deleted(string way)
    {
        var command = await ShowAsync(way);
        await ChangeAsync(_account.UserId, row => row.Delete(Now));

        await FailsAsync(command, "session_revoked");
    }

    [TestCase("x", null, null, null, null, null, "")]
    [TestCase(null, null, null, null, null, null, "password: required")]
    [TestCase("", null, null, null, null, null, "password: required")]
    [TestCase("a\0b", null, null, null, null, null, "password: invalid_format")]
    [TestCase(null, "t", true, null, null, null, "")]
    [TestCase(null, "t", null, null, null, null, "credential: required")]
    [TestCase(null, "t", false, null, null, null, "credential: required")]
    [TestCase(null, null, true, null, null, null, "challengeToken: required")]
    [TestCase(null, "", true, null, null, null, "challengeToken: required")]
    [TestCase(null, null, null, "p", "t", "n", "")]
    [TestCase(null, null, null, "p", null, null, "idToken: required, nonce: required")]
    [TestCase(null, null, null, null, "t", null, "provider: required, nonce: required")]
    [TestCase(null, null, null, null, null, "n", "provider: required, idToken: required")]
    [TestCase(null, null, null, "", "", "", "provider: required, idToken: required, nonce: required")]
    [TestCase("x", "t", true, null, null, null, "password: not_allowed")]
    [TestCase("x", null, null, "p", "t", "n", "password: not_allowed")]
    [TestCase(null, "t", true, "p", "t", "n", "challengeToken: not_allowed, credential: not_allowed")]
    [TestCase(
        "x",
        "t",
        true,
        "p",
        "t",
        "n",
        "password: not_allowed, challengeToken: not_allowed, credential: not_allowed"
    )]
    public void Takes_one_of_three_ways(
        string? password,
        string? challengeToken,
        bool? credential,
        string? provider,
        string? idToken,
        string? nonce,
        string errors
    ) =>
        Assert.That(
            Errors(
                new ReauthenticateCommand(
                    password,
                    challengeToken,
                    credential is null ? null
                        : credential.Value ? AnyCredential
                        : [],
                    provider,
                    idToken,
                    nonce
                )
            ),
            Is.EqualTo(errors)
        );

    [TestCase("x", "123456", null, "")]
    [TestCase("x", null, "abcde-fghjk", "")]
    [TestCase("x", "12345", null, "code: invalid_format")]
    [TestCase("x", "123456", "abcde-fghjk", "recoveryCode: not_allowed")]
    [TestCase(null, "123456", null, "password: required")]
    public void Takes_a_code_or_a_recovery_code(string? password, string? code, string? recoveryCode, string errors) =>
        Assert.That(
            Errors(new ReauthenticateCommand(password, Code: code, RecoveryCode: recoveryCode)),
            Is.EqualTo(errors)
        );

    [Test]
    public void Limits_the_length_of_each_member()
    {
        Assert.That(Errors(new(Shapes.Text(10_000))), Is.EqualTo("password: too_long"));
        Assert.That(
            Errors(new(ChallengeToken: Shapes.Text(4097), Credential: AnyCredential)),
            Is.EqualTo("challengeToken: too_long")
        );
        Assert.That(
            Errors(new(Provider: Shapes.Text(31), IdToken: Shapes.Text(100_000), Nonce: Shapes.Text(257))),
            Is.EqualTo("provider: too_long, nonce: too_long")
        );
        Assert.That(
            Errors(new(Provider: Shapes.Text(30), IdToken: Shapes.Text(100_000), Nonce: Shapes.Text(256))),
            Is.Empty
        );
    }

    private static string Errors(ReauthenticateCommand command) => new ReauthenticateValidator().ErrorTextOf(command);

    private static ReauthenticateCommand With(
        ReauthenticateCommand command,
        string? code,
        string? recoveryCode = null
    ) =>
        new(
            command.Password,
            command.ChallengeToken,
            command.Credential,
            command.Provider,
            command.IdToken,
            command.Nonce,
            code,
            recoveryCode
        );

    private async Task<ReauthenticateCommand> ShowAsync(string way, uint? counter = null)
    {
        switch (way)
        {
            case "password":
                return new ReauthenticateCommand(Password);
            case "identity":
                return Show(Tokens.Sign(Subject));
            default:
                _authenticator.Counter = counter is > 1 ? counter.Value : _authenticator.Counter;
                var challenge = (await SendAsync(new BeginPasskeyReauthenticationCommand())).Value!;
                return new ReauthenticateCommand(
                    ChallengeToken: challenge.ChallengeToken,
                    Credential: Ceremonies.Json(_authenticator.Get(Ceremonies.Read(challenge)))
                );
        }
    }

    private async Task<ReauthenticateCommand> WrongAsync(string way) =>
        way switch
        {
            "password" => new ReauthenticateCommand("wrong"),
            "identity" => Show(Tokens.Sign(Subject) with { Nonce = "other" }),
            _ => (await ShowAsync(way)) with { Credential = AnyCredential },
        };

    private RecordedEvent Done(AuditEventType type) =>
        RecordedEvent.Of(type, _account.UserId, Server.Caller.Session!.Id);

    private RecordedEvent Failed() =>
        Done(AuditEventType.ReauthenticationFailed) with
        {
            Outcome = AuditOutcome.Failed,
        };

    private async Task<RecordedEvent> LastRecordedAsync() => (await RecordedAsync(_account.UserId))[^1];

    private async Task<int> FailedAsync() =>
        (await RecordedAsync(_account.UserId)).Count(e => e.Type == AuditEventType.ReauthenticationFailed);

    /// <summary>Does something that asks who the user is, with nothing.</summary>
    private async Task<string?> ActAsync() => (await SendAsync(new ExportMeCommand())).Error?.Code;

    private async Task NotReauthenticatedAsync() =>
        Assert.That(await ActAsync(), Is.EqualTo(AuthErrors.ReauthenticationRequired.Code));
}
