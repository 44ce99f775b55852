using Fitnessify.Application.Admin;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.Application.Tests.Admin;

public sealed class ListRolesTests : UseCaseTests
{
    [Test]
    public async Task Lists_all_roles_with_their_permissions_on_one_page()
    {
        var page = (await SendAsync(new ListRolesQuery())).Value!;

        Assert.That(
            page.Items.Select(role => $"{role.Name}: {string.Join(' ', role.Permissions)}"),
            // Other tests add their own roles.
            Is.SupersetOf([
                $"{Roles.Admin}: audit:read roles:manage users:manage users:read",
                $"{Roles.Member}: ",
                $"{Roles.Support}: audit:read users:read",
            ])
        );
        Assert.That(page.Items.Select(role => role.Name), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(page.NextCursor, Is.Null);
    }
}
