using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Accounts;

namespace Fitnessify.Application.Tests.Admin;

/// <summary>What an admin, who is signed in, does to the account of somebody else.</summary>
public abstract class AdminTests(params (string Key, string Value)[] settings) : UseCaseTests(settings)
{
    private protected Credentials Admin { get; private set; } = null!;

    private protected Credentials User { get; private set; } = null!;

    [SetUp]
    public async Task EnterAsAdmin()
    {
        Admin = await EnterAsync();
        await AdministerAsync(port => port.SetRoles(Admin.UserId, [Roles.Admin, Roles.Member]));
        User = await SignUpAsync();
    }
}
