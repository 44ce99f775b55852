using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class GetMeTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await SignInNewUserAsync();

    [Test]
    public async Task Returns_the_current_user()
    {
        var me = (await SendAsync(new GetMeQuery())).Value!;

        Assert.That((me.Id, me.Username), Is.EqualTo((_account.UserId, _account.Username)));
    }

    [Test]
    public async Task Fails_like_authentication_when_the_user_no_longer_exists()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await SendAsync(new GetMeQuery())).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }
}
