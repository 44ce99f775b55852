using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Admin;

public sealed class GetUserTests
{
    [Test]
    public async Task Shows_the_user_as_admins_see_them()
    {
        var user = (await GetAsync(Directory.User.Id)).Value!;
        Assert.That((user.Username, user.Email, user.Sessions), Is.EqualTo(("ann", "ann@example.com", 2)));
        Assert.That(user.LastSignInAt, Is.EqualTo(Given.Now.AddDays(-1)));
    }

    [Test]
    public async Task Does_not_find_who_is_not_there() =>
        Assert.That((await GetAsync(Guid.NewGuid())).Error, Is.EqualTo(CommonErrors.NotFound));

    private static Task<Result<AdminUserDto>> GetAsync(Guid id) =>
        new GetUserHandler(new Directory(), Given.Mapper, Given.Clock()).Handle(new GetUserQuery(id), default);
}
