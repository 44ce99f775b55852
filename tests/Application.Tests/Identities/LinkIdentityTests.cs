using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Tests.Identities;

public sealed class LinkIdentityTests : IdentityTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [Test]
    public async Task Links_the_identity_of_an_id_token_in_one_save()
    {
        var address = NewAddress();
        var before = Saves.Count;

        var linked = (await SendAsync(Link(Tokens.Sign(Subject, address)))).Value!;

        Assert.That(Saves.Count - before, Is.EqualTo(1));
        await AssertLinkedAsync(linked, address);
    }

    [Test]
    public async Task Links_the_identity_of_a_refused_sign_in()
    {
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var linkToken = await LinkTokenAsync(Tokens.Sign(Subject, _account.Email));
        var before = Saves.Count;

        var linked = (await SendAsync(new LinkIdentityCommand(linkToken, Password: Password))).Value!;

        Assert.That(Saves.Count - before, Is.EqualTo(1));
        await AssertLinkedAsync(linked, _account.Email);
    }

    [Test]
    public async Task A_link_token_works_only_in_the_account_that_has_the_address()
    {
        var linkToken = await LinkTokenAsync(Tokens.Sign(Subject, _account.Email));
        var owner = Server.Caller.Session;
        await SignInNewUserAsync();

        await FailsAsync(new LinkIdentityCommand(linkToken, Password: Password), "token_invalid_or_expired");

        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
        Server.Caller.Session = owner;
        var linked = await SendAsync(new LinkIdentityCommand(linkToken, Password: Password));
        Assert.That(linked.Error, Is.Null, "Nothing has used it up.");
        Assert.That((await Records.LinksOfAsync(Subject)).Single().OwnerId, Is.EqualTo(_account.UserId));
    }

    [TestCase("change", true)]
    [TestCase("reset", true)]
    [TestCase("change of another account", false)]
    public async Task A_new_password_of_the_account_withdraws_the_link_token(string change, bool isWithdrawn)
    {
        var linkToken = await LinkTokenAsync(Tokens.Sign(Subject, _account.Email));
        var owner = Server.Caller.Session;
        switch (change)
        {
            case "reset":
                var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _account.UserId, _account.Email!);
                var reset = new ResetPasswordCommand(_account.Email!, token, NewPassword);
                Assert.That((await SendAsync(reset)).Error, Is.Null);
                owner = await Server.SignInAsync(_account.UserId);
                break;
            case "change of another account":
                await SignInNewUserAsync();
                goto default;
            default:
                Assert.That((await SendAsync(new ChangePasswordCommand(NewPassword, Password))).Error, Is.Null);
                break;
        }

        Server.Caller.Session = owner;
        var linked = await SendAsync(
            new LinkIdentityCommand(linkToken, Password: isWithdrawn ? NewPassword : Password)
        );

        Assert.That(linked.Error?.Code, Is.EqualTo(isWithdrawn ? "token_invalid_or_expired" : null));
        Assert.That(await Records.LinksOfAsync(Subject), Has.Count.EqualTo(isWithdrawn ? 0 : 1));
    }

    [Test]
    public async Task A_link_token_works_once()
    {
        var linkToken = await LinkTokenAsync(Tokens.Sign(Subject, _account.Email));
        await SendAsync(new LinkIdentityCommand(linkToken, Password: Password));

        await FailsAsync(new LinkIdentityCommand(linkToken, Password: Password), "token_invalid_or_expired");
    }

    [TestCase(599, null)]
    [TestCase(600, "token_invalid_or_expired")]
    public async Task A_link_token_works_for_ten_minutes(int seconds, string? code)
    {
        var linkToken = await LinkTokenAsync(Tokens.Sign(Subject, _account.Email));
        Server.Clock.Advance(TimeSpan.FromSeconds(seconds));

        var linked = await SendAsync(new LinkIdentityCommand(linkToken, Password: Password));

        Assert.That(linked.Error?.Code, Is.EqualTo(code));
    }

    [TestCase("unknown")]
    [TestCase("for another purpose")]
    public async Task Refuses_any_other_link_token(string kind)
    {
        var linkToken = kind;
        if (kind == "for another purpose")
        {
            await SaveAsync(
                (IChallengeTokens tokens) =>
                    linkToken = tokens.Issue(ChallengePurpose.PasskeyLogin, null, "state", Now).Text
            );
        }

        await FailsAsync(new LinkIdentityCommand(linkToken, Password: Password), "token_invalid_or_expired");
    }

    [Test]
    public async Task Links_nothing_without_the_password_and_uses_nothing_up()
    {
        var signed = Tokens.Sign(Subject);

        await FailsAsync(Link(signed, "wrong"), "reauthentication_failed");
        await FailsAsync(Link(signed, password: null), "reauthentication_required");

        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
        Assert.That((await SendAsync(Link(signed))).Error, Is.Null);
    }

    [Test]
    public async Task Requires_a_code_with_the_second_factor_on()
    {
        var (app, _) = await EnableMfaAsync(_account.UserId);
        var signed = Tokens.Sign(Subject);

        await FailsAsync(Link(signed), "mfa_code_invalid");
        await FailsAsync(Link(signed) with { Password = null }, "reauthentication_required");
        var command = new LinkIdentityCommand(
            null,
            signed.Provider,
            signed.IdToken,
            signed.Nonce,
            Password: Password,
            Code: app.Code()
        );

        Assert.That((await SendAsync(command)).Error, Is.Null);
    }

    [Test]
    public async Task Refuses_the_identity_of_another_account()
    {
        var owner = await SignUpAsync();
        await StoreAsync(owner.UserId, Subject);

        await FailsAsync(Link(Tokens.Sign(Subject)), "identity_taken");

        Assert.That((await Records.LinksOfAsync(Subject)).Single().OwnerId, Is.EqualTo(owner.UserId));
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Links_an_identity_whose_account_was_deleted()
    {
        await SignInByIdentityAsync(Subject);
        await SendAsync(Show(Tokens.Sign(Subject)));
        Assert.That((await SendAsync(new DeleteMeCommand())).Error, Is.Null);
        await SignIn();

        Assert.That((await SendAsync(Link(Tokens.Sign(Subject)))).Error, Is.Null);
    }

    [Test]
    public async Task Linking_again_changes_only_the_grant()
    {
        var first = (await SendAsync(Link(Tokens.Sign(Subject, provider: Apple)))).Value!;
        var stamp = (await Records.AccountAsync(_account.UserId))!.SecurityStamp;
        var (events, mails) = await CountsAsync();
        var code = $"code.{Guid.NewGuid():N}";

        var second = await SendAsync(Link(Tokens.Sign(Subject, provider: Apple), authorizationCode: code));

        Assert.That(second.Value, Is.EqualTo(first));
        Assert.That((await Records.LinksOfAsync(Subject)).Single().Grant, Is.EqualTo(FakeIdentityGrants.GrantOf(code)));
        Assert.That((await Records.AccountAsync(_account.UserId))!.SecurityStamp, Is.EqualTo(stamp));
        Assert.That(await CountsAsync(), Is.EqualTo((events, mails)));
    }

    [Test]
    public async Task Keeps_the_grant_that_came_with_a_refused_sign_in()
    {
        var code = $"code.{Guid.NewGuid():N}";
        var linkToken = await LinkTokenAsync(Tokens.Sign(Subject, _account.Email, provider: Apple), code);

        await SendAsync(new LinkIdentityCommand(linkToken, Password: Password));

        Assert.That((await Records.LinksOfAsync(Subject)).Single().Grant, Is.EqualTo(FakeIdentityGrants.GrantOf(code)));
    }

    [Test]
    public async Task Refuses_a_token_that_is_not_valid_or_was_used()
    {
        var signed = Tokens.Sign(Subject);
        await FailsAsync(Link(signed with { Nonce = "other" }), "identity_token_invalid");
        await FailsAsync(Link(signed with { Provider = "other" }), "validation_failed");
        await SendAsync(Link(signed));

        await FailsAsync(Link(signed), "identity_token_invalid");
    }

    [Test]
    public async Task A_token_that_has_signed_in_does_not_link()
    {
        var signed = Tokens.Sign(Subject);
        await SendAsync(SignIn(signed));

        await FailsAsync(Link(signed), "identity_taken");
        var other = Tokens.Sign(FakeIdentityTokens.NewSubject(), nonce: signed.Nonce);
        await FailsAsync(Link(other), "identity_token_invalid");
    }

    [Test]
    public async Task Cannot_say_whether_a_token_is_valid_without_the_keys_of_the_issuer()
    {
        Tokens.IsDown = true;

        await FailsAsync(Link(Tokens.Sign(Subject)), "service_unavailable");
    }

    [Test]
    public async Task Links_up_to_the_limit()
    {
        for (var i = 0; i < LinkedIdentity.MaxPerUser - 1; i++)
        {
            await StoreAsync(_account.UserId, FakeIdentityTokens.NewSubject());
        }

        Assert.That((await SendAsync(Link(Tokens.Sign(Subject)))).Error, Is.Null);
        await FailsAsync(Link(Tokens.Sign(FakeIdentityTokens.NewSubject())), "limit_reached");
        Assert.That((await SendAsync(Link(Tokens.Sign(Subject)))).Error, Is.Null, "It is linked already.");
    }

    // An authorization code works once, so that it must not be spent on a link that is refused.
    [TestCase("identity_taken")]
    [TestCase("limit_reached")]
    [TestCase("reauthentication_failed")]
    public async Task Exchanges_no_code_for_a_link_that_is_refused(string refusal)
    {
        if (refusal == "identity_taken")
        {
            await StoreAsync((await SignUpAsync()).UserId, Subject, Apple);
        }
        else if (refusal == "limit_reached")
        {
            for (var i = 0; i < LinkedIdentity.MaxPerUser; i++)
            {
                await StoreAsync(_account.UserId, FakeIdentityTokens.NewSubject());
            }
        }

        var password = refusal == "reauthentication_failed" ? "wrong" : Password;
        await FailsAsync(Link(Tokens.Sign(Subject, provider: Apple), password, "code"), refusal);

        Assert.That(Grants.Exchanged, Is.Empty);
    }

    [TestCase("t", null, null, null, null, "")]
    [TestCase(null, "p", "t", "n", null, "")]
    [TestCase(null, "p", "t", "n", "c", "")]
    [TestCase(null, null, null, null, null, "provider: required, idToken: required, nonce: required")]
    [TestCase(null, "p", null, "n", null, "idToken: required")]
    [TestCase("", null, null, null, null, "linkToken: required")]
    [TestCase("a\0b", null, null, null, null, "linkToken: invalid_format")]
    [TestCase("t", "p", null, null, null, "provider: not_allowed")]
    [TestCase("t", null, "t", null, null, "idToken: not_allowed")]
    [TestCase("t", null, null, "n", null, "nonce: not_allowed")]
    [TestCase("t", null, null, null, "c", "authorizationCode: not_allowed")]
    [TestCase(
        "t",
        "",
        "",
        "",
        "",
        "provider: not_allowed, idToken: not_allowed, nonce: not_allowed, authorizationCode: not_allowed"
    )]
    public void Requires_a_link_token_or_an_id_token(
        string? linkToken,
        string? provider,
        string? idToken,
        string? nonce,
        string? authorizationCode,
        string errors
    ) =>
        Assert.That(
            Errors(new LinkIdentityCommand(linkToken, provider, idToken, nonce, authorizationCode)),
            Is.EqualTo(errors)
        );

    [TestCase(8192, "")]
    [TestCase(8193, "linkToken: too_long")]
    public void Limits_the_length_of_a_link_token(int length, string errors) =>
        Assert.That(Errors(new LinkIdentityCommand(Shapes.Text(length))), Is.EqualTo(errors));

    [TestCase(30, 256, 4096, "")]
    [TestCase(31, 257, 4097, "provider: too_long, nonce: too_long, authorizationCode: too_long")]
    public void Limits_the_length_of_each_member(int provider, int nonce, int authorizationCode, string errors) =>
        Assert.That(
            Errors(
                new LinkIdentityCommand(
                    null,
                    Shapes.Text(provider),
                    Shapes.Text(100_000),
                    Shapes.Text(nonce),
                    Shapes.Text(authorizationCode)
                )
            ),
            Is.EqualTo(errors)
        );

    [TestCase(null, "")]
    [TestCase("ann", "")]
    [TestCase(" ann ", "")]
    [TestCase("", "username: required")]
    [TestCase("ab", "username: too_short")]
    [TestCase("a b", "username: invalid_format")]
    [TestCase("admin", "username: not_allowed")]
    public void Checks_the_username_of_a_guest(string? username, string error) =>
        Assert.That(
            new LinkIdentityValidator().ErrorTextOf(new LinkIdentityCommand("t", Username: username)),
            Is.EqualTo(error)
        );

    private static string Errors(LinkIdentityCommand command) => new LinkIdentityValidator().ErrorTextOf(command);

    private async Task AssertLinkedAsync(IdentityDto linked, string? address)
    {
        var identity = (await Records.IdentitiesAsync(_account.UserId)).Single();
        Assert.That((identity.Subject, identity.Issuer), Is.EqualTo((Subject, Google.Issuer)));
        Assert.That(linked, Is.EqualTo(new IdentityDto(identity.Id, Google.Name, address, Now)));
        var mail = (await Records.MailsAsync(_account.UserId)).Single();
        Assert.That((mail.Kind, mail.CreatedAt), Is.EqualTo((MailKind.IdentityLinked, Now)));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Does.Contain(RecordedEvent.Of(AuditEventType.IdentityLinked, _account.UserId, Server.Caller.Session!.Id))
        );
        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject)))).Value!.IsNew, Is.False);
    }

    private async Task<(int Events, int Mails)> CountsAsync() =>
        ((await RecordedAsync(_account.UserId)).Count, (await Records.MailsAsync(_account.UserId)).Count);
}
