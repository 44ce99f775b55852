using Fitnessify.Application.Common;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Changes;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;
using Fitnessify.Domain.Mail;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Auth;
using Fitnessify.Infrastructure.Identities;
using Fitnessify.Infrastructure.Mail;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.EntityFrameworkCore;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Maintenance;

/// <summary>
/// A database is restored to an earlier state, with either provider: the backup is a copy, and the server that uses it is the
/// one after the restore.
/// </summary>
public sealed class RestoredDatabaseTests : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _started = [];
    private Instance _server = null!;
    private Guid _owner;

    [SetUp]
    public async Task Start()
    {
        var database = await TestDatabase.MigratedAsync();
        _started.Add(database);
        _server = Run(database);
        _owner = await _server.SignInNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _started.Reverse();
        foreach (var started in _started)
        {
            await started.DisposeAsync();
        }
    }

    [Test]
    public async Task Two_devices_converge_and_overwrite_nothing_unseen()
    {
        var (same, changed, deleted) = (
            await CreateAsync("Same"),
            await CreateAsync("Before"),
            await CreateAsync("Gone")
        );
        Device[] devices = [new(), new()];
        await PullAsync(devices, _server);
        var backup = await BackUpAsync();
        // The restore undoes a change, a deletion, and a task that both devices have seen.
        await _server.PatchAsync(changed.Id, Title("After"));
        await _server.DeleteAsync(deleted.Id);
        var lost = await CreateAsync("Lost");
        await PullAsync(devices, _server);
        Assert.That(devices.Select(device => device.Titles), Is.All.EqualTo("After, Lost, Same"));

        var restored = await RestoreAsync(backup);
        // With the old numbers, a new task would get the version under which the devices know another content.
        var other = (await restored.PatchAsync(same.Id, Title("Same, changed"))).Value!;
        Assert.That((await restored.ChangesAsync(devices[0].Since)).Error, Is.EqualTo(ChangeErrors.SyncTokenExpired));
        var stale = await restored.PatchAsync(changed.Id, Title("Edited"), devices[0].Copies[changed.Id].Version);
        Assert.That(stale.Error?.Code, Is.EqualTo("precondition_failed"));
        Assert.That(((TaskDto)stale.Error!.Details!["current"]).Title, Is.EqualTo("Before"));
        // The first device still has the undone changes and sends them again.
        var again = await restored.SendAsync(
            new ReplaceTaskCommand(lost.Id, new TaskInput("Lost"), new Precondition(IfNoneMatch: NamedVersions.Any))
        );
        Assert.That(again.Value?.IsNew, Is.True);

        await PullAsync(devices, restored);
        Assert.That(devices.Select(device => device.Titles), Is.All.EqualTo("Before, Gone, Lost, Same, changed"));
        await restored.PatchAsync(changed.Id, Title("Edited"), devices[1].Copies[changed.Id].Version);
        await PullAsync(devices, restored);
        Assert.That(devices.Select(device => device.Titles), Is.All.EqualTo("Edited, Gone, Lost, Same, changed"));
        Assert.That(other.Version, Is.GreaterThan(lost.Version));
    }

    [Test]
    public async Task No_version_is_reused_after_any_number_of_restores()
    {
        var task = await CreateAsync("Task");
        HashSet<long> versions = [task.Version];
        var backup = await BackUpAsync();
        var before = _server;
        for (var restore = 0; restore < 3; restore++)
        {
            // What each server issues is undone by the next restore.
            for (var i = 0; i < 3; i++)
            {
                var patched = (await before.PatchAsync(task.Id, Title($"{restore} {i}"))).Value!;
                Assert.That(versions.Add(patched.Version), Is.True, "A version is issued only once.");
            }

            // Each restore uses the same backup.
            var copy = await CopyAsync(backup);
            _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
            before = await RestoreAsync(copy);
        }
    }

    [Test]
    public async Task A_clock_that_was_ahead_does_not_cause_reused_numbers()
    {
        var task = await CreateAsync("Task");
        _server.Clock.Advance(TimeSpan.FromDays(365));
        var ahead = await RestoreAsync(await BackUpAsync());
        var patched = (await ahead.PatchAsync(task.Id, Title("Ahead"))).Value!;
        var copy = await CopyAsync(ahead);
        var behind = await RestoreAsync(copy, TimeSpan.FromDays(-365));

        Assert.That(
            (await behind.PatchAsync(task.Id, Title("Behind"))).Value!.Version,
            Is.GreaterThan(patched.Version)
        );
    }

    [Test]
    public async Task Undone_mails_tokens_and_sessions_do_not_become_active_again()
    {
        var user = await _server.SignUpAsync();
        await _server.UseAsync(
            async (AppDbContext context) =>
            {
                context.OutboxMails.Add(TasksDueMail.Create(user.Id, _server.Clock.GetUtcNow()));
                context.AccountTokens.Add(
                    new()
                    {
                        UserId = user.Id,
                        Purpose = AccountTokenPurpose.ResetPassword,
                        Nonce = Guid.NewGuid(),
                        ExpiresAt = _server.Clock.GetUtcNow().AddHours(1),
                    }
                );
                await context.SaveChangesAsync();
            }
        );

        var restored = await RestoreAsync(await BackUpAsync());

        await restored.UseAsync(
            async (AppDbContext context) =>
            {
                Assert.That(await context.OutboxMails.CountAsync(), Is.Zero);
                Assert.That(await context.AccountTokens.CountAsync(), Is.Zero);
                var ended = await context.Sessions.Where(session => session.OwnerId == _owner).ToListAsync();
                Assert.That(
                    ended.Select(session => session.RevokedReason),
                    Is.EquivalentTo((SessionEnd?[])[SessionEnd.DatabaseRestored, null]),
                    "the one that was there, and that after the restore"
                );
                var audit = await context
                    .AuditEvents.Where(audit => audit.Type == AuditEventType.DatabaseRestored)
                    .SingleAsync();
                Assert.That(
                    (audit.ActorId, audit.SubjectId, audit.SessionId),
                    Is.EqualTo(default((Guid?, Guid?, Guid?)))
                );
            }
        );
    }

    // Whoever has ended the consent wants it ended; a new one would have withdrawn the revocation.
    [Test]
    public async Task Pending_revocations_of_grants_go_on()
    {
        var now = _server.Clock.Now();
        var grant = new IdentityGrant("app", "token");
        var claims = new IdentityClaims("apple", "https://apple.test", "alice", "app", null, null, now, "nonce", now);
        await _server.SaveAsync(context =>
            context.IdentityRevocations.Add(
                IdentityRevocation.Of(LinkedIdentity.Link(_owner, claims, grant, now), grant, now)
            )
        );

        var restored = await RestoreAsync(await BackUpAsync());

        Assert.That(
            (await new Records(restored).RevocationsAsync()).Select(revocation => revocation.Grant),
            Is.EqualTo([grant])
        );
    }

    private Task<TaskDto> CreateAsync(string title) => _server.CreateAsync(new TaskInput(title));

    private Instance Run(TestDatabase database)
    {
        var server = database.Start();
        _started.Add(server);
        return server;
    }

    private Task<Instance> BackUpAsync() => CopyAsync(_server);

    private async Task<Instance> CopyAsync(Instance source)
    {
        var target = TestDatabase.Empty();
        _started.Add(target);
        var copied = await source.Services.CopyDatabaseAsync(TestDatabase.Provider, target.ConnectionString, _ => { });
        Assert.That(copied.Value?.IsComplete, Is.True);
        return Run(target);
    }

    /// <summary>Starts the server after the restore and signs the same user in again.</summary>
    private async Task<Instance> RestoreAsync(Instance backup, TimeSpan? clock = null)
    {
        backup.Clock.SetUtcNow(_server.Clock.GetUtcNow() + (clock ?? TimeSpan.Zero));
        await backup.Services.RenewRestoredDatabaseAsync();
        backup.Caller.Session = await backup.SignInAsync(_owner);
        return backup;
    }

    private static async Task PullAsync(Device[] devices, Instance server)
    {
        foreach (var device in devices)
        {
            await device.PullAsync(server);
        }
    }

    /// <summary>A device as docs/offline-sync.md describes it.</summary>
    private sealed class Device
    {
        public Dictionary<Guid, TaskItem> Copies { get; } = [];

        public string? Since { get; private set; }

        public string Titles =>
            string.Join(", ", Copies.Values.Select(task => task.Title).Order(StringComparer.Ordinal));

        public async Task PullAsync(Instance server)
        {
            var changes = await server.ChangesAsync(Since);
            if (changes.Error == ChangeErrors.SyncTokenExpired)
            {
                Copies.Clear();
                Since = null;
                changes = await server.ChangesAsync();
            }

            foreach (var task in changes.Value!.Items.Cast<TaskItem>())
            {
                if (task.DeletedAt is null)
                {
                    Copies[task.Id] = task;
                }
                else
                {
                    Copies.Remove(task.Id);
                }
            }

            Since = changes.Value.Next;
        }
    }
}
