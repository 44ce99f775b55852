using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class GetMeTests : UseCaseTests
{
    private Credentials _account = null!;

    [SetUp]
    public async Task SignIn() => _account = await EnterAsync();

    [Test]
    public async Task Answers_with_the_user_who_asks()
    {
        var me = (await SendAsync(new GetMeQuery())).Value!;

        Assert.That((me.Id, me.Username), Is.EqualTo((_account.UserId, _account.Username)));
    }

    [Test]
    public async Task Answers_like_the_door_when_the_user_is_gone()
    {
        await ChangeAsync(_account.UserId, row => row.Delete(Given.Now));

        Assert.That((await SendAsync(new GetMeQuery())).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }
}
