using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Admin;

namespace Fitnessify.Application.Tests.Admin;

public sealed class GetUserTests : AdminTests
{
    [Test]
    public async Task Returns_the_user_with_the_details_for_admins()
    {
        await AdministerAsync(port => port.SetRoles(User.UserId, [Roles.Support, Roles.Member]));
        await Server.SignInAsync(User.UserId);
        Server.Clock.Advance(TimeSpan.FromDays(1));
        await SendAsync(new LoginUserCommand(User.Username, Password));
        await EnableMfaAsync(User.UserId);

        var user = (await SendAsync(new GetUserQuery(User.UserId))).Value!;

        Assert.That(user.SignInMethods, Is.EqualTo(["password"]));
        Assert.That(user.Roles, Is.EqualTo([Roles.Member, Roles.Support]));
        Assert.That(user.Permissions, Is.EqualTo([Permissions.ReadAudit, Permissions.ReadUsers]));
        Assert.That(
            user with
            {
                SignInMethods = [],
                Roles = [],
                Permissions = [],
            },
            Is.EqualTo(
                new AdminUserDto(
                    User.UserId,
                    AccountKind.Member,
                    User.Username,
                    User.Email,
                    EmailConfirmed: true,
                    DisplayName: null,
                    "en",
                    "UTC",
                    [],
                    [],
                    [],
                    Given.Now,
                    UserStatus.Active,
                    MfaEnabled: true,
                    LastSignInAt: Given.Now.AddDays(1),
                    Sessions: 2
                )
            )
        );
    }

    [Test]
    public async Task Fails_with_not_found_for_an_unknown_user() =>
        await FailsAsync(new GetUserQuery(Guid.NewGuid()), "not_found");
}
