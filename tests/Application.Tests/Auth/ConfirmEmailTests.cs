using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Tests.Auth;

public sealed class ConfirmEmailTests : UseCaseTests
{
    private Credentials _account = null!;
    private string _token = "";

    private string Pending => $"new.{_account.Email}";

    [SetUp]
    public async Task SignUp()
    {
        _account = await SignUpAsync(isConfirmed: false);
        await MailAsync(_account.Email!);
    }

    [Test]
    public async Task Confirms_the_address_of_a_new_account_without_a_mail()
    {
        Assert.That((await ConfirmAsync()).Error, Is.Null);

        await AssertConfirmedAsync(_account.Email!, AuditEventType.EmailConfirmed);
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Replaces_a_confirmed_address_and_notifies_the_old_one()
    {
        await ConfirmAsync();
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange(Pending));
        await MailAsync(Pending);

        Assert.That((await ConfirmAsync()).Error, Is.Null);

        await AssertConfirmedAsync(Pending, AuditEventType.EmailConfirmed, AuditEventType.EmailChanged);
        var mail = (await Records.MailsAsync(_account.UserId)).Single();
        Assert.That(
            (mail.Kind, mail.Address, mail.CreatedAt, mail.Data["at"]),
            Is.EqualTo((MailKind.EmailChanged, _account.Email, Given.Now, "2026-03-14T15:09:26.5350000+00:00"))
        );
    }

    [Test]
    public async Task Does_not_notify_an_old_address_that_was_never_confirmed()
    {
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange(Pending));
        await MailAsync(Pending);

        Assert.That((await ConfirmAsync()).Error, Is.Null);

        await AssertConfirmedAsync(Pending, AuditEventType.EmailConfirmed);
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Confirms_an_already_confirmed_address_again_without_a_mail()
    {
        await ConfirmAsync();
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange(_account.Email!));
        await MailAsync(_account.Email!);

        Assert.That((await ConfirmAsync()).Error, Is.Null);

        await AssertConfirmedAsync(_account.Email!, AuditEventType.EmailConfirmed, AuditEventType.EmailConfirmed);
        Assert.That(await Records.MailsAsync(_account.UserId), Is.Empty);
    }

    [Test]
    public async Task Refuses_a_token_that_was_never_issued()
    {
        _token = "nobody's";

        await AssertRefusedAsync();
    }

    [Test]
    public async Task Refuses_a_token_for_resetting_the_password()
    {
        _token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _account.UserId, _account.Email!);

        await AssertRefusedAsync();
    }

    [Test]
    public async Task Refuses_a_token_of_another_user_without_using_it_up()
    {
        var other = await SignUpAsync(isConfirmed: false);

        await FailsAsync(new ConfirmEmailCommand(other.UserId, _token), "token_invalid_or_expired");

        Assert.That((await Records.AccountAsync(other.UserId))!.EmailConfirmed, Is.False);
        Assert.That((await ConfirmAsync()).Error, Is.Null);
    }

    [Test]
    public async Task Refuses_when_the_account_no_longer_exists()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await ConfirmAsync()).Error, Is.EqualTo(AuthErrors.TokenInvalidOrExpired));
    }

    [Test]
    public async Task Refuses_when_the_account_is_disabled()
    {
        await ChangeAsync(_account.UserId, row => row.Disable(Now));

        await AssertRefusedAsync();
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Refuses_an_address_that_is_neither_current_nor_pending(bool isAnotherPending)
    {
        await MailAsync(Pending);
        if (isAnotherPending)
        {
            await ChangeAsync(_account.UserId, row => row.RequestEmailChange($"other.{_account.Email}"));
        }

        await AssertRefusedAsync();
    }

    [Test]
    public async Task Reports_that_another_account_has_confirmed_the_address_meanwhile()
    {
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange(Pending));
        await MailAsync(Pending);
        Assert.That((await Server.SignUpAsync(Instance.NewName(), Pending)).Error, Is.Null);

        await FailsAsync(new ConfirmEmailCommand(_account.UserId, _token), "email_taken");

        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }

    [TestCase("x", "")]
    [TestCase(null, "token: required")]
    [TestCase(" ", "token: required")]
    [TestCase("a\0b", "token: invalid_format")]
    public void Requires_a_token(string? token, string errors) =>
        Assert.That(Errors(Guid.NewGuid(), token), Is.EqualTo(errors));

    [TestCase(4096, "")]
    [TestCase(4097, "token: too_long")]
    public void Does_not_check_a_token_that_is_too_long(int length, string errors) =>
        Assert.That(Errors(Guid.NewGuid(), new string('t', length)), Is.EqualTo(errors));

    [Test]
    public void Requires_a_user() => Assert.That(Errors(Guid.Empty, "x"), Is.EqualTo("userId: required"));

    private static string Errors(Guid userId, string? token) =>
        new ConfirmEmailValidator().ErrorTextOf(new ConfirmEmailCommand(userId, token!));

    private async Task MailAsync(string address) =>
        _token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _account.UserId, address);

    private Task<Result> ConfirmAsync() => SendAsync(new ConfirmEmailCommand(_account.UserId, _token));

    private async Task AssertConfirmedAsync(string address, params AuditEventType[] recorded)
    {
        var stored = (await Records.AccountAsync(_account.UserId))!;
        Assert.That(
            (stored.Email, stored.EmailConfirmed, stored.PendingEmail),
            Is.EqualTo((address, true, (string?)null))
        );
        Assert.That(
            await RecordedAsync(_account.UserId),
            Is.EquivalentTo(recorded.Select(type => RecordedEvent.Of(type, _account.UserId)))
        );
    }

    private async Task AssertRefusedAsync()
    {
        var before = await Records.AccountAsync(_account.UserId);

        await FailsAsync(new ConfirmEmailCommand(_account.UserId, _token), "token_invalid_or_expired");

        Assert.That(await Records.AccountAsync(_account.UserId), Is.EqualTo(before));
        Assert.That(await RecordedAsync(_account.UserId), Is.Empty);
    }
}
