using Fitnessify.Application.Auth;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Identities;

public sealed class LoginIdentityTests() : IdentityTests(("Sessions:MaxPerUser", "3"))
{
    private const string Invalid = "identity_token_invalid";

    private static readonly string[] BadNames = [.. BadText.All.Select(bad => bad.Name)];

    [Test]
    public async Task Creates_an_account_at_the_first_sign_in_in_one_save()
    {
        var (address, name) = (NewAddress(), $"Ann {Instance.NewName()}");
        var before = Saves.Count;

        var signedIn = (await SendAsync(SignIn(Tokens.Sign(Subject, address, name: name)))).Value!;

        Assert.That((signedIn.IsNew, Saves.Count - before), Is.EqualTo((true, 1)));
        var identity = (await Records.LinksOfAsync(Subject)).Single();
        Assert.That(
            (identity.Provider, identity.Issuer, identity.Email, identity.CreatedAt, identity.Grant),
            Is.EqualTo((Google.Name, Google.Issuer, address, Given.Now, (IdentityGrant?)null))
        );
        var user = (await Records.UserAsync(identity.OwnerId))!;
        Assert.That(
            (user.Username, user.Email, user.EmailConfirmed, user.DisplayName, user.Locale, user.TimeZone),
            Is.EqualTo((UsernameSuggestion.From(name, isDistinct: false), address, true, name, "en", "UTC"))
        );
        Assert.That((user.SignInMethods, user.Roles), Is.EqualTo((new[] { "google" }, new[] { Roles.Member })));
        Assert.That((await Records.AccountAsync(user.Id))!.PasswordHash, Is.Null);
        var session = (await Records.SessionsAsync(user.Id)).Single();
        Assert.That(
            (session.Id, session.Device, session.IdentityId, session.CreatedAt),
            Is.EqualTo((signedIn.Tokens.SessionId, Device, (Guid?)identity.Id, Given.Now))
        );
        Assert.That(
            Server.Get<ISessionTokens>().Read(signedIn.Tokens.RefreshToken),
            Is.EqualTo(new RefreshClaim(session.Id, 0))
        );
        Assert.That(
            await RecordedAsync(user.Id),
            Is.EquivalentTo([
                RecordedEvent.Of(AuditEventType.Registered, user.Id),
                RecordedEvent.Of(AuditEventType.SignedIn, user.Id, session.Id, Device),
            ])
        );
        Assert.That(
            (await Records.EventsAsync(user.Id)).Select(recorded => recorded.Method),
            Is.EquivalentTo(new SignInMethod?[] { null, SignInMethod.Identity })
        );
        await AssertTimeAndAddressAsync(user.Id);
        Assert.That(await Records.MailsAsync(user.Id), Is.Empty);
    }

    [Test]
    public async Task Signs_in_to_the_same_account_whatever_address_and_name_the_identity_has_later()
    {
        var first = await SignInByIdentityAsync(Subject, NewAddress());
        Server.Caller.Session = null;
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var other = await SignUpAsync();
        var signed = Tokens.Sign(Subject, other.Email, name: "Other");
        var before = Saves.Count;

        var signedIn = (await SendAsync(SignIn(signed))).Value!;

        Assert.That((signedIn.IsNew, Saves.Count - before), Is.EqualTo((false, 1)));
        var sessions = await Records.SessionsAsync(first.OwnerId);
        Assert.That(sessions.Select(session => session.Id), Is.EqualTo([first.Id, signedIn.Tokens.SessionId]));
        Assert.That(sessions[1].IdentityId, Is.EqualTo(first.IdentityId));
        Assert.That((await RecordedAsync(first.OwnerId))[^1].Type, Is.EqualTo(AuditEventType.SignedIn));
        Assert.That(await Records.SessionsAsync(other.UserId), Is.Empty);
        Assert.That((await Records.IdentitiesAsync(first.OwnerId)).Single().Email, Is.Not.EqualTo(other.Email));
    }

    [Test]
    public async Task Mails_about_a_new_device()
    {
        var first = await SignInByIdentityAsync(Subject, NewAddress());

        var signed = Tokens.Sign(Subject);
        await SendAsync(new LoginIdentityCommand(signed.Provider, signed.IdToken, signed.Nonce, Device: "Laptop"));

        Assert.That(
            (await Records.MailsAsync(first.OwnerId)).Select(mail => mail.Kind),
            Is.EqualTo([MailKind.NewDevice])
        );
    }

    [Test]
    public async Task Ends_the_oldest_session_beyond_the_limit()
    {
        var first = await SignInByIdentityAsync(Subject);
        for (var i = 0; i < 3; i++)
        {
            Server.Clock.Advance(TimeSpan.FromMinutes(1));
            await SignInByIdentityAsync(Subject);
        }

        Assert.That((await SessionAsync(first)).RevokedReason, Is.EqualTo(SessionEnd.TooMany));
        Assert.That(await LiveSessionsAsync(first.OwnerId), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task The_subject_of_another_issuer_is_another_identity()
    {
        var google = await SignInByIdentityAsync(Subject);
        var signedIn = (await SendAsync(SignIn(Tokens.Sign(Subject, provider: Apple)))).Value!;

        Assert.That(signedIn.IsNew, Is.True);
        var links = await Records.LinksOfAsync(Subject);
        Assert.That(links.Select(link => link.OwnerId).Distinct().Count(), Is.EqualTo(2));
        Assert.That(links.Select(link => link.OwnerId), Does.Contain(google.OwnerId));
    }

    [Test]
    public async Task The_subject_is_compared_in_its_case()
    {
        await SignInByIdentityAsync(Subject);

        var signedIn = (await SendAsync(SignIn(Tokens.Sign(Subject.ToUpperInvariant())))).Value!;

        Assert.That(signedIn.IsNew, Is.True);
    }

    [Test]
    public async Task Adds_digits_to_a_username_that_is_taken()
    {
        var name = Instance.NewName();
        var first = await NewUserAsync(name);

        var second = await NewUserAsync(name);

        Assert.That(first.Username, Is.EqualTo(name));
        Assert.That(second.Username, Does.Match($"^{name}-[0-9]{{6}}$"));
        Assert.That((first.DisplayName, second.DisplayName), Is.EqualTo((name, name)));
    }

    [TestCase("Ann", "Kern", "Kern")]
    [TestCase("Ann", null, "Ann")]
    [TestCase(" \u200B", null, null)]
    [TestCase(null, null, null)]
    public async Task Prefers_the_name_that_the_app_sends(string? ofToken, string? ofApp, string? expected)
    {
        var user = await NewUserAsync(ofToken, ofApp);

        Assert.That(user.DisplayName, Is.EqualTo(expected));
    }

    [TestCase(81)]
    [TestCase(82)]
    public async Task Shortens_a_name_of_the_token_without_breaking_a_character(int length)
    {
        var name = new string('a', length - 80) + string.Concat(Enumerable.Repeat("\U0001F3CB", 40));

        var user = await NewUserAsync(name);

        Assert.That(user.DisplayName, Has.Length.InRange(79, 80));
        Assert.That(name, Does.StartWith(user.DisplayName!));
        Assert.That(user.DisplayName!.IsNormalized(), Is.True, "Half a character is not valid.");
    }

    [TestCaseSource(nameof(BadNames))]
    public async Task Leaves_out_a_name_of_the_token_that_could_not_be_typed(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        var user = await NewUserAsync(bad);

        Assert.That(user.DisplayName, Is.EqualTo(BadText.InLines.Any(text => text.Name == badName) ? null : "abcd"));
    }

    [Test]
    public async Task Refuses_and_records_a_token_that_is_not_valid()
    {
        var signed = Tokens.Sign(Subject);
        foreach (
            var wrong in new[]
            {
                signed with
                {
                    IdToken = "other",
                },
                signed with
                {
                    Nonce = "other",
                },
                signed with
                {
                    Provider = Apple.Name,
                },
            }
        )
        {
            await FailsAsync(SignIn(wrong), Invalid);
        }

        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(null), Refused(null), Refused(null)]));
        Assert.That((await SendAsync(SignIn(signed))).Error, Is.Null, "A refused attempt uses nothing up.");
    }

    [Test]
    public async Task Refuses_a_provider_that_is_not_configured()
    {
        var error = await FailsAsync(
            SignIn(Tokens.Sign(Subject) with { Provider = "other" }),
            CommonErrors.ValidationFailed.Code
        );

        Assert.That(error.Fields!.Single().Path, Is.EqualTo(["provider"]));
        Assert.That(await RefusedAsync(), Is.Empty);
    }

    [Test]
    public async Task Cannot_say_whether_a_token_is_valid_without_the_keys_of_the_issuer()
    {
        Tokens.IsDown = true;

        await FailsAsync(SignIn(Tokens.Sign(Subject)), "service_unavailable");

        Assert.That(await RefusedAsync(), Is.Empty);
    }

    [Test]
    public async Task Accepts_a_token_only_once_and_records_a_second_use()
    {
        var signed = Tokens.Sign(Subject, NewAddress());
        await SendAsync(SignIn(signed));
        var owner = (await Records.LinksOfAsync(Subject)).Single().OwnerId;

        await FailsAsync(SignIn(signed), Invalid);

        Assert.That(await Records.SessionsAsync(owner), Has.Count.EqualTo(1));
        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(owner)]));
    }

    [Test]
    public async Task Accepts_a_nonce_only_once_in_tokens_of_one_issuer()
    {
        var nonce = $"nonce.{Guid.NewGuid():N}";
        var other = FakeIdentityTokens.NewSubject();
        await SendAsync(SignIn(Tokens.Sign(Subject, nonce: nonce)));

        await FailsAsync(SignIn(Tokens.Sign(other, nonce: nonce)), Invalid);

        Assert.That(await Records.LinksOfAsync(other), Is.Empty);
        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(null)]), "Also a replay for a new account is recorded.");
        Assert.That((await SendAsync(SignIn(Tokens.Sign(other, provider: Apple, nonce: nonce)))).Error, Is.Null);
    }

    [Test]
    public async Task The_answer_that_an_account_has_the_address_uses_up_the_token()
    {
        var owner = await SignUpAsync();
        var signed = Tokens.Sign(Subject, owner.Email);
        await LinkTokenAsync(signed);

        await FailsAsync(SignIn(signed), Invalid);

        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(owner.UserId), Refused(owner.UserId)]));
        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
    }

    [Test]
    public async Task The_answer_that_the_account_is_disabled_uses_up_the_token()
    {
        var session = await SignInByIdentityAsync(Subject);
        await ChangeAsync(session.OwnerId, row => row.Disable(Now));
        var signed = Tokens.Sign(Subject);

        await FailsAsync(SignIn(signed), "account_disabled");
        Assert.That(await RefusedAsync(), Is.EqualTo([Refused(session.OwnerId)]));
        await FailsAsync(SignIn(signed), Invalid);

        Assert.That(await Records.SessionsAsync(session.OwnerId), Has.Count.EqualTo(1));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Asks_for_the_second_factor_like_a_sign_in_by_password(bool isRecoveryCode)
    {
        var first = await SignInByIdentityAsync(Subject, NewAddress());
        Server.Caller.Session = null;
        var (app, recoveryCodes) = await EnableMfaAsync(first.OwnerId);

        var refused = await FailsAsync(SignIn(Tokens.Sign(Subject)), "mfa_required");

        Assert.That(refused.Details!["methods"], Is.EqualTo(new[] { "totp", "recoveryCode" }));
        Assert.That(await Records.SessionsAsync(first.OwnerId), Has.Count.EqualTo(1));
        Assert.That(
            (await Records.MailsAsync(first.OwnerId)).Select(mail => mail.Kind),
            Does.Contain(MailKind.SignInNotCompleted),
            "The mail goes only if the second step does not follow."
        );
        var challengeToken = (string)refused.Details["challengeToken"];
        await FailsAsync(new VerifyMfaCommand(challengeToken, app.WrongCode()), "mfa_code_invalid");

        var tokens = (
            await SendAsync(
                isRecoveryCode
                    ? new VerifyMfaCommand(challengeToken, null, recoveryCodes[0])
                    : new VerifyMfaCommand(challengeToken, app.Code())
            )
        ).Value!;

        var session = (await Records.SessionsAsync(first.OwnerId)).Single(row => row.Id == tokens.SessionId);
        Assert.That(
            (session.Id, session.Device, session.IdentityId),
            Is.EqualTo((tokens.SessionId, Device, first.IdentityId))
        );
        Assert.That(
            (await Records.EventsAsync(first.OwnerId)).Select(recorded => recorded.Method),
            Does.Contain(isRecoveryCode ? SignInMethod.RecoveryCode : SignInMethod.Totp)
        );
    }

    [Test]
    public async Task Keeps_the_grant_of_the_latest_authorization_code()
    {
        var (first, second) = (Code(), Code());
        await SignInByIdentityAsync(Subject, provider: Apple, authorizationCode: first);
        Assert.That(await GrantAsync(), Is.EqualTo(FakeIdentityGrants.GrantOf(first)));

        await SignInByIdentityAsync(Subject, provider: Apple);
        Assert.That(await GrantAsync(), Is.EqualTo(FakeIdentityGrants.GrantOf(first)), "Nothing replaces it.");

        await SignInByIdentityAsync(Subject, provider: Apple, authorizationCode: second);
        Assert.That(await GrantAsync(), Is.EqualTo(FakeIdentityGrants.GrantOf(second)));
        Assert.That(Grants.Exchanged, Is.EqualTo([(Apple.ClientIds[0], first), (Apple.ClientIds[0], second)]));
    }

    [Test]
    public async Task Keeps_the_grant_also_when_a_second_factor_follows()
    {
        var session = await SignInByIdentityAsync(Subject, provider: Apple);
        await EnableMfaAsync(session.OwnerId);
        var code = Code();

        await FailsAsync(SignIn(Tokens.Sign(Subject, provider: Apple), code), "mfa_required");

        Assert.That(await GrantAsync(), Is.EqualTo(FakeIdentityGrants.GrantOf(code)));
    }

    [Test]
    public async Task Signs_in_without_a_grant_when_the_code_cannot_be_exchanged()
    {
        Grants.IsDown = true;

        await SignInByIdentityAsync(Subject, provider: Apple, authorizationCode: Code());

        Assert.That(await GrantAsync(), Is.Null);
    }

    [Test]
    public async Task Exchanges_no_code_that_comes_with_an_invalid_token()
    {
        await FailsAsync(SignIn(Tokens.Sign(Subject, provider: Apple) with { IdToken = "other" }, Code()), Invalid);

        Assert.That(Grants.Exchanged, Is.Empty);
    }

    [TestCase("the same account")]
    [TestCase("a new account")]
    [TestCase("the account that has the address")]
    public async Task Exchanges_no_code_for_a_nonce_that_was_used(string target)
    {
        var first = target == "a new account" ? FakeIdentityTokens.NewSubject() : Subject;
        var owner = await SignUpAsync();
        var address = target == "the account that has the address" ? owner.Email : null;
        var used = Tokens.Sign(first, address, provider: Apple);
        await SendAsync(SignIn(used));
        var signed = Tokens.Sign(Subject, address, provider: Apple, nonce: used.Nonce);

        for (var i = 0; i < 3; i++)
        {
            await FailsAsync(SignIn(signed, Code()), Invalid);
        }

        Assert.That(Grants.Exchanged, Is.Empty);
    }

    // Each attempt loses to another request at the same moment; a database does not show that without end.
    [TestCase("identity_taken", "service_unavailable")]
    [TestCase("email_taken", "service_unavailable")]
    [TestCase("username_taken", "username_taken")]
    public async Task Gives_up_after_ten_attempts(string refusal, string code)
    {
        Saves.Refusal = refusal switch
        {
            "identity_taken" => IdentityErrors.IdentityTaken,
            "email_taken" => AccountErrors.EmailTaken,
            _ => AccountErrors.UsernameTaken,
        };
        var before = Saves.Count;

        await FailsAsync(SignIn(Tokens.Sign(Subject, NewAddress(), name: "Ann"), Code()), code);

        Assert.That(Saves.Count - before, Is.EqualTo(10));
    }

    // An address that the issuer has not verified is no claim: with and without an account of that address, all is the same.
    [TestCase(true)]
    [TestCase(false)]
    public async Task Finds_nothing_out_by_an_unverified_address(bool isTaken)
    {
        var address = isTaken ? (await SignUpAsync()).Email! : NewAddress();
        var before = Saves.Count;

        var signedIn = (await SendAsync(SignIn(Tokens.Sign(Subject, address, isVerified: false)))).Value!;

        Assert.That((signedIn.IsNew, Saves.Count - before), Is.EqualTo((true, 1)));
        var identity = (await Records.LinksOfAsync(Subject)).Single();
        var user = (await Records.UserAsync(identity.OwnerId))!;
        Assert.That(
            (user.Email, user.EmailConfirmed, identity.Email),
            Is.EqualTo(((string?)null, false, (string?)null))
        );
        Assert.That(await Records.MailsAsync(user.Id), Is.Empty);
        Assert.That(await Records.MailsToAsync(address), Is.Empty);
        Assert.That((await Records.AccountAsync(address)) is not null, Is.EqualTo(isTaken));
    }

    // Requirement 33: a squatter registers with the address of another person, and waits for its owner.
    [Test]
    public async Task The_owner_of_an_address_that_another_has_registered_gets_the_account_by_the_mailed_reset_alone()
    {
        var squatted = await SignUpAsync(isConfirmed: false);
        var thief = Server.Caller.Session = await Server.SignInAsync(squatted.UserId);
        using var authenticator = PasskeyCalls.Authenticator();
        await SendAsync(await Server.RegistrationAsync(authenticator, Password));
        var code = Code();
        var other = FakeIdentityTokens.NewSubject();
        var linked = await SendAsync(Link(Tokens.Sign(other, provider: Apple), authorizationCode: code));
        Assert.That(linked.Error, Is.Null);
        await EnableMfaAsync(squatted.UserId);
        Server.Caller.Session = null;

        var linkToken = await LinkTokenAsync(Tokens.Sign(Subject, squatted.Email));
        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty, "Nothing is linked by the address.");
        Assert.That((await Records.AccountAsync(squatted.UserId))!.EmailConfirmed, Is.False);

        var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, squatted.UserId, squatted.Email!);
        await SendAsync(new ResetPasswordCommand(squatted.Email!, token, NewPassword));

        Assert.That((await Records.UserAsync(squatted.UserId))!.SignInMethods, Is.EqualTo(["password"]));
        Assert.That(await Records.LinksOfAsync(other), Is.Empty);
        Assert.That(await RevocationsOfAsync(code), Is.EqualTo([code]));
        Assert.That((await SessionAsync(thief)).RevokedReason, Is.EqualTo(SessionEnd.PasswordReset));
        await FailsAsync(await Server.AuthenticationAsync(authenticator), "passkey_invalid");
        await FailsAsync(new LoginUserCommand(squatted.Username, Password), "invalid_credentials");
        await AsAsync(
            thief,
            () => FailsAsync(new LinkIdentityCommand(linkToken, Password: Password), "reauthentication_failed")
        );
        var signedIn = (await SendAsync(new LoginUserCommand(squatted.Username, NewPassword))).Value!;

        Server.Caller.Session = (await Records.SessionsAsync(squatted.UserId)).Single(session =>
            session.Id == signedIn.SessionId
        );
        var second = await LinkTokenAsync(Tokens.Sign(Subject, squatted.Email));
        Assert.That((await SendAsync(new LinkIdentityCommand(second, Password: NewPassword))).Error, Is.Null);
        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject)))).Value!.IsNew, Is.False);
    }

    [TestCase("p", "t", "n", "")]
    [TestCase("", "", "", "provider: required, idToken: required, nonce: required")]
    [TestCase(null, null, null, "provider: required, idToken: required, nonce: required")]
    [TestCase("a\0b", "a\0b", "a\0b", "provider: invalid_format, idToken: invalid_format, nonce: invalid_format")]
    public void Requires_a_provider_a_token_and_a_nonce(
        string? provider,
        string? idToken,
        string? nonce,
        string errors
    ) =>
        Assert.That(
            new LoginIdentityValidator().ErrorTextOf(new LoginIdentityCommand(provider!, idToken!, nonce!)),
            Is.EqualTo(errors)
        );

    [TestCase(null, "")]
    [TestCase("t", "")]
    [TestCase("", "guestToken: required")]
    [TestCase("a\0b", "guestToken: invalid_format")]
    public void Checks_the_token_of_a_guest(string? guestToken, string error) =>
        Assert.That(
            new LoginIdentityValidator().ErrorTextOf(new LoginIdentityCommand("p", "t", "n", GuestToken: guestToken)),
            Is.EqualTo(error)
        );

    [TestCase(30, 256, 4096, 80, 100, "")]
    [TestCase(31, 256, 4096, 80, 100, "provider: too_long")]
    [TestCase(30, 257, 4096, 80, 100, "nonce: too_long")]
    [TestCase(30, 256, 4097, 80, 100, "authorizationCode: too_long")]
    [TestCase(30, 256, 4096, 81, 100, "displayName: too_long")]
    [TestCase(30, 256, 4096, 80, 101, "device: too_long")]
    public void Limits_the_length_of_each_member(
        int provider,
        int nonce,
        int authorizationCode,
        int displayName,
        int device,
        string errors
    ) =>
        Assert.That(
            new LoginIdentityValidator().ErrorTextOf(
                new LoginIdentityCommand(
                    Shapes.Text(provider),
                    Shapes.Text(100_000),
                    Shapes.Text(nonce),
                    Shapes.Text(authorizationCode),
                    Shapes.Text(displayName),
                    Shapes.Text(device)
                )
            ),
            Is.EqualTo(errors)
        );

    [Test]
    public void Refuses_control_characters_in_the_optional_members() =>
        Assert.That(
            new LoginIdentityValidator().ErrorTextOf(new LoginIdentityCommand("p", "t", "n", "a\0b", "a\0b", "a\0b")),
            Is.EqualTo("authorizationCode: invalid_format, displayName: invalid_format, device: invalid_format")
        );

    private static string Code() => $"code.{Guid.NewGuid():N}";

    private static RecordedEvent Refused(Guid? userId) =>
        new(AuditEventType.SignInFailed, AuditOutcome.Failed, null, userId, Device: Device);

    private async Task<IdentityGrant?> GrantAsync() => (await Records.LinksOfAsync(Subject)).Single().Grant;

    private async Task<AccountProfile> NewUserAsync(string? nameOfToken, string? nameOfApp = null)
    {
        var subject = FakeIdentityTokens.NewSubject();
        var signed = Tokens.Sign(subject, name: nameOfToken);
        var signedIn = await SendAsync(
            new LoginIdentityCommand(signed.Provider, signed.IdToken, signed.Nonce, DisplayName: nameOfApp)
        );
        Assert.That(signedIn.Error, Is.Null);
        return (await Records.UserAsync((await Records.LinksOfAsync(subject)).Single().OwnerId))!;
    }

    /// <summary>Returns the refused sign-ins from this network address.</summary>
    private async Task<List<RecordedEvent>> RefusedAsync() =>
        [
            .. (await Records.EventsFromAsync(Server.Caller.IpAddress))
                .Where(recorded => recorded.Type == AuditEventType.SignInFailed)
                .Select(RecordedEvent.From),
        ];
}
