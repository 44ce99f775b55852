using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;

namespace Fitnessify.Application.Tests.Admin;

public sealed class GrantRoleTests : UseCaseTests
{
    [Test]
    public async Task Adds_the_role_to_those_of_the_user_on_behalf_of_nobody()
    {
        var account = await SignUpAsync();
        await AdministerAsync(port => port.SetRoles(account.UserId, [Roles.Support, Roles.Member]));

        foreach (var username in new[] { account.Username, account.Username.ToUpperInvariant() })
        {
            Assert.That((await SendAsync(new GrantRoleCommand(username, Roles.Admin))).Error, Is.Null);
        }

        Assert.That(
            (await Records.UserAsync(account.UserId))!.Roles,
            Is.EqualTo([Roles.Admin, Roles.Member, Roles.Support])
        );
        var told = new Told(AuditEventType.RolesChanged, AuditOutcome.Succeeded, null, account.UserId);
        Assert.That(await ToldAsync(account.UserId), Is.EqualTo([told, told]));
    }

    [Test]
    public async Task Does_not_find_who_is_not_there() =>
        await FailsAsync(new GrantRoleCommand(Instance.NewName(), Roles.Admin), "not_found");

    [Test]
    public async Task Refuses_a_role_that_is_none()
    {
        var account = await SignUpAsync();

        var error = await FailsAsync(new GrantRoleCommand(account.Username, "king"), "validation_failed");

        Assert.That(error.Fields!.Single().Code, Is.EqualTo("not_allowed"));
        Assert.That((await Records.UserAsync(account.UserId))!.Roles, Is.EqualTo([Roles.Member]));
    }

    [TestCase("admin", "")]
    [TestCase("", "role: required")]
    public void Needs_a_role(string role, string error) =>
        Assert.That(new GrantRoleValidator().ErrorTextOf(new GrantRoleCommand("ann", role)), Is.EqualTo(error));
}
