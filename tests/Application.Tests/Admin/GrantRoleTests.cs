using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Admin;

public sealed class GrantRoleTests
{
    private readonly Ports _ports = new();

    [Test]
    public async Task Adds_the_role_to_those_of_the_user_on_behalf_of_nobody()
    {
        _ports.User = Given.User() with { Id = _ports.Credentials!.UserId };

        Assert.That((await GrantAsync("nikolas", "admin")).Error, Is.Null);

        Assert.That(
            _ports.Steps,
            Is.EqualTo(["find nikolas", "give them member+support+admin", "guard", "audit RolesChanged", "save"])
        );
        Assert.That(_ports.Acts.Single().ActorId, Is.Null);
        Assert.That(_ports.Events.Single().ActorId, Is.Null);
    }

    [Test]
    public async Task Does_not_find_who_is_not_there()
    {
        _ports.Credentials = null;
        Assert.That((await GrantAsync("nobody", "admin")).Error, Is.EqualTo(CommonErrors.NotFound));
    }

    [Test]
    public async Task Refuses_a_role_that_is_none() =>
        Assert.That((await GrantAsync("nikolas", "king")).Error!.Fields!.Single().Code, Is.EqualTo("not_allowed"));

    [TestCase("admin", "")]
    [TestCase("", "role: required")]
    public void Needs_a_role(string role, string error) =>
        Assert.That(new GrantRoleValidator().ErrorTextOf(new GrantRoleCommand("ann", role)), Is.EqualTo(error));

    private Task<Result> GrantAsync(string username, string role) =>
        new GrantRoleHandler(
            _ports,
            new Directory(),
            new AdminActs(_ports, _ports, _ports, _ports, _ports, Given.Clock())
        ).Handle(new GrantRoleCommand(username, role), default);
}
