using Fitnessify.Application.Admin;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Maintenance;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Maintenance;

/// <summary>These tests have their own database, because a purge covers all accounts.</summary>
public sealed class PurgeUnconfirmedTests : IAsyncDisposable
{
    private const string Password = "Violet-Kettle-93-Umbrella";

    private TestDatabase _database = null!;

    [SetUp]
    public async Task Start() => _database = await TestDatabase.MigratedAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [TestCase("Accounts:RequireConfirmedEmail", "true", true)]
    [TestCase("Accounts:RegistrationPrivacy", "Private", true)]
    [TestCase("Accounts:RequireConfirmedEmail", "false", false)]
    public async Task An_unconfirmed_account_is_deleted_after_seven_days_where_confirmation_is_required(
        string key,
        string value,
        bool goes
    )
    {
        await using var server = _database.Start((key, value));
        var name = Instance.NewName();
        var registered = await server.SendAsync(new RegisterUserCommand(name, $"{name}@example.org", Password));
        Assert.That(registered.Error, Is.Null);

        server.Clock.Advance(TimeSpan.FromDays(7));
        await PurgeAsync(server);
        Assert.That(await ExistsAsync(server, name), Is.True);

        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await PurgeAsync(server);
        Assert.That(await ExistsAsync(server, name), Is.EqualTo(!goes));
    }

    [Test]
    public async Task A_confirmed_or_used_account_is_kept()
    {
        await using var server = _database.Start(
            ("Accounts:RequireConfirmedEmail", "true"),
            ("Accounts:UnconfirmedDays", "1")
        );
        var (confirmed, signedIn, unused) = (
            await server.SignUpAsync(),
            await server.SignUpAsync(),
            await server.SignUpAsync()
        );
        await server.UseAsync(
            (AppDbContext context) =>
                context
                    .Accounts.Where(user => user.Id == confirmed.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(user => user.EmailConfirmed, true))
        );
        await server.SignInAsync(signedIn.Id);
        // This account has a task, and its session has already been deleted.
        var owner = await server.SignInNewUserAsync();
        await server.CreateAsync(new TaskInput("Run"));
        await server.UseAsync(
            (AppDbContext context) => context.Sessions.Where(session => session.OwnerId == owner).ExecuteDeleteAsync()
        );
        server.Clock.Advance(TimeSpan.FromDays(2));

        await PurgeAsync(server);

        var left = await server.UseAsync(
            (AppDbContext context) => context.Accounts.Select(user => user.Id).ToListAsync()
        );
        Assert.That(left, Is.EquivalentTo([confirmed.Id, signedIn.Id, owner]));
        Assert.That(left, Does.Not.Contain(unused.Id));
    }

    // The last admin can never be deleted.
    [Test]
    public async Task An_account_with_another_role_than_that_of_every_member_is_kept()
    {
        await using var server = _database.Start(("Accounts:RequireConfirmedEmail", "true"));
        var user = await server.SignUpAsync();
        Assert.That((await server.SendAsync(new GrantRoleCommand(user.Username, Roles.Admin))).Error, Is.Null);
        server.Clock.Advance(TimeSpan.FromDays(8));

        await PurgeAsync(server);

        Assert.That(await ExistsAsync(server, user.Username), Is.True);
    }

    [Test]
    public async Task An_account_that_is_confirmed_at_the_last_moment_is_kept()
    {
        await using var server = _database.Start(("Accounts:RequireConfirmedEmail", "true"));
        var user = await server.SignUpAsync();
        server.Clock.Advance(TimeSpan.FromDays(8));
        await using var other = _database.Start();
        server.Commands.OnceBefore(
            command => command.CommandText.Contains("PasswordHash", StringComparison.Ordinal),
            () =>
                other.UseAsync(
                    (AppDbContext context) =>
                        context
                            .Accounts.Where(row => row.Id == user.Id)
                            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EmailConfirmed, true))
                )
        );

        await PurgeAsync(server);

        Assert.That(await ExistsAsync(server, user.Username), Is.True);
    }

    private static async Task PurgeAsync(Instance server) =>
        Assert.That((await server.SendAsync(new PurgeUnconfirmedCommand())).Error, Is.Null);

    private static async Task<bool> ExistsAsync(Instance server, string name) =>
        await server.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(name, default))
            is not null;
}
