using Fitnessify.Application.Accounts;
using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Auth;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>With the account goes the identity, and the revocation of its grant waits for the job.</summary>
public sealed class GrantRevocationTests : IdentityTests
{
    private readonly string _code = $"code.{Guid.NewGuid():N}";
    private Credentials _account = null!;

    [SetUp]
    public async Task LinkToNewUser() => await LinkAsync(isConfirmed: true);

    [Test]
    public async Task When_the_user_deletes_the_account()
    {
        Assert.That((await SendAsync(new DeleteMeCommand(Password))).Error, Is.Null);

        await AssertQueuedAsync();
    }

    [Test]
    public async Task When_an_admin_deletes_the_account()
    {
        var admin = await SignInNewUserAsync();
        await AdministerAsync(port => port.SetRoles(admin.UserId, [Roles.Admin, Roles.Member]));

        Assert.That((await SendAsync(new DeleteUserCommand(_account.UserId))).Error, Is.Null);

        await AssertQueuedAsync();
    }

    [Test]
    public async Task When_the_owner_of_the_address_says_that_it_was_not_them()
    {
        await LinkAsync(isConfirmed: false);
        var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, _account.UserId, _account.Email!);

        Assert.That((await SendAsync(new RejectEmailCommand(_account.UserId, token))).Error, Is.Null);

        await AssertQueuedAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task When_the_password_of_an_unconfirmed_account_is_reset(bool isConfirmed)
    {
        await LinkAsync(isConfirmed);
        var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, _account.UserId, _account.Email!);

        Assert.That((await SendAsync(new ResetPasswordCommand(_account.Email!, token, NewPassword))).Error, Is.Null);

        Assert.That(await Records.IdentitiesAsync(_account.UserId), Has.Count.EqualTo(isConfirmed ? 1 : 0));
        Assert.That(await RevocationsOfAsync(_code), Has.Count.EqualTo(isConfirmed ? 0 : 1));
    }

    [Test]
    public async Task Not_when_the_save_is_refused()
    {
        Saves.Refusal = Given.Failure;
        await FailsAsync(new DeleteMeCommand(Password), Given.Failure.Code);
        Saves.Refusal = null;

        Assert.That(await RevocationsOfAsync(_code), Is.Empty);
        Assert.That(await Records.IdentitiesAsync(_account.UserId), Has.Count.EqualTo(1));
    }

    private async Task LinkAsync(bool isConfirmed)
    {
        if (_account is not null)
        {
            await Server.EraseAsync(_account.UserId);
        }

        _account = await SignUpAsync(isConfirmed);
        Server.Caller.Session = await Server.SignInAsync(_account.UserId);
        await StoreAsync(_account.UserId, Subject, Apple, FakeIdentityGrants.GrantOf(_code));
    }

    private async Task AssertQueuedAsync()
    {
        Assert.That(await Records.AccountAsync(_account.UserId), Is.Null);
        Assert.That(await Records.LinksOfAsync(Subject), Is.Empty, "The identity can register again at once.");
        Assert.That(await RevocationsOfAsync(_code), Is.EqualTo([_code]));
        Assert.That((await SendAsync(SignIn(Tokens.Sign(Subject, provider: Apple)))).Value!.IsNew, Is.True);
    }
}
