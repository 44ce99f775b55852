using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Moq;

namespace Fitnessify.Application.Tests.Users;

public sealed class GetMeTests
{
    private readonly User _user = Given.User();

    [Test]
    public async Task Answers_with_the_user_who_asks()
    {
        var result = await HandleAsync(_user);

        Assert.That(result.Value?.Id, Is.EqualTo(_user.Id));
    }

    [Test]
    public async Task Answers_like_the_door_when_the_user_is_gone()
    {
        var result = await HandleAsync(null);

        Assert.That(result.Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    private Task<Result<UserDto>> HandleAsync(User? found)
    {
        var accounts = new Mock<IAccountRepository>(MockBehavior.Strict);
        accounts.Setup(port => port.FindAsync(_user.Id, CancellationToken.None)).ReturnsAsync(found);
        var mapper = DependencyInjection.CreateMapperConfiguration().CreateMapper();
        return new GetMeHandler(Given.CurrentUser(_user.Id), accounts.Object, mapper).Handle(
            new GetMeQuery(),
            CancellationToken.None
        );
    }
}
