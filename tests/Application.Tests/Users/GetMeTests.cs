using Fitnessify.Application.Tests.Support;
using Fitnessify.Application.Users;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Users;

public sealed class GetMeTests
{
    private readonly Ports _ports = new();

    [Test]
    public async Task Answers_with_the_user_who_asks()
    {
        _ports.User = Given.User() with { Id = _ports.Id };

        var result = await HandleAsync();

        Assert.That(result.Value?.Id, Is.EqualTo(_ports.Id));
    }

    [Test]
    public async Task Answers_like_the_door_when_the_user_is_gone()
    {
        var result = await HandleAsync();

        Assert.That(result.Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    private Task<Result<UserDto>> HandleAsync() =>
        new GetMeHandler(_ports, _ports, Given.Mapper).Handle(new GetMeQuery(), CancellationToken.None);
}
