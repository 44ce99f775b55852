using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Identities;

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
