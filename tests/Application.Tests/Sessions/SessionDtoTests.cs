using Fitnessify.Application.Sessions;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Sessions;

public sealed class SessionDtoTests
{
    [Test]
    public void Maps_what_a_user_may_see_of_a_session()
    {
        var session = Given.Session(Guid.NewGuid());
        session.Refresh(
            new SessionLifetime(TimeSpan.FromDays(1), TimeSpan.FromDays(1), TimeSpan.FromDays(1)),
            Given.Now
        );

        var dto = Given.Mapper.Map<SessionDto>(session);

        Assert.That(
            dto,
            Is.EqualTo(new SessionDto(session.Id, "Pixel 9", Given.IpAddress, Given.Now.AddHours(-1), Given.Now))
        );
    }
}
