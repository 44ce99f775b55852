using Fitnessify.Application.Auth;
using Fitnessify.Application.Maintenance;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Accounts;

public sealed class AccountChangesTests : IAsyncDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task A_changed_username_frees_the_old_one()
    {
        var user = await _server.SignUpAsync();
        var name = Instance.NewName();

        Assert.That((await ChangeAsync(user, row => row.Rename(name))).Error, Is.Null);

        Assert.That(await FindAsync(user), Is.EqualTo(user with { Username = name }).UsingPropertiesComparer());
        Assert.That((await FindCredentialsAsync(name.ToUpperInvariant()))!.UserId, Is.EqualTo(user.Id));
        Assert.That((await _server.SignUpAsync(user.Username, $"{name}@example.org")).Error, Is.Null);
    }

    [Test]
    public async Task A_username_can_change_only_its_case()
    {
        var user = await _server.SignUpAsync();
        var name = user.Username.ToUpperInvariant();

        Assert.That((await ChangeAsync(user, row => row.Rename(name))).Error, Is.Null);

        Assert.That((await FindAsync(user))!.Username, Is.EqualTo(name));
        Assert.That((await FindCredentialsAsync(user.Username))!.UserId, Is.EqualTo(user.Id));
    }

    [Test]
    public async Task A_username_cannot_change_to_a_taken_one_in_any_case()
    {
        var (user, other) = (await _server.SignUpAsync(), await _server.SignUpAsync());

        var changed = await ChangeAsync(user, row => row.Rename(other.Username.ToUpperInvariant()));

        Assert.That(changed.Error, Is.EqualTo(AccountErrors.UsernameTaken));
        Assert.That((await FindAsync(user))!.Username, Is.EqualTo(user.Username));
    }

    [Test]
    public async Task A_change_keeps_all_other_members()
    {
        var user = await _server.SignUpAsync();

        await ChangeAsync(user, row => row.ChangePassword("another hash"));

        Assert.That(await FindAsync(user), Is.EqualTo(user).UsingPropertiesComparer());
        Assert.That((await FindCredentialsAsync(user.Username))!.PasswordHash, Is.EqualTo("another hash"));
        await ChangeAsync(user, row => row.Rename(Instance.NewName()));
        Assert.That((await FindCredentialsAsync(user.Email!))!.PasswordHash, Is.EqualTo("another hash"));
    }

    [Test]
    public async Task A_sign_in_replaces_a_weak_hash()
    {
        var user = await _server.SignUpAsync(Password);
        var weak = (await FindCredentialsAsync(user.Username))!.PasswordHash;
        await using var today = TestRun.Database.Start(("Accounts:PasswordIterations", "1001"));

        Assert.That((await today.SendAsync(new LoginUserCommand(user.Username, Password))).Error, Is.Null);

        var strong = (await FindCredentialsAsync(user.Username))!.PasswordHash;
        Assert.That(strong, Is.Not.EqualTo(weak));
        var verification = await today.Get<IPasswordHashing>().VerifyAsync(strong, Password, default);
        Assert.That(verification.Value, Is.EqualTo(PasswordVerification.Success));
    }

    [Test]
    public async Task A_deleted_account_leaves_only_anonymous_audit_events()
    {
        var (user, other) = (await SignUpAndInAsync(), await SignUpAndInAsync());

        await ChangeAsync(user, row => row.Delete(_server.Clock.GetUtcNow()));

        await _server.SendAsync(new EraseAccountsCommand());

        Assert.That(await CountAsync(user.Id), Is.EqualTo((0, 0, 0)));
        var events = await EventsAsync(user.Id);
        Assert.That(events.Select(row => row.Type), Is.EqualTo([AuditEventType.SignedIn, AuditEventType.SignedIn]));
        Assert.That(events.Select(row => (row.IpAddress, row.Device)), Is.All.EqualTo(((string?)null, (string?)null)));
        await AssertUntouchedAsync(other);
        Assert.That((await _server.SignUpAsync(user.Username, user.Email!)).Error, Is.Null);
    }

    [Test]
    public async Task A_deletion_that_fails_at_its_end_deletes_nothing()
    {
        var user = await SignUpAndInAsync();
        await using var scope = _server.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<IAccountRepository>();
        (await accounts.FindAsync(user.Id, default))!.Delete(_server.Clock.GetUtcNow());
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        scope
            .ServiceProvider.GetRequiredService<UnitOfWork>()
            .Add(async token =>
            {
                Assert.That(await context.Accounts.AnyAsync(row => row.Id == user.Id, token), Is.False);
                throw new InvalidOperationException();
            });

        Assert.That(
            () => scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default),
            Throws.InvalidOperationException
        );

        await AssertUntouchedAsync(user);
    }

    /// <summary>Creates a user with two sessions, one of them ended, and an audit event of each sign-in.</summary>
    private async Task<AccountProfile> SignUpAndInAsync()
    {
        var user = await _server.SignUpAsync(Password);
        var first = await _server.SendAsync(new LoginUserCommand(user.Username, Password, "Phone"));
        await _server.SendAsync(new LoginUserCommand(user.Username, Password, "Tablet"));
        await _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Sessions.Where(session => session.Id == first.Value!.SessionId)
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(session => session.RevokedAt, session => session.CreatedAt)
                    )
        );
        return user;
    }

    private async Task AssertUntouchedAsync(AccountProfile user)
    {
        Assert.That(await CountAsync(user.Id), Is.EqualTo((1, 2, 1)));
        var address = _server.Caller.IpAddress;
        Assert.That(
            (await EventsAsync(user.Id)).Select(row => (row.IpAddress, row.Device)),
            Is.EquivalentTo([(address, "Phone"), (address, "Tablet")])
        );
    }

    private Task<(int Users, int Sessions, int Roles)> CountAsync(Guid id) =>
        _server.UseAsync(
            async (AppDbContext context) =>
                (
                    await context.Accounts.CountAsync(row => row.Id == id),
                    await context.Sessions.CountAsync(row => row.OwnerId == id),
                    await context.UserRoles.CountAsync(row => row.UserId == id)
                )
        );

    private Task<List<AuditEvent>> EventsAsync(Guid id) =>
        _server.UseAsync((AppDbContext context) => context.AuditEvents.Where(row => row.SubjectId == id).ToListAsync());

    private Task<Result> ChangeAsync(AccountProfile user, Action<Account> change) =>
        _server.ChangeAsync(user.Id, change);

    private Task<AccountProfile?> FindAsync(AccountProfile user) =>
        _server.UseAsync((IAccountRepository accounts) => accounts.FindProfileAsync(user.Id, default));

    private Task<Credentials?> FindCredentialsAsync(string login) =>
        _server.UseAsync((IAccountRepository accounts) => accounts.FindCredentialsAsync(login, default));
}
