using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Identities;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Auth;

public sealed class ResetPasswordTests : IdentityTests
{
    private static readonly string[] BadNames = [.. BadText.InLines.Select(bad => bad.Name)];

    private Credentials _account = null!;
    private string _token = "";

    [SetUp]
    public async Task RequestPasswordReset()
    {
        _account = await SignUpAsync();
        _token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _account.UserId, _account.Email!);
    }

    [Test]
    public async Task Discards_an_address_that_is_requested_during_the_reset()
    {
        Saves.BeforeNextSave = () =>
            ChangeAsync(_account.UserId, row => row.RequestEmailChange($"new.{_account.Email}"));

        Assert.That((await ResetAsync()).Error, Is.Null);

        Assert.That((await Records.AccountAsync(_account.UserId))!.PendingEmail, Is.Null);
    }

    [Test]
    public async Task Only_the_new_password_works_afterwards()
    {
        Assert.That((await ResetAsync()).Error, Is.Null);

        await FailsAsync(new LoginUserCommand(_account.Username, Password), "invalid_credentials");
        Assert.That((await SendAsync(new LoginUserCommand(_account.Username, NewPassword))).Error, Is.Null);
    }

    [Test]
    public async Task A_token_works_only_once()
    {
        await ResetAsync();

        await FailsWith("token_invalid_or_expired", Password);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Confirms_the_address_and_discards_a_pending_one(bool isConfirmed)
    {
        _account = await SignUpAsync(isConfirmed);
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange($"new.{_account.Email}"));
        _token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _account.UserId, _account.Email!);

        await ResetAsync();

        var stored = await Records.AccountAsync(_account.UserId);
        Assert.That((stored!.EmailConfirmed, stored.PendingEmail), Is.EqualTo((true, (string?)null)));
    }

    [Test]
    public async Task Ends_all_sessions_and_records_an_audit_event()
    {
        var phone = await Server.SignInAsync(_account.UserId);
        var tablet = await Server.SignInAsync(_account.UserId);

        await ResetAsync();

        var reasons = (await Records.SessionsAsync(_account.UserId)).Select(session => session.RevokedReason);
        Assert.That(reasons, Is.EqualTo([SessionEnd.PasswordReset, SessionEnd.PasswordReset]));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EquivalentTo([
                Done(AuditEventType.SessionEnded, phone.Id, phone.Device),
                Done(AuditEventType.SessionEnded, tablet.Id, tablet.Device),
                Done(AuditEventType.PasswordReset),
            ])
        );
    }

    // This is account pre-hijacking: somebody registers with the address of another person and waits for its owner.
    [Test]
    public async Task Removes_all_other_ways_to_sign_in_when_the_address_was_unconfirmed()
    {
        var squatted = await SignUpAsync(isConfirmed: false);
        Server.Caller.Session = await Server.SignInAsync(squatted.UserId);
        using var authenticator = PasskeyCalls.Authenticator();
        await SendAsync(await Server.RegistrationAsync(authenticator, Password, "Squatter"));
        await StoreAsync(squatted.UserId, Subject);
        await EnableMfaAsync(squatted.UserId);
        var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, squatted.UserId, squatted.Email!);

        Assert.That((await SendAsync(new ResetPasswordCommand(squatted.Email!, token, NewPassword))).Error, Is.Null);

        await FailsAsync(await Server.AuthenticationAsync(authenticator), "passkey_invalid");
        Assert.That((await SendAsync(new LoginUserCommand(squatted.Email!, NewPassword))).Error, Is.Null);
        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty);
        Assert.That(await AuthenticatorsInMailAsync(squatted.UserId), Is.Empty);
    }

    [Test]
    public async Task Keeps_and_lists_the_other_ways_to_sign_in_when_the_address_was_confirmed()
    {
        Server.Caller.Session = await Server.SignInAsync(_account.UserId);
        using var authenticator = PasskeyCalls.Authenticator();
        await SendAsync(await Server.RegistrationAsync(authenticator, Password, "Laptop"));
        await StoreAsync(_account.UserId, Subject);
        await EnableMfaAsync(_account.UserId);

        await ResetAsync();

        Assert.That(await Records.LinksOfAsync(Subject), Has.Count.EqualTo(1));
        Assert.That((await SendAsync(await Server.AuthenticationAsync(authenticator))).Error, Is.Null);
        await FailsAsync(new LoginUserCommand(_account.Email!, NewPassword), "mfa_required");
        Assert.That(
            await AuthenticatorsInMailAsync(_account.UserId),
            Is.EqualTo("passkey:Laptop\nidentity:google\nmfa")
        );
    }

    private async Task<string> AuthenticatorsInMailAsync(Guid userId) =>
        (await Records.MailsAsync(userId)).Single(mail => mail.Kind == MailKind.PasswordReset).Data["authenticators"];

    [Test]
    public async Task Notifies_the_user_by_mail()
    {
        await ResetAsync();

        var mail = (await Records.MailsAsync(_account.UserId)).Single();
        Assert.That(
            (mail.Kind, mail.Address, mail.CreatedAt),
            Is.EqualTo((MailKind.PasswordReset, (string?)null, Given.Now))
        );
    }

    [Test]
    public async Task Clears_the_wrong_passwords_so_that_the_owner_can_sign_in()
    {
        for (var i = 0; i < 10; i++)
        {
            await SendAsync(new LoginUserCommand(_account.Username, "wrong"));
        }

        await ResetAsync();

        Assert.That((await SendAsync(new LoginUserCommand(_account.Username, NewPassword))).Error, Is.Null);
    }

    [Test]
    public async Task A_sign_in_that_waits_for_its_code_has_to_start_over()
    {
        var (app, _) = await EnableMfaAsync(_account.UserId);
        var token = await ChallengeTokenAsync(_account);

        await ResetAsync();

        await FailsAsync(new VerifyMfaCommand(token, app.Code()), "mfa_code_invalid");
    }

    [Test]
    public async Task Accepts_the_address_in_any_case() =>
        Assert.That((await ResetAsync(email: $" {_account.Email!.ToUpperInvariant()} ")).Error, Is.Null);

    [Test]
    public async Task Refuses_a_token_that_was_never_issued()
    {
        _token = "nobody's";

        await FailsWith("token_invalid_or_expired");
    }

    [Test]
    public async Task Refuses_a_token_that_was_sent_to_another_address() =>
        await FailsWith("token_invalid_or_expired", email: "another@example.com");

    [Test]
    public async Task Refuses_a_token_for_confirming_an_address()
    {
        _token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _account.UserId, _account.Email!);

        await FailsWith("token_invalid_or_expired");
    }

    [Test]
    public async Task Refuses_when_the_account_no_longer_exists()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await ResetAsync()).Error, Is.EqualTo(AuthErrors.TokenInvalidOrExpired));
    }

    [Test]
    public async Task Refuses_when_the_account_is_disabled()
    {
        await ChangeAsync(_account.UserId, row => row.Disable(Now));

        await FailsWith("token_invalid_or_expired");
    }

    [Test]
    public async Task Refuses_when_the_address_of_the_account_has_changed_meanwhile()
    {
        var other = $"new.{_account.Email}";
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange(other));
        await ChangeAsync(_account.UserId, row => row.ConfirmEmail(other));

        await FailsWith("token_invalid_or_expired");
    }

    [TestCase("correct horse", "too_weak")]
    [TestCase("short", "too_short")]
    public async Task Does_not_hash_a_password_that_the_policy_refuses(string newPassword, string reason)
    {
        var error = await FailsWith("password_rejected", newPassword);

        Assert.That(error.Details!["reasons"], Does.Contain(reason));
    }

    [Test]
    public async Task Does_not_hash_a_password_that_contains_the_username()
    {
        var error = await FailsWith("password_rejected", $"{_account.Username} likes {NewPassword}");

        Assert.That(error.Details!["reasons"], Is.EqualTo(["contains_identity"]));
    }

    [Test]
    public async Task Changes_nothing_when_the_password_cannot_be_hashed()
    {
        Hashing.IsFull = true;

        await FailsWith("service_unavailable");

        Hashing.IsFull = false;
        Assert.That((await ResetAsync()).Error, Is.Null, "The token is not used up.");
    }

    [TestCase("a@b.c", "x", "y", "")]
    [TestCase(null, null, null, "email: required, token: required, newPassword: required")]
    [TestCase(" ", "", " ", "email: required, token: required, newPassword: required")]
    [TestCase("a@localhost", "x", "y", "email: invalid_format")]
    public void Requires_an_address_a_token_and_a_password(
        string? email,
        string? token,
        string? newPassword,
        string errors
    ) => Assert.That(Errors(email, token, newPassword), Is.EqualTo(errors));

    [TestCase(4096, "")]
    [TestCase(4097, "token: too_long")]
    public void Does_not_check_a_token_that_is_too_long(int length, string errors) =>
        Assert.That(Errors("a@b.c", new string('t', length), "y"), Is.EqualTo(errors));

    [TestCaseSource(nameof(BadNames))]
    public void Refuses_invalid_text_in_every_member(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(
            Errors($"{bad}@example.com", bad, bad),
            Is.EqualTo("email: invalid_format, token: invalid_format, newPassword: invalid_format")
        );
    }

    private static string Errors(string? email, string? token, string? newPassword) =>
        new ResetPasswordValidator().ErrorTextOf(new ResetPasswordCommand(email!, token!, newPassword!));

    private RecordedEvent Done(AuditEventType type, Guid? sessionId = null, string? device = null) =>
        RecordedEvent.Of(type, _account.UserId, sessionId, device);

    private async Task<Error> FailsWith(string code, string newPassword = NewPassword, string? email = null)
    {
        var before = await Records.AccountAsync(_account.UserId);
        var hashed = Hashing.Hashed;

        var result = await ResetAsync(newPassword, email);

        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(before));
        Assert.That(Hashing.Hashed, Is.EqualTo(hashed));
        return result.Error!;
    }

    private Task<Result> ResetAsync(string newPassword = NewPassword, string? email = null) =>
        SendAsync(new ResetPasswordCommand(email ?? _account.Email!, _token, newPassword));
}
