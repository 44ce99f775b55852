using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class ChangePasswordTests : UseCaseTests
{
    private static readonly string[] BadNames = [.. BadText.All.Select(bad => bad.Name)];

    private Credentials _account = null!;
    private Session _other = null!;

    [SetUp]
    public async Task SignIn()
    {
        _account = await SignInNewUserAsync();
        _other = await Server.SignInAsync(_account.UserId);
    }

    [Test]
    public async Task Only_the_new_password_works_afterwards()
    {
        Assert.That((await ChangeAsync()).Error, Is.Null);

        await FailsAsync(new LoginUserCommand(_account.Username, Password), "invalid_credentials");
        Assert.That((await SendAsync(new LoginUserCommand(_account.Username, NewPassword))).Error, Is.Null);
    }

    [Test]
    public async Task Discards_a_pending_address_that_may_have_been_requested_with_the_old_password()
    {
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange($"new.{_account.Email}"));

        await ChangeAsync();

        var stored = await Records.AccountAsync(_account.UserId);
        Assert.That(
            stored,
            Is.EqualTo(_account with { PasswordHash = stored!.PasswordHash, SecurityStamp = stored.SecurityStamp })
        );
    }

    [Test]
    public async Task Discards_an_address_that_is_requested_during_the_change()
    {
        Saves.BeforeNextSave = () =>
            ChangeAsync(_account.UserId, row => row.RequestEmailChange($"new.{_account.Email}"));

        Assert.That((await ChangeAsync()).Error, Is.Null);

        Assert.That((await Records.AccountAsync(_account.UserId))!.PendingEmail, Is.Null);
    }

    [Test]
    public async Task Ends_the_other_sessions_and_records_an_audit_event()
    {
        await ChangeAsync();

        var asking = Server.Caller.Session!;
        Assert.That((await SessionAsync(asking)).RevokedAt, Is.Null);
        Assert.That((await SessionAsync(_other)).RevokedReason, Is.EqualTo(SessionEnd.PasswordChanged));
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EquivalentTo([
                Done(AuditEventType.SessionEnded, _other.Id, _other.Device),
                Done(AuditEventType.PasswordChanged, asking.Id),
            ])
        );
        await AssertTimeAndAddressAsync(_account.UserId);
    }

    [Test]
    public async Task Notifies_the_user_by_mail()
    {
        await ChangeAsync();

        var mail = (await Records.MailsAsync(_account.UserId)).Single();
        Assert.That(
            (mail.Kind, mail.Address, mail.CreatedAt, mail.Data["at"]),
            Is.EqualTo((MailKind.PasswordChanged, (string?)null, Given.Now, "2026-03-14T15:09:26.5350000+00:00"))
        );
    }

    [Test]
    public async Task A_sign_in_that_waits_for_its_code_has_to_start_over()
    {
        var (app, _) = await EnableMfaAsync(_account.UserId);
        var token = await ChallengeTokenAsync(_account);

        await ChangeAsync();

        await FailsAsync(new VerifyMfaCommand(token, app.Code()), "mfa_code_invalid");
    }

    [Test]
    public async Task Checks_the_new_password_only_after_the_current_one() =>
        await RefusesAsync("reauthentication_failed", "short", "wrong");

    [TestCase("correct horse", "too_weak")]
    [TestCase("short", "too_short")]
    [TestCase(Password, "same_as_old")]
    public async Task Does_not_hash_a_password_that_the_policy_refuses(string newPassword, string reason)
    {
        var error = await RefusesAsync("password_rejected", newPassword);

        Assert.That(error.Details!["reasons"], Is.EqualTo([reason]));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Does_not_hash_a_password_that_contains_the_username_or_the_local_part_of_the_address(
        bool isUsername
    )
    {
        await ChangeAsync(_account.UserId, row => row.Rename(Instance.NewName()));
        _account = (await Records.AccountAsync(_account.UserId))!;
        var identity = isUsername ? _account.Username : _account.Email!.Split('@')[0];

        var error = await RefusesAsync("password_rejected", $"{identity} likes {NewPassword}");

        Assert.That(error.Details!["reasons"], Is.EqualTo(["contains_identity"]));
    }

    [Test]
    public async Task Changes_nothing_when_the_new_password_cannot_be_scored()
    {
        var strength = new Mock<IPasswordStrength>();
        strength
            .Setup(port => port.EstimateAsync(NewPassword, It.IsAny<IReadOnlyList<string>>(), default))
            .ReturnsAsync(CommonErrors.ServiceUnavailable);
        await using var server = TestRun.Database.Start(services => services.AddSingleton(strength.Object));
        server.Caller.Session = Server.Caller.Session;

        await RefusesAsync("service_unavailable", server: server);
    }

    [Test]
    public async Task Changes_nothing_when_the_new_password_cannot_be_hashed()
    {
        Hashing.IsTooSlowAfterNext = true;

        await RefusesAsync("service_unavailable");
    }

    [TestCase("x", "y", "")]
    [TestCase(null, null, "newPassword: required")]
    [TestCase("", " ", "newPassword: required, currentPassword: required")]
    public void Requires_a_new_password_and_takes_no_empty_one(string? current, string? next, string errors) =>
        Assert.That(Errors(current, next), Is.EqualTo(errors));

    [TestCaseSource(nameof(BadNames))]
    public void Refuses_a_password_with_invalid_text(string badName)
    {
        var bad = BadText.All.Single(text => text.Name == badName).Text;

        Assert.That(Errors(bad, bad), Is.EqualTo("newPassword: invalid_format, currentPassword: invalid_format"));
    }

    private static string Errors(string? current, string? next) =>
        new ChangePasswordValidator().ErrorTextOf(new ChangePasswordCommand(next!, current!));

    private RecordedEvent Done(AuditEventType type, Guid sessionId, string? device = null) =>
        RecordedEvent.Of(type, _account.UserId, sessionId, device);

    private async Task<Error> RefusesAsync(
        string code,
        string newPassword = NewPassword,
        string currentPassword = Password,
        Instance? server = null
    )
    {
        var hashed = Hashing.Hashed;

        var result = await (server ?? Server).SendAsync(new ChangePasswordCommand(newPassword, currentPassword));

        Assert.That(result.Error?.Code, Is.EqualTo(code));
        Assert.That(Hashing.Hashed, Is.EqualTo(hashed));
        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(_account));
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
        Assert.That((await SessionAsync(_other)).RevokedAt, Is.Null);
        return result.Error!;
    }

    private Task<Result> ChangeAsync() => SendAsync(new ChangePasswordCommand(NewPassword, Password));
}
