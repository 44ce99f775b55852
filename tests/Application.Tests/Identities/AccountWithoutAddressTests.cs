using Fitnessify.Application.Accounts;
using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Export;
using Fitnessify.Application.Mail;
using Fitnessify.Application.Passkeys;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>An identity without a verified address has created an account, on a server that requires confirmed addresses.</summary>
public sealed class AccountWithoutAddressTests() : IdentityTests(("Accounts:RequireConfirmedEmail", "true"))
{
    private Session _session = null!;
    private AccountProfile _user = null!;

    [SetUp]
    public async Task Register()
    {
        _session = await SignInByIdentityAsync(Subject);
        _user = (await Records.UserAsync(_session.OwnerId))!;
    }

    [Test]
    public async Task No_address_is_not_an_unconfirmed_one() =>
        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject)))).Error, Is.Null);

    [Test]
    public async Task An_unconfirmed_address_is_one_for_an_identity_too()
    {
        var account = await SignUpAsync(isConfirmed: false);
        var subject = FakeIdentityTokens.NewSubject();
        await StoreAsync(account.UserId, subject);

        await FailsAsync(SignIn(Tokens.Sign(subject, account.Email)), "email_not_confirmed");

        Assert.That(await Records.SessionsAsync(account.UserId), Is.Empty);
    }

    [Test]
    public async Task A_sign_in_by_password_answers_like_a_wrong_one_after_the_same_work()
    {
        Server.Caller.Session = null;
        var other = await SignUpAsync();
        List<(string? Error, int Verified, int Saves, RecordedEvent Event)> answers = [];
        foreach (var (login, id) in new[] { (other.Username, other.UserId), (_user.Username, _user.Id) })
        {
            var (verified, saves) = (Hashing.Verified, Saves.Count);
            Server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var error = (await SendAsync(new LoginUserCommand(login, "wrong"))).Error;
            var recorded = (await RecordedAsync(id))[^1];
            answers.Add(
                (error?.Code, Hashing.Verified - verified, Saves.Count - saves, recorded with { SubjectId = null })
            );
        }

        Assert.That(answers[1], Is.EqualTo(answers[0]));
        Assert.That(answers[1].Error, Is.EqualTo("invalid_credentials"));
    }

    [TestCase(MailKind.NewDevice)]
    [TestCase(MailKind.IdentityLinked)]
    [TestCase(MailKind.PasswordChanged)]
    [TestCase(MailKind.EmailChangeRequested)]
    public async Task Mails_about_the_account_are_dropped(MailKind kind)
    {
        var mail = kind switch
        {
            MailKind.NewDevice => AccountMails.NewDevice(_session),
            MailKind.IdentityLinked => AccountMails.IdentityLinked(_user.Id, "google", Now),
            MailKind.PasswordChanged => AccountMails.PasswordChanged(_user.Id, Now),
            _ => AccountMails.EmailChangeRequested(_user.Id, Now),
        };

        Assert.That(await WriteAsync(mail), Is.Null);
        Assert.That(mail.Status, Is.EqualTo(OutboxStatus.Dropped));
    }

    [Test]
    public async Task A_requested_address_gets_the_link_that_confirms_it_and_nothing_else()
    {
        var address = await RequestAsync();

        Assert.That((await WriteAsync(AccountMails.ConfirmEmail(_user.Id, Now)))?.To, Is.EqualTo(address));
        Assert.That(await WriteAsync(AccountMails.ResetPassword(address, Now)), Is.Null);
        Assert.That(await WriteAsync(AccountMails.EmailChangeRequested(_user.Id, Now)), Is.Null);
        Assert.That(await Records.AccountAsync(address), Is.Null, "It signs nobody in.");
    }

    [Test]
    public async Task Nobody_resets_the_password_by_a_requested_address()
    {
        var address = await RequestAsync();
        var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _user.Id, address);

        await FailsAsync(new ResetPasswordCommand(address, token, NewPassword), "token_invalid_or_expired");
    }

    [Test]
    public async Task This_was_not_me_only_forgets_the_requested_address()
    {
        var address = await RequestAsync();
        var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _user.Id, address);

        Assert.That((await SendAsync(new RejectEmailCommand(_user.Id, token))).Error, Is.Null);

        var stored = (await Records.AccountAsync(_user.Id))!;
        Assert.That((stored.Email, stored.PendingEmail), Is.EqualTo(((string?)null, (string?)null)));
        Assert.That((await SessionAsync(_session)).IsLive(Now), Is.True);
        Assert.That(await Records.IdentitiesAsync(_user.Id), Has.Count.EqualTo(1));
        await FailsAsync(new ConfirmEmailCommand(_user.Id, token), "token_invalid_or_expired");
    }

    [Test]
    public async Task A_first_address_is_confirmed()
    {
        var address = await RequestAsync();
        Assert.That((await SendAsync(new GetMeQuery())).Value!.Email, Is.Null);
        var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _user.Id, address);

        Assert.That((await SendAsync(new ConfirmEmailCommand(_user.Id, token))).Error, Is.Null);

        var me = (await SendAsync(new GetMeQuery())).Value!;
        Assert.That((me.Email, me.EmailConfirmed), Is.EqualTo((address, true)));
        Assert.That(
            (await RecordedAsync(_user.Id)).Select(recorded => recorded.Type),
            Does.Contain(AuditEventType.EmailConfirmed)
        );
        Assert.That(
            (await Records.MailsAsync(_user.Id)).Select(mail => mail.Kind),
            Does.Not.Contain(MailKind.EmailChanged),
            "There was no former address."
        );
        var reset = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _user.Id, address);
        Assert.That((await SendAsync(new ResetPasswordCommand(address, reset, NewPassword))).Error, Is.Null);
        Assert.That(await Records.IdentitiesAsync(_user.Id), Has.Count.EqualTo(1), "It was confirmed before.");
        Assert.That((await SendAsync(new LoginUserCommand(address, NewPassword))).Error, Is.Null);
    }

    [Test]
    public async Task A_first_address_that_another_account_has_meanwhile_is_not_confirmed()
    {
        var address = await RequestAsync();
        var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _user.Id, address);
        await Server.SignUpAsync(Instance.NewName(), address);

        await FailsAsync(new ConfirmEmailCommand(_user.Id, token), "email_taken");
    }

    [Test]
    public async Task Its_user_sets_a_first_password()
    {
        await SendAsync(Show(Tokens.Sign(Subject)));

        Assert.That((await SendAsync(new ChangePasswordCommand(NewPassword))).Error, Is.Null);

        Assert.That((await SendAsync(new GetMeQuery())).Value!.SignInMethods, Is.EqualTo(["password", "google"]));
        Assert.That((await SendAsync(new LoginUserCommand(_user.Username, NewPassword))).Error, Is.Null);
    }

    [Test]
    public async Task Its_user_exports_and_deletes_it()
    {
        await SendAsync(Show(Tokens.Sign(Subject)));

        var export = (await SendAsync(new ExportMeCommand())).Value!;
        Assert.That(
            (export.User.Id, export.User.Email, export.PendingEmail),
            Is.EqualTo((_user.Id, (string?)null, (string?)null))
        );
        Assert.That((await SendAsync(new DeleteMeCommand())).Error, Is.Null);

        Assert.That(await Records.AccountAsync(_user.Id), Is.Null);
        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject)))).Value!.IsNew, Is.True);
    }

    [Test]
    public async Task Several_accounts_have_no_address()
    {
        var other = await SignInByIdentityAsync(FakeIdentityTokens.NewSubject());

        Assert.That(other.OwnerId, Is.Not.EqualTo(_user.Id));
    }

    [Test]
    public async Task Users_and_admins_see_how_it_is_entered()
    {
        using var authenticator = PasskeyCalls.Authenticator();
        await SendAsync(Show(Tokens.Sign(Subject)));
        Assert.That((await SendAsync(new GetMeQuery())).Value!.SignInMethods, Is.EqualTo(["google"]));
        await StoreAsync(_user.Id, Subject, Apple);
        await StoreAsync(_user.Id, FakeIdentityTokens.NewSubject(), Apple);
        var begun = (await SendAsync(new BeginPasskeyCommand())).Value!;
        await SendAsync(
            new AddPasskeyCommand(begun.ChallengeToken, Ceremonies.Json(authenticator.Create(Ceremonies.Read(begun))))
        );
        string[] methods = ["passkey", "apple", "google"];

        Assert.That((await SendAsync(new GetMeQuery())).Value!.SignInMethods, Is.EqualTo(methods));
        var admin = await SignInNewUserAsync();
        await AdministerAsync(port => port.SetRoles(admin.UserId, [Roles.Admin, Roles.Member]));
        var seen = (await SendAsync(new GetUserQuery(_user.Id))).Value!;
        Assert.That((seen.SignInMethods, seen.Email, seen.EmailConfirmed), Is.EqualTo((methods, (string?)null, false)));
        var listed = (await SendAsync(new ListUsersQuery(_user.Username, null, null, 10, null))).Value!;
        Assert.That(listed.Items.Single(item => item.Id == _user.Id).SignInMethods, Is.EqualTo(methods));
    }

    [Test]
    public async Task A_forgotten_password_of_an_address_that_nobody_has_mails_nothing()
    {
        var address = NewAddress();
        await SendAsync(new ForgotPasswordCommand(address));

        var mail = (await Records.MailsToAsync(address)).Single();
        Assert.That(await WriteAsync(mail), Is.Null);
    }

    private Task<MailMessage?> WriteAsync(OutboxMail mail) =>
        Server.UseAsync((MailWriter writer) => writer.WriteAsync(mail, Now, default));

    /// <summary>Requests a first address.</summary>
    private async Task<string> RequestAsync()
    {
        var address = NewAddress();
        await SendAsync(Show(Tokens.Sign(Subject)));
        Assert.That((await SendAsync(new ChangeEmailCommand(address))).Error, Is.Null);
        return address;
    }
}
