using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.Application.Tests.Admin;

public sealed class SetUserRolesTests : AdminTests
{
    [Test]
    public async Task Sets_exactly_the_given_roles_and_member_and_returns_the_user()
    {
        await SetAsync(Roles.Support);

        var user = (await SetAsync(Roles.Admin))!;

        Assert.That((user.Id, user.Username, user.CreatedAt), Is.EqualTo((User.UserId, User.Username, Given.Now)));
        Assert.That(user.Roles, Is.EqualTo([Roles.Admin, Roles.Member]));
        Assert.That(user.Permissions, Is.EquivalentTo(Permissions.All));
        Assert.That((await Records.UserAsync(User.UserId))!.Roles, Is.EqualTo(user.Roles));
    }

    [Test]
    public async Task Refuses_unknown_roles_and_names_them()
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
        Assert.That(await RecordedAsync(User.UserId), Is.Empty);
    }

    [Test]
    public void Requires_roles_without_duplicates()
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
