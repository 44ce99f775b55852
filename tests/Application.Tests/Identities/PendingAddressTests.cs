using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Identities;
using Fitnessify.Domain.Auth;

namespace Fitnessify.Application.Tests.Identities;

/// <summary>Somebody has registered with an address and has not confirmed it: it belongs to no account yet.</summary>
public sealed class PendingAddressTests() : IdentityTests(("Accounts:RegistrationPrivacy", "Private"))
{
    private readonly string _address = NewAddress();
    private string _linkToken = "";

    [SetUp]
    public async Task BeRefused()
    {
        var name = Instance.NewName();
        Assert.That((await SendAsync(new RegisterUserCommand(name, _address, Password))).Error, Is.Null);
        Assert.That((await Records.AccountAsync(name))!.IsEmailPending, Is.True);
        _linkToken = await LinkTokenAsync(Tokens.Sign(Subject, _address));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_link_token_is_for_whichever_account_signs_in(bool isPending)
    {
        var account = isPending ? (await Records.AccountAsync(_address))! : await SignUpAsync();
        Server.Caller.Session = await Server.SignInAsync(account.UserId);

        Assert.That((await SendAsync(new LinkIdentityCommand(_linkToken, Password: Password))).Error, Is.Null);

        Assert.That((await Records.LinksOfAsync(Subject)).Single().OwnerId, Is.EqualTo(account.UserId));
    }

    [Test]
    public async Task A_link_for_a_new_password_is_worthless_when_another_account_confirms_the_address()
    {
        var (first, other) = ((await Records.AccountAsync(_address))!, Instance.NewName());
        var token = await MailedTokenAsync(AccountTokenPurpose.ResetPassword, first.UserId, _address);
        Assert.That((await SendAsync(new RegisterUserCommand(other, _address, Password))).Error, Is.Null);
        await ChangeAsync((await Records.AccountAsync(other))!.UserId, row => row.ConfirmEmail(_address));

        await FailsAsync(new ResetPasswordCommand(_address, token, NewPassword), "token_invalid_or_expired");
    }

    [Test]
    public async Task A_change_of_the_password_keeps_the_first_address()
    {
        var account = (await Records.AccountAsync(_address))!;
        Server.Caller.Session = await Server.SignInAsync(account.UserId);
        var token = await MailedTokenAsync(AccountTokenPurpose.ConfirmEmail, account.UserId, _address);

        Assert.That((await SendAsync(new ChangePasswordCommand(NewPassword, Password))).Error, Is.Null);

        Assert.That((await SendAsync(new ConfirmEmailCommand(account.UserId, token))).Error, Is.Null);
        Assert.That((await Records.UserAsync(account.UserId))!.Email, Is.EqualTo(_address));
    }

    [Test]
    public async Task The_account_that_claims_the_address_does_not_withdraw_it()
    {
        var claiming = (await Records.AccountAsync(_address))!;
        Server.Caller.Session = await Server.SignInAsync(claiming.UserId);
        Assert.That((await SendAsync(new ChangePasswordCommand(NewPassword, Password))).Error, Is.Null);
        var owner = await SignInNewUserAsync();

        Assert.That((await SendAsync(new LinkIdentityCommand(_linkToken, Password: Password))).Error, Is.Null);

        Assert.That((await Records.LinksOfAsync(Subject)).Single().OwnerId, Is.EqualTo(owner.UserId));
    }
}
