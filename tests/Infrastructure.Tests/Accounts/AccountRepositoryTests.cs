using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Accounts;

public sealed class AccountRepositoryTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Stores_an_account_as_a_member_without_permissions()
    {
        var name = Instance.NewName();
        var added = (await _server.SignUpAsync(name, $"{name}@Example.org")).Value;

        var found = await FindAsync(added!.Id);

        Assert.That(found, Is.EqualTo(added).UsingPropertiesComparer());
        Assert.That(found, Has.Property(nameof(AccountProfile.Email)).EqualTo($"{name}@Example.org"));
        Assert.That(found!.Roles, Is.EqualTo([Roles.Member]));
        Assert.That(found.Permissions, Is.Empty);
    }

    [Test]
    public async Task Does_not_find_an_unknown_id()
    {
        Assert.That(await FindAsync(Guid.CreateVersion7()), Is.Null);
        Assert.That(await FindCredentialsAsync(Guid.CreateVersion7()), Is.Null);
    }

    [Test]
    public async Task Finds_credentials_by_id_and_by_username_and_email_in_any_case()
    {
        var user = await _server.SignUpAsync();
        var stamp = await _server.UseAsync(
            (AppDbContext context) =>
                context.Accounts.Where(row => row.Id == user.Id).Select(row => row.SecurityStamp).SingleAsync()
        );
        var expected = new Credentials(
            user.Id,
            user.Username,
            user.Email,
            "hash",
            EmailConfirmed: false,
            IsDisabled: false,
            stamp!
        );
        string[] logins =
        [
            user.Username,
            user.Username.ToUpperInvariant(),
            user.Email!,
            user.Email!.ToUpperInvariant(),
        ];
        foreach (var login in logins)
        {
            Assert.That(await FindCredentialsAsync(login), Is.EqualTo(expected), login);
        }

        Assert.That(await FindCredentialsAsync(user.Id), Is.EqualTo(expected));
    }

    [TestCase("nobody-has-this-name")]
    [TestCase("nobody-has-this-name@example.org")]
    public async Task Finds_no_credentials_for_an_unknown_login(string login) =>
        Assert.That(await FindCredentialsAsync(login), Is.Null);

    [Test]
    public async Task Credentials_show_that_the_account_is_disabled()
    {
        var user = await _server.SignUpAsync();
        await _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Accounts.Where(row => row.Id == user.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.DisabledAt, _server.Clock.GetUtcNow()))
        );

        Assert.That((await FindCredentialsAsync(user.Username))!.IsDisabled, Is.True);
    }

    [Test]
    public async Task A_username_is_taken_in_any_case()
    {
        var user = await _server.SignUpAsync();

        var second = await _server.SignUpAsync(user.Username.ToUpperInvariant(), $"{Instance.NewName()}@example.org");

        Assert.That(second.Error, Is.EqualTo(AccountErrors.UsernameTaken));
    }

    [Test]
    public async Task An_email_address_is_taken_in_any_case()
    {
        var user = await _server.SignUpAsync();

        var second = await _server.SignUpAsync(Instance.NewName(), user.Email!.ToUpperInvariant());

        Assert.That(second.Error, Is.EqualTo(AccountErrors.EmailTaken));
    }

    [Test]
    public async Task A_refused_account_stores_nothing()
    {
        var user = await _server.SignUpAsync();
        var email = $"{Instance.NewName()}@example.org";

        await _server.SignUpAsync(user.Username, email);

        Assert.That(await FindCredentialsAsync(email), Is.Null);
    }

    [Test]
    public async Task One_of_fifty_concurrent_registrations_of_a_name_succeeds_and_the_others_are_refused()
    {
        var name = Instance.NewName();

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 50)
                .Select(i => Task.Run(() => _server.SignUpAsync(name, $"{Instance.NewName()}-{i}@example.org")))
        );

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(1));
        Assert.That(results.Count(result => result.Error == AccountErrors.UsernameTaken), Is.EqualTo(49));
    }

    [TestCase(Roles.Support, "audit:read users:read")]
    [TestCase(Roles.Admin, "audit:read roles:manage users:manage users:read")]
    [TestCase(Roles.Support + " " + Roles.Admin, "audit:read roles:manage users:manage users:read")]
    public async Task The_permissions_of_all_roles_are_distinct_and_sorted(string roles, string permissions)
    {
        var user = await _server.SignUpAsync();
        await GrantAsync(user.Id, roles.Split(' '));

        var found = await FindAsync(user.Id);

        Assert.That(found!.Roles, Is.EqualTo(roles.Split(' ').Append(Roles.Member).Order()));
        Assert.That(found.Permissions, Is.EqualTo(permissions.Split(' ')));
    }

    private Task<AccountProfile?> FindAsync(Guid id) =>
        _server.UseAsync((IAccountRepository accounts) => accounts.FindProfileAsync(id, default));

    private Task<Credentials?> FindCredentialsAsync(string login) =>
        _server.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(login, default));

    private Task<Credentials?> FindCredentialsAsync(Guid id) =>
        _server.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(id, default));

    private Task<int> GrantAsync(Guid userId, string[] roles) =>
        _server.UseAsync(
            (AppDbContext context) =>
            {
                var granted = RoleSeed.Roles.Where(role => roles.Contains(role.Name));
                context.UserRoles.AddRange(
                    granted.Select(role => new IdentityUserRole<Guid> { UserId = userId, RoleId = role.Id })
                );
                return context.SaveChangesAsync();
            }
        );
}
