using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;

namespace Fitnessify.Application.Tests.Admin;

public sealed class GrantRoleTests : UseCaseTests
{
    [Test]
    public async Task Adds_the_role_without_an_actor_and_keeps_the_existing_roles()
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
        var recorded = new RecordedEvent(AuditEventType.RolesChanged, AuditOutcome.Succeeded, null, account.UserId);
        Assert.That(await RecordedAsync(account.UserId), Is.EqualTo([recorded, recorded]));
    }

    [Test]
    public async Task Fails_with_not_found_for_an_unknown_user() =>
        await FailsAsync(new GrantRoleCommand(Instance.NewName(), Roles.Admin), "not_found");

    [Test]
    public async Task Refuses_an_unknown_role()
    {
        var account = await SignUpAsync();

        var error = await FailsAsync(new GrantRoleCommand(account.Username, "king"), "validation_failed");

        Assert.That(error.Fields!.Single().Code, Is.EqualTo("not_allowed"));
        Assert.That((await Records.UserAsync(account.UserId))!.Roles, Is.EqualTo([Roles.Member]));
    }

    [TestCase("admin", "")]
    [TestCase("", "role: required")]
    public void Requires_a_role(string role, string error) =>
        Assert.That(new GrantRoleValidator().ErrorTextOf(new GrantRoleCommand("ann", role)), Is.EqualTo(error));
}
