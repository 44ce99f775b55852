using Fitnessify.Application.Auth;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Infrastructure.Tests.Sessions;

public sealed class SessionRepositoryTests : IAsyncDisposable
{
    private static readonly SessionLifetime Lifetime = new(
        TimeSpan.FromDays(30),
        TimeSpan.FromDays(90),
        TimeSpan.FromDays(60)
    );

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Returns_what_was_stored_with_times_in_UTC_to_the_millisecond()
    {
        var stored = await _server.SignInAsync((await _server.SignUpAsync()).Id);

        var found = await FindAsync(stored.Id);

        Assert.That(found, Is.EqualTo(stored).UsingPropertiesComparer());
        Assert.That(found!.CreatedAt, Is.EqualTo(_server.Clock.GetUtcNow()).And.Property("Millisecond").EqualTo(123));
        Assert.That(found.CreatedAt.Offset, Is.EqualTo(TimeSpan.Zero));
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

    [Test]
    public async Task Lists_the_live_sessions_of_one_user_newest_first()
    {
        var (owner, somebodyElse) = (await _server.SignUpAsync(), await _server.SignUpAsync());
        var expired = await _server.SignInAsync(owner.Id);
        _server.Clock.Advance(expired.ExpiresAt - expired.CreatedAt - TimeSpan.FromHours(1));
        var live = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            live.Add((await _server.SignInAsync(owner.Id)).Id);
            await _server.SignInAsync(somebodyElse.Id);
            _server.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        await RevokeAsync(live[1]);

        Assert.That(await ListAsync(owner.Id), Is.EqualTo([live[3], live[2], live[0]]));
    }

    [Test]
    public async Task One_of_twenty_concurrent_refreshes_succeeds()
    {
        var session = await SignInAsync();
        var copies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RefreshedAsync(session.Id)));

        var stored = await Task.WhenAll(copies.Select(copy => Task.Run(() => StoreAsync(copy))));

        Assert.That(stored.Count(won => won), Is.EqualTo(1));
        Assert.That(await FindAsync(session.Id), Is.EqualTo(copies[0]).UsingPropertiesComparer());
    }

    [Test]
    public async Task A_refresh_does_not_restore_a_revoked_session()
    {
        var session = await SignInAsync();
        var refreshed = await RefreshedAsync(session.Id);
        await RevokeAsync(session.Id);

        Assert.That(await StoreAsync(refreshed), Is.False);
        Assert.That(
            await FindAsync(session.Id),
            Has.Property("RefreshCounter").Zero.And.Property("RevokedAt").Not.Null
        );
    }

    [Test]
    public async Task A_refresh_does_not_give_a_new_member_the_lifetime_of_a_guest()
    {
        var session = await SignInAsync();
        await _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Sessions.Where(row => row.Id == session.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.AuthenticatedAt, (DateTimeOffset?)null))
        );
        var refreshed = await RefreshedAsync(session.Id);
        await using var scope = _server.Services.CreateAsyncScope();
        scope
            .ServiceProvider.GetRequiredService<ISessionRepository>()
            .Authenticate(session.OwnerId, Lifetime, Now.AddMinutes(1));
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);

        Assert.That(await StoreAsync(refreshed), Is.False);
        Assert.That(
            (await FindAsync(session.Id))!.ExpiresAt,
            Is.EqualTo(Lifetime.ExpiryOf(Now.AddMinutes(1), Now.AddMinutes(1))).And.Not.EqualTo(refreshed.ExpiresAt)
        );
    }

    [Test]
    public async Task A_session_whose_refresh_was_not_stored_can_be_read_again_in_the_same_scope()
    {
        var session = await SignInAsync();
        var counter = await _server.UseAsync(
            async (ISessionRepository sessions) =>
            {
                var found = await sessions.FindAsync(session.Id, default);
                found!.Refresh(Lifetime, Now);
                await StoreAsync(await RefreshedAsync(session.Id));
                Assert.That(await sessions.TryStoreRefreshAsync(found, moved: null, default), Is.False);
                found.Refresh(Lifetime, Now);
                return (await sessions.FindAsync(session.Id, default))!.RefreshCounter;
            }
        );

        Assert.That(counter, Is.EqualTo(1));
    }

    [Test]
    public async Task Ends_the_oldest_sessions_and_evicts_them_at_once()
    {
        var (owner, somebodyElse) = (await _server.SignUpAsync(), await _server.SignUpAsync());
        await _server.SignInAsync(somebodyElse.Id);
        var all = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            all.Add((await _server.SignInAsync(owner.Id)).Id);
            _server.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.That(await FindLiveAsync(all[i]), Is.Not.Null);
        }

        await EndOldestAsync(owner.Id, keep: 3);

        Assert.That(await ListAsync(owner.Id), Is.EqualTo([all[4], all[3], all[2]]));
        Assert.That((await FindAsync(all[0]))!.RevokedReason, Is.EqualTo(SessionEnd.TooMany));
        Assert.That(await FindLiveAsync(all[1]), Is.Null);
        Assert.That(await FindLiveAsync(all[2]), Is.Not.Null);
        Assert.That(await ListAsync(somebodyElse.Id), Has.Count.EqualTo(1));

        await EndOldestAsync(owner.Id, keep: 3);
        Assert.That(await ListAsync(owner.Id), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task After_sixty_concurrent_sign_ins_the_newest_fifty_sessions_are_live()
    {
        const string password = "correct horse battery staple";
        await using var server = TestRun.Database.Start(
            ("Accounts:FailedSignInLimit", "100"),
            ("Accounts:HashingQueue", "100")
        );
        var user = await server.SignUpAsync(password);
        var old = await server.SignInAsync(user.Id);
        server.Clock.Advance(TimeSpan.FromSeconds(1));

        var signedIn = await Task.WhenAll(
            Enumerable
                .Range(0, 60)
                .Select(_ => Task.Run(() => server.SendAsync(new LoginUserCommand(user.Username, password))))
        );

        Assert.That(signedIn.Select(result => result.Error), Is.All.Null);
        Assert.That(await ListAsync(user.Id), Has.Count.EqualTo(50).And.None.EqualTo(old.Id));
        var count = await server.UseAsync(
            (AppDbContext context) =>
                context
                    .AuditEvents.Where(audit => audit.SubjectId == user.Id && audit.Type == AuditEventType.SessionEnded)
                    .Select(audit => audit.SessionId)
                    .Distinct()
                    .CountAsync()
        );
        Assert.That(count, Is.EqualTo(11));
    }

    private DateTimeOffset Now => _server.Clock.GetUtcNow();

    private async Task<Session> SignInAsync() => await _server.SignInAsync((await _server.SignUpAsync()).Id);

    private Task<LiveSession?> FindLiveAsync(Guid id) =>
        _server.UseAsync((ILiveSessions sessions) => sessions.FindAsync(id, default).AsTask());

    private Task<List<Guid>> ListAsync(Guid ownerId) =>
        _server.UseAsync(
            async (ISessionRepository sessions) =>
                (await sessions.ListLiveAsync(ownerId, Now, default)).Select(session => session.Id).ToList()
        );

    private Task<bool> StoreAsync(Session session) =>
        _server.UseAsync((ISessionRepository sessions) => sessions.TryStoreRefreshAsync(session, moved: null, default));

    private async Task EndOldestAsync(Guid ownerId, int keep)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var sessions = scope.ServiceProvider.GetRequiredService<ISessionRepository>();
        sessions.Revoke(ownerId, exceptId: null, keep, SessionEnd.TooMany, Now, _ => { });
        await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
    }

    private async Task<Session> RefreshedAsync(Guid id)
    {
        var session = (await FindAsync(id))!;
        session.Refresh(Lifetime, Now);
        return session;
    }

    private Task<int> RevokeAsync(Guid id) =>
        _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Sessions.Where(session => session.Id == id)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.RevokedAt, Now))
        );

    private Task<Session?> FindAsync(Guid id) =>
        _server.UseAsync((ISessionRepository sessions) => sessions.FindAsync(id, default));
}
