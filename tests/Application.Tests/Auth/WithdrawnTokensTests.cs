using Fitnessify.Application.Accounts;
using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Admin;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Mail;

namespace Fitnessify.Application.Tests.Auth;

/// <summary>A mailed token becomes invalid when its purpose no longer applies (security requirement 32).</summary>
public sealed class WithdrawnTokensTests : AdminTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [TestCase("password")]
    [TestCase("address confirmed")]
    [TestCase("username")]
    [TestCase("sign-out everywhere")]
    public async Task A_reset_link_becomes_invalid_after_a_change_of_the_account(string change)
    {
        var pending = $"new.{_account.Email}";
        var confirmation = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _account.UserId, pending);
        if (change == "address confirmed")
        {
            await ChangeAsync(_account.UserId, row => row.RequestEmailChange(pending));
        }

        var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _account.UserId, _account.Email!);
        await SendAsync(new ForgotPasswordCommand(_account.Email!));

        var changed = change switch
        {
            "password" => (await SendAsync(new ChangePasswordCommand(NewPassword, Password))).Error,
            "address confirmed" => (await SendAsync(new ConfirmEmailCommand(_account.UserId, confirmation))).Error,
            "username" => (await SendAsync(new UpdateMeCommand(new(Instance.NewName())))).Error,
            _ => (await SendAsync(new RevokeOtherSessionsCommand())).Error,
        };

        Assert.That(changed, Is.Null);
        await FailsAsync(
            new ResetPasswordCommand(_account.Email!, token, "eleven copper lanterns"),
            "token_invalid_or_expired"
        );
        Assert.That(await QueuedAsync(), Is.Zero, "An earlier request does not mail another link.");
    }

    [TestCase("password")]
    [TestCase("reset")]
    [TestCase("sign-out everywhere")]
    [TestCase("sign-out by an admin")]
    [TestCase("disabled and enabled")]
    public async Task A_change_of_the_address_is_canceled_with(string change)
    {
        var pending = $"new.{_account.Email}";
        await ChangeAsync(_account.UserId, row => row.RequestEmailChange(pending));
        var confirmation = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _account.UserId, pending);
        var reset = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _account.UserId, _account.Email!);

        var errors = change switch
        {
            "password" => [(await SendAsync(new ChangePasswordCommand(NewPassword, Password))).Error],
            "reset" => [(await SendAsync(new ResetPasswordCommand(_account.Email!, reset, NewPassword))).Error],
            "sign-out everywhere" => [(await SendAsync(new RevokeOtherSessionsCommand())).Error],
            _ => await AdministerAsync(change),
        };

        Assert.That(errors, Is.All.Null);
        Assert.That((await Records.AccountAsync(_account.UserId))!.PendingEmail, Is.Null);
        await FailsAsync(new ConfirmEmailCommand(_account.UserId, confirmation), "token_invalid_or_expired");
    }

    [Test]
    public async Task Confirming_an_older_address_keeps_the_newer_pending_one()
    {
        var account = await SignUpAsync(isConfirmed: false);
        Server.Caller.Session = await Server.SignInAsync(account.UserId);
        var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, account.UserId, account.Email!);
        Assert.That((await SendAsync(new ChangeEmailCommand($"new.{account.Email}", Password))).Error, Is.Null);

        Assert.That((await SendAsync(new ConfirmEmailCommand(account.UserId, token))).Error, Is.Null);

        var stored = (await Records.AccountAsync(account.UserId))!;
        Assert.That((stored.EmailConfirmed, stored.PendingEmail), Is.EqualTo((true, $"new.{account.Email}")));
    }

    private async Task<Error?[]> AdministerAsync(string change)
    {
        Server.Caller.Session = await Server.SignInAsync(Admin.UserId);
        return change == "sign-out by an admin"
            ? [(await SendAsync(new SignOutUserCommand(_account.UserId))).Error]
            :
            [
                (await SendAsync(new DisableUserCommand(_account.UserId))).Error,
                (await SendAsync(new EnableUserCommand(_account.UserId))).Error,
            ];
    }

    private async Task<int> QueuedAsync() =>
        (await Records.MailsToAsync(_account.Email!)).Count(mail => mail.Kind == MailKind.ResetPassword);
}
