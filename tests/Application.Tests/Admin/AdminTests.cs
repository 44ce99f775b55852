using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.Application.Tests.Admin;

/// <summary>A signed-in admin acts on the account of another user.</summary>
public abstract class AdminTests(params (string Key, string Value)[] settings) : UseCaseTests(settings)
{
    private protected Credentials Admin { get; private set; } = null!;

    private protected Credentials User { get; private set; } = null!;

    [SetUp]
    public async Task SignInAsAdmin()
    {
        Admin = await SignInNewUserAsync();
        await AdministerAsync(port => port.SetRoles(Admin.UserId, [Roles.Admin, Roles.Member]));
        User = await SignUpAsync();
    }
}
