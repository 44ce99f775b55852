using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;

namespace Fitnessify.Application.Tests.Admin;

public sealed class ListRolesTests
{
    [Test]
    public async Task Lists_all_roles_with_what_they_permit_on_one_page()
    {
        var page = (
            await new ListRolesHandler(new Directory(), Given.Mapper).Handle(new ListRolesQuery(), default)
        ).Value!;
        Assert.That(page.Items.Select(role => role.Name), Is.EqualTo(["admin", "member", "support"]));
        Assert.That(page.Items[2].Permissions, Is.EqualTo(["audit:read", "users:read"]));
        Assert.That(page.NextCursor, Is.Null);
    }
}
