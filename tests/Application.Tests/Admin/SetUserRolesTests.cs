using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Users;

namespace Fitnessify.Application.Tests.Admin;

public sealed class SetUserRolesTests
{
    private readonly Ports _ports = new();

    [Test]
    public async Task Gives_the_roles_and_member_guarded_by_the_permission_to_manage_roles()
    {
        var user = (await SetAsync("support")).Value!;

        Assert.That(user.Username, Is.EqualTo("ann"));
        Assert.That(
            _ports.Steps,
            Is.EqualTo([$"give {Directory.User.Id} support+member", "guard", "audit RolesChanged", "save"])
        );
        Assert.That(_ports.Acts.Single().Permission, Is.EqualTo(Permissions.ManageRoles));
        Assert.That(_ports.Acts.Single().Roles, Is.EqualTo(["support", "member"]));
    }

    [Test]
    public async Task Refuses_roles_that_are_none_and_says_which()
    {
        var error = (await SetAsync("member", "king", "queen")).Error!;
        Assert.That(
            error.Fields!.Select(field => $"{string.Join('/', field.Path)} {field.Code}"),
            Is.EqualTo(["roles/1 not_allowed", "roles/2 not_allowed"])
        );
        Assert.That(_ports.Steps, Is.Empty);
    }

    [Test]
    public async Task Passes_on_what_saving_says()
    {
        _ports.Saved = Given.Failure;
        Assert.That((await SetAsync("admin")).Error, Is.EqualTo(Given.Failure));
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

    private Task<Result<AdminUserDto>> SetAsync(params string[] roles)
    {
        var clock = Given.Clock();
        return new SetUserRolesHandler(
            new Directory(),
            _ports,
            new AdminActs(_ports, _ports, _ports, _ports, _ports, clock),
            Given.Mapper,
            clock
        ).Handle(new SetUserRolesCommand(Directory.User.Id, new RolesInput(roles)), default);
    }
}
