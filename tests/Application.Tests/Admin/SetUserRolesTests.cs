using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.Application.Tests.Admin;

public sealed class SetUserRolesTests : AdminTests
{
    [Test]
    public async Task Gives_the_roles_and_member_and_no_others_and_answers_with_the_user()
    {
        await SetAsync(Roles.Support);

        var user = (await SetAsync(Roles.Admin))!;

        Assert.That((user.Id, user.Username, user.CreatedAt), Is.EqualTo((User.UserId, User.Username, Given.Now)));
        Assert.That(user.Roles, Is.EqualTo([Roles.Admin, Roles.Member]));
        Assert.That(user.Permissions, Is.EquivalentTo(Permissions.All));
        Assert.That((await Records.UserAsync(User.UserId))!.Roles, Is.EqualTo(user.Roles));
    }

    [Test]
    public async Task Refuses_roles_that_are_none_and_says_which()
    {
        var error = await FailsAsync(
            new SetUserRolesCommand(User.UserId, new RolesInput([Roles.Support, "king", "queen"])),
            "validation_failed"
        );

        Assert.That(
            error.Fields!.Select(field => $"{string.Join('/', field.Path)} {field.Code}"),
            Is.EqualTo(["roles/1 not_allowed", "roles/2 not_allowed"])
        );
        Assert.That((await Records.UserAsync(User.UserId))!.Roles, Is.EqualTo([Roles.Member]));
        Assert.That(await ToldAsync(User.UserId), Is.Empty);
    }

    [Test]
    public void Needs_roles_each_once()
    {
        Assert.That(ErrorOf([]), Is.Empty);
        Assert.That(ErrorOf(["admin", "member"]), Is.Empty);
        Assert.That(ErrorOf(["admin", "admin"]), Is.EqualTo("roles: duplicate"));
        Assert.That(ErrorOf(null!), Is.EqualTo("roles: required"));
    }

    private static string ErrorOf(IReadOnlyList<string> roles) =>
        new SetUserRolesValidator().ErrorTextOf(new SetUserRolesCommand(Guid.Empty, new RolesInput(roles)));

    private async Task<AdminUserDto?> SetAsync(params string[] roles) =>
        (await SendAsync(new SetUserRolesCommand(User.UserId, new RolesInput(roles)))).Value;
}
