using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Accounts;

public sealed class UserDtoTests
{
    [Test]
    public void Maps_every_member_of_the_user()
    {
        var user = Given.User();

        var dto = Given.Mapper.Map<UserDto>(user);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dto.Id, Is.EqualTo(user.Id));
            Assert.That(dto.Username, Is.EqualTo(user.Username));
            Assert.That(dto.Email, Is.EqualTo(user.Email));
            Assert.That(dto.EmailConfirmed, Is.EqualTo(user.EmailConfirmed));
            Assert.That(dto.Roles, Is.EqualTo(user.Roles));
            Assert.That(dto.Permissions, Is.EqualTo(user.Permissions));
            Assert.That(dto.CreatedAt, Is.EqualTo(user.CreatedAt));
        }
    }
}
