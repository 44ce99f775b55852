using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Sessions;

public sealed class LiveSessionsTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Finds_a_live_session_with_the_permissions_of_its_user()
    {
        var session = await SignInAsync();
        await GrantAsync(session.OwnerId, Roles.Support);

        var live = await FindAsync(session.Id);

        Assert.That(live, Has.Property("OwnerId").EqualTo(session.OwnerId));
        Assert.That(live, Has.Property("ExpiresAt").EqualTo(session.ExpiresAt));
        Assert.That(live!.Permissions, Is.EquivalentTo([Permissions.ReadUsers, Permissions.ReadAudit]));
    }

    [Test]
    public async Task Does_not_find_an_unknown_session() =>
        Assert.That(await FindAsync(Guid.CreateVersion7()), Is.Null);

    [Test]
    public async Task Does_not_find_the_session_of_a_disabled_user()
    {
        var session = await SignInAsync();
        await _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Accounts.Where(user => user.Id == session.OwnerId)
                    .ExecuteUpdateAsync(set => set.SetProperty(user => user.DisabledAt, session.CreatedAt))
        );

        Assert.That(await FindAsync(session.Id), Is.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_session_ends_at_the_moment_it_expires(bool cached)
    {
        var session = await SignInAsync();
        _server.Clock.Advance(session.ExpiresAt - session.CreatedAt - TimeSpan.FromMilliseconds(1));
        if (cached)
        {
            Assert.That(await FindAsync(session.Id), Is.Not.Null);
        }

        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await FindAsync(session.Id), Is.Null);
    }

    [Test]
    public async Task A_session_revoked_here_ends_at_once()
    {
        var session = await SignInAsync();
        Assert.That(await FindAsync(session.Id), Is.Not.Null);

        await RevokeAsync(_server, session);

        Assert.That(await FindAsync(session.Id), Is.Null);
    }

    [Test]
    public async Task A_session_revoked_by_another_instance_stays_in_the_cache_here()
    {
        var session = await SignInAsync();
        Assert.That(await FindAsync(session.Id), Is.Not.Null);

        await using var other = TestRun.Database.Start();
        await RevokeAsync(other, session);

        Assert.That(await FindAsync(session.Id, other), Is.Null);
        Assert.That(await FindAsync(session.Id), Is.Not.Null);
    }

    [Test]
    public async Task Permissions_of_two_roles_are_distinct()
    {
        var session = await SignInAsync();
        await GrantAsync(session.OwnerId, Roles.Support, Roles.Admin);

        Assert.That(
            (await FindAsync(session.Id))!.Permissions.Order(),
            Is.EqualTo([Permissions.ReadAudit, Permissions.ManageRoles, Permissions.ManageUsers, Permissions.ReadUsers])
        );
    }

    [Test]
    public async Task The_last_use_is_stored_at_most_once_a_minute()
    {
        var session = await SignInAsync();
        var written = new List<TimeSpan>();
        foreach (var seconds in (int[])[0, 59, 1, 30, 29, 1, 600])
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(seconds));
            _server.Get<LiveSessionCache>().Evict(session.Id);
            Assert.That(await FindAsync(session.Id), Is.Not.Null);
            await _server.Get<BackgroundWrites>().DisposeAsync();
            written.Add(await LastUsedAtAsync(session.Id) - session.CreatedAt);
        }

        Assert.That(written.Select(time => time.TotalSeconds), Is.EqualTo([0, 0, 60, 60, 60, 120, 720]));
    }

    [Test]
    public async Task The_last_use_of_one_session_does_not_affect_another()
    {
        var (used, other) = (await SignInAsync(), await SignInAsync());
        _server.Clock.Advance(TimeSpan.FromMinutes(2));

        await FindAsync(used.Id);
        await _server.Get<BackgroundWrites>().DisposeAsync();

        Assert.That(await LastUsedAtAsync(used.Id), Is.EqualTo(used.CreatedAt.AddMinutes(2)));
        Assert.That(await LastUsedAtAsync(other.Id), Is.EqualTo(other.CreatedAt));
    }

    [Test]
    public async Task A_cached_token_works_until_the_moment_its_session_expires()
    {
        var session = await SignInAsync();
        _server.Clock.Advance(session.ExpiresAt - session.CreatedAt - TimeSpan.FromMilliseconds(1));
        Assert.That((await UseAsync(session)).Error, Is.Null);
        Assert.That((await UseAsync(session)).Error, Is.Null, "The session comes from the cache.");

        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That((await UseAsync(session)).Error, Is.EqualTo(SessionErrors.SessionRevoked));
    }

    [Test]
    public async Task While_writes_wait_too_long_a_write_is_an_outage_and_a_read_goes_on()
    {
        await using var database = await TestDatabase.MigratedSqliteAsync();
        await using var normal = database.Start();
        var session = await normal.SignInAsync((await normal.SignUpAsync()).Id);
        var refreshed = session.RefreshCounter + 1;
        await normal.UseAsync(
            (AppDbContext context) =>
                context
                    .Sessions.Where(row => row.Id == session.Id)
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(row => row.RefreshCounter, refreshed).SetProperty(row => row.IsUsed, false)
                    )
        );
        var file = normal.Get<SqlitePool>().ConnectionString;
        await using var busy = database.Start(services =>
            services.AddSingleton(_ => new SqlitePool(file, SqliteSynchronous.Full) { WriteTimeout = TimeSpan.Zero })
        );
        var (begun, released) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = busy.UseAsync(
            (AppDbContext context) =>
                context.WriteAsync(
                    async () =>
                    {
                        begun.SetResult();
                        await released.Task;
                        return 0;
                    },
                    default
                )
        );
        await begun.Task;

        var failure = Assert.CatchAsync(() => UseAsync(isWrite: true));
        var read = await UseAsync(isWrite: false);
        released.SetResult();
        await writing;

        Assert.That(read.Error, Is.Null);
        Assert.That(new DatabaseOutages().IsOutage(failure!), Is.True);
        Assert.That((await UseAsync(isWrite: true)).Error, Is.Null);

        Task<Result<LiveSession>> UseAsync(bool isWrite) =>
            busy.UseAsync(
                (ILiveSessions sessions) =>
                    sessions.UseAsync(new AccessClaim(session.Id, refreshed), isWrite, default).AsTask()
            );
    }

    private Task<Result<LiveSession>> UseAsync(Session session) =>
        _server.UseAsync(
            (ILiveSessions sessions) =>
                sessions.UseAsync(new AccessClaim(session.Id, session.RefreshCounter), isWrite: false, default).AsTask()
        );

    private async Task<Session> SignInAsync() => await _server.SignInAsync((await _server.SignUpAsync()).Id);

    private Task<LiveSession?> FindAsync(Guid id, Instance? server = null) =>
        (server ?? _server).UseAsync((ILiveSessions sessions) => sessions.FindAsync(id, default).AsTask());

    private Task<DateTimeOffset> LastUsedAtAsync(Guid id) =>
        _server.UseAsync(
            (AppDbContext context) =>
                context.Sessions.Where(session => session.Id == id).Select(session => session.LastUsedAt).SingleAsync()
        );

    private Task<int> GrantAsync(Guid userId, params string[] roles) =>
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

    private static Task<Result> RevokeAsync(Instance server, Session session) =>
        server.UseAsync(
            async (IServiceProvider services) =>
            {
                var sessions = services.GetRequiredService<ISessionRepository>();
                var found = await sessions.FindAsync(session.Id, default);
                found!.Revoke(SessionEnd.SignedOut, session.CreatedAt);
                return await services.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
            }
        );
}
