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

/// <summary>In a database of their own: a purge is for the accounts of everybody.</summary>
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
    public async Task Goes_after_seven_days_where_an_address_has_to_be_confirmed(string key, string value, bool goes)
    {
        await using var server = _database.Start((key, value));
        var name = Instance.NewName();
        var registered = await server.SendAsync(new RegisterUserCommand(name, $"{name}@example.org", Password));
        Assert.That(registered.Error, Is.Null);

        server.Clock.Advance(TimeSpan.FromDays(7));
        await PurgeAsync(server);
        Assert.That(await IsThereAsync(server, name), Is.True);

        server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await PurgeAsync(server);
        Assert.That(await IsThereAsync(server, name), Is.EqualTo(!goes));
    }

    [Test]
    public async Task What_was_confirmed_or_used_stays()
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
        // With a task, whose session has been forgotten.
        var owner = await server.EnterAsync();
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

    [Test]
    public async Task Who_confirms_at_the_last_moment_stays()
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

        Assert.That(await IsThereAsync(server, user.Username), Is.True);
    }

    private static async Task PurgeAsync(Instance server) =>
        Assert.That((await server.SendAsync(new PurgeUnconfirmedCommand())).Error, Is.Null);

    private static async Task<bool> IsThereAsync(Instance server, string name) =>
        await server.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(name, default))
            is not null;
}
