using System.Data.Common;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Auth;
using Fitnessify.Application.Guests;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>Floating tasks follow their owner. These tests have their own database, because the job covers all owners.</summary>
public sealed class RescheduleTasksTests : IAsyncDisposable
{
    private const string Berlin = "Europe/Berlin";
    private const string Paris = "Europe/Paris";
    private const string Tokyo = "Asia/Tokyo";
    private const string NewYork = "America/New_York";

    // The job takes 200 in a batch.
    private const int Floating = 450;

    private static readonly DuePatch Evening = new(new("2026-12-01"), new("18:00"));

    private TestDatabase _database = null!;
    private Instance _server = null!;
    private Guid _owner;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _owner = await _server.SignInNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Ten_flights_in_a_minute_end_where_the_last_one_does_in_few_writes()
    {
        await FlyAsync(Berlin);
        await CreateAsync(Floating - 50, Evening);
        await CreateAsync(50, Evening with { Time = new(null) });
        var others = await CreateAsync(10, Evening with { TimeZone = new(Tokyo) });
        others.AddRange(await CreateAsync(10, null));
        await RescheduleAsync();
        var (created, since) = (await ReadAsync(), (await _server.ChangesAsync(limit: 1000)).Value!.Next);
        var before = await CountChangesAsync();

        (string Zone, int Passes, int Writes)[] flights =
        [
            (Paris, 1, 0), // the same moments
            (Tokyo, 0, 0),
            (Berlin, 1, 0), // back before anything was computed
            (NewYork, 2, Floating),
            (Tokyo, 0, 0),
            (Paris, 0, 0),
            (Tokyo, 1, Floating),
            (NewYork, 0, 0),
            (Paris, 0, 0),
            (NewYork, 1, Floating),
        ];
        foreach (var (zone, passes, writes) in flights)
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(6));
            await FlyAsync(zone);
            for (var pass = 0; pass < passes; pass++)
            {
                await RescheduleAsync();
            }

            Assert.That(await CountChangesAsync() - before, Is.EqualTo(writes), zone);
            before += writes;
        }

        var now = await ReadAsync();
        foreach (var task in now.Values)
        {
            Assert.That(
                task.DueAt,
                Is.EqualTo(task.Due?.MomentIn(TimeZoneInfo.FindSystemTimeZoneById(task.Due.TimeZone ?? NewYork)))
            );
        }

        Assert.That(others.Select(id => Stamp(now[id])), Is.EqualTo(others.Select(id => Stamp(created[id]))));
        var moved = now.Keys.Except(others).ToList();
        Assert.That(moved.Select(id => now[id].UpdatedAt), Is.All.EqualTo(_server.Clock.GetUtcNow()));
        Assert.That(moved.Select(id => now[id].Version), Is.Unique.And.All.GreaterThan(before - Floating));
        Assert.That(await ListChangesAsync(since), Is.EquivalentTo(moved.Select(id => (id, now[id].Version))));
        Assert.That(await ReadThroughAsync(), Is.Null);
    }

    [Test]
    public async Task Each_owner_moves_alone()
    {
        var own = (await CreateAsync(1, Evening)).Single();
        var session = _server.Caller.Session;
        await _server.SignInNewUserAsync();
        var other = (await CreateAsync(1, Evening)).Single();
        var before = await ReadAsync();
        _server.Caller.Session = session;

        await FlyAsync(Tokyo);
        await RescheduleAsync();

        var now = await ReadAsync();
        Assert.That(Stamp(now[other]), Is.EqualTo(Stamp(before[other])));
        Assert.That(now[own].DueAt, Is.EqualTo(before[own].DueAt!.Value.AddHours(-9)));
    }

    [Test]
    public async Task A_job_that_is_killed_between_two_batches_is_continued_by_another_server()
    {
        var tasks = await CreateAsync(Floating, Evening);
        await RescheduleAsync();
        await FlyAsync(Tokyo);
        var before = await CountChangesAsync();
        var batches = 0;
        _server.Commands.Before = command =>
            IsEndOfBatch(command) && ++batches == 2
                ? throw new InvalidOperationException("killed")
                : Task.CompletedTask;

        Assert.That(RescheduleAsync, Throws.InstanceOf<Exception>());

        _server.Commands.Before = null;
        Assert.That(batches, Is.EqualTo(2));
        var halfway = await ReadAsync();
        var first = tasks.Where(id => halfway[id].Version > before).ToList();
        Assert.That(first, Has.Count.EqualTo(200));
        Assert.That(await CountChangesAsync() - before, Is.EqualTo(200), "the second batch left nothing behind");
        Assert.That(first, Does.Contain((await ReadThroughAsync())!.Value));

        await using var next = _database.Start();
        await RescheduleAsync(next);

        var now = await ReadAsync();
        Assert.That(first.Select(id => Stamp(now[id])), Is.EqualTo(first.Select(id => Stamp(halfway[id]))));
        Assert.That(tasks.Select(id => now[id].DueAt), Is.All.EqualTo(Utc(2026, 12, 1, 9)));
        Assert.That(await CountChangesAsync() - before, Is.EqualTo(Floating));
        Assert.That(await ReadThroughAsync(), Is.Null);
    }

    [Test]
    public async Task A_task_whose_id_is_all_zeros_moves_too()
    {
        await _server.PutAsync(Guid.Empty, new TaskInput("Zeros", Due: new DueInput("2026-12-01", "18:00")));
        await FlyAsync(Tokyo);

        await RescheduleAsync();

        Assert.That((await ReadAsync())[Guid.Empty].DueAt, Is.EqualTo(Utc(2026, 12, 1, 9)));
    }

    [Test]
    public async Task Two_servers_move_each_task_once()
    {
        await CreateAsync(Floating, Evening);
        await FlyAsync(Tokyo);
        var before = await CountChangesAsync();
        await using var other = _database.Start();

        await Task.WhenAll(Task.Run(() => RescheduleAsync()), Task.Run(() => RescheduleAsync(other)));

        Assert.That(await CountChangesAsync() - before, Is.EqualTo(Floating));
        Assert.That((await ReadAsync()).Values.Select(task => task.DueAt), Is.All.EqualTo(Utc(2026, 12, 1, 9)));
    }

    [Test]
    public async Task A_write_during_the_job_is_kept_and_the_task_is_due_where_the_owner_is()
    {
        var tasks = await CreateAsync(3, Evening);
        await FlyAsync(Tokyo);
        await using var other = _database.Start();
        other.Caller.Session = _server.Caller.Session;
        long version = 0;
        _server.Commands.OnceAfter(
            IsBatch,
            async () =>
                version = (
                    await other.PatchAsync(
                        tasks[1],
                        Title("Written") with
                        {
                            Due = new(new DuePatch(Time: new("20:00"))),
                        }
                    )
                )
                    .Value!
                    .Version
        );

        await RescheduleAsync();

        Assert.That(_server.Commands.After, Is.Null, "the write came between");
        var now = await ReadAsync();
        Assert.That(
            (now[tasks[1]].Title, now[tasks[1]].DueAt, now[tasks[1]].Version),
            Is.EqualTo(("Written", (DateTimeOffset?)Utc(2026, 12, 1, 11), version))
        );
        Assert.That(((Guid[])[tasks[0], tasks[2]]).Select(id => now[id].DueAt), Is.All.EqualTo(Utc(2026, 12, 1, 9)));
        Assert.That(await ReadThroughAsync(), Is.Null);
    }

    [Test]
    public async Task The_tasks_of_a_guest_who_is_merged_during_the_job_are_moved_too()
    {
        const string password = "correct horse battery staple";
        var member = await _server.SignUpAsync(password);
        _server.Caller.Session = await _server.SignInAsync(member.Id);
        await FlyAsync(NewYork);
        await using var other = _database.Start(("Accounts:Guests", "true"));
        var guest = (await other.SendAsync(new StartGuestCommand(Guid.NewGuid(), TimeZone: Berlin))).Value!;
        other.Caller.Session = await other.UseAsync(
            (ISessionRepository sessions) => sessions.FindAsync(guest.SessionId, default)
        );
        var task = await other.CreateAsync(new TaskInput("Swim", Due: new DueInput("2026-12-01", "18:00")));
        Assert.That(task.DueAt, Is.EqualTo(Utc(2026, 12, 1, 17)));
        _server.Commands.OnceAfter(
            IsBatch,
            async () =>
            {
                var login = new LoginUserCommand(member.Username, password, GuestToken: guest.RefreshToken);
                Assert.That((await other.SendAsync(login)).Value?.GuestMerged, Is.True);
            }
        );

        await RescheduleAsync();

        Assert.That((await ReadAsync())[task.Id].DueAt, Is.EqualTo(Utc(2026, 12, 1, 23)));
    }

    [Test]
    public async Task A_flight_during_the_job_is_not_lost()
    {
        var tasks = await CreateAsync(Floating, Evening);
        await FlyAsync(Tokyo);
        await using var other = _database.Start();
        other.Caller.Session = _server.Caller.Session;
        _server.Commands.OnceAfter(IsBatch, () => FlyAsync(NewYork, other));

        await RescheduleAsync();

        Assert.That(_server.Commands.After, Is.Null, "the flight came between");
        var now = await ReadAsync();
        Assert.That(tasks.Select(id => now[id].DueAt), Is.All.EqualTo(Utc(2026, 12, 1, 23)));
        Assert.That(await ReadThroughAsync(), Is.Null);
    }

    [Test]
    public async Task A_task_in_the_trash_moves_when_it_is_restored()
    {
        var task = (await CreateAsync(1, Evening)).Single();
        await _server.DeleteAsync(task);
        var trashed = (await ReadAsync())[task];

        await FlyAsync(Tokyo);
        await RescheduleAsync();

        var still = (await ReadAsync())[task];
        Assert.That((Stamp(still), still.DueAt), Is.EqualTo((Stamp(trashed), trashed.DueAt)));
        var restored = (await _server.RestoreAsync(task)).Value!;
        Assert.That(
            (restored.DueAt, restored.Version),
            Is.EqualTo(((DateTimeOffset?)Utc(2026, 12, 1, 9), trashed.Version + 1))
        );
        await RescheduleAsync();
        Assert.That((await ReadAsync())[task].Version, Is.EqualTo(restored.Version));
    }

    [Test]
    public async Task A_server_with_newer_data_of_time_zones_computes_all_dues_again_once()
    {
        var tasks = await CreateAsync(3, Evening with { TimeZone = new(Tokyo) });
        var version = await MakeStaleAsync(tasks[1], raised: -1);
        var before = await ReadAsync();
        await using var next = _database.Start();

        await RescheduleAsync(next);

        var now = await ReadAsync();
        Assert.That(tasks.Select(id => now[id].DueAt), Is.All.EqualTo(Utc(2026, 12, 1, 9)));
        Assert.That(now[tasks[1]].Version, Is.GreaterThan(before[tasks[1]].Version));
        Assert.That(Stamp(now[tasks[0]]), Is.EqualTo(Stamp(before[tasks[0]])), "its moment was right");
        Assert.That(await ReadDataVersionAsync(), Is.EqualTo(version));

        await MakeStaleAsync(tasks[1], raised: -1);
        await RescheduleAsync(next);
        Assert.That(
            (await ReadAsync())[tasks[1]].DueAt,
            Is.Not.EqualTo(now[tasks[1]].DueAt),
            "it has compared already"
        );
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task A_server_with_the_same_or_older_data_of_time_zones_computes_nothing_again(int raised)
    {
        var task = (await CreateAsync(1, Evening with { TimeZone = new(Tokyo) })).Single();
        var version = await MakeStaleAsync(task, raised);
        var before = (await ReadAsync())[task];
        await using var next = _database.Start();

        await RescheduleAsync(next);

        var now = (await ReadAsync())[task];
        Assert.That((Stamp(now), now.DueAt), Is.EqualTo((Stamp(before), before.DueAt)));
        Assert.That(await ReadDataVersionAsync(), Is.EqualTo(version + raised));
    }

    [Test]
    public async Task Owners_with_something_to_do_are_found_by_an_index()
    {
        await using var database = await TestDatabase.MigratedSqliteAsync();
        await using var server = database.Start();
        await server.SignInNewUserAsync();
        await RescheduleAsync(server);
        List<string> plan = [];
        server.Commands.Before = async command => plan.AddRange(await Commands.ExplainAsync(command));

        await RescheduleAsync(server);

        Assert.That(plan, Has.Count.EqualTo(1));
        Assert.That(plan[0], Does.Contain("INDEX IX_ChangeCounters_RescheduledThrough"));
    }

    /// <summary>Pretends that older data computed the due of a task; returns the version of the data that this machine has.</summary>
    private async Task<long> MakeStaleAsync(Guid task, int raised)
    {
        Assume.That(TimeZoneData.ReadVersion(), Is.Not.Null, "This machine does not tell.");
        var version = TimeZoneData.ReadVersion()!.Value;
        await _server.UseAsync(
            async (AppDbContext context) =>
            {
                await context
                    .Tasks.Where(other => other.Id == task)
                    .ExecuteUpdateAsync(set => set.SetProperty(other => other.DueAt, Utc(2026, 12, 1, 10)));
                await context
                    .Sequences.Where(sequence => sequence.Name == Sequence.TimeZoneData)
                    .ExecuteUpdateAsync(set => set.SetProperty(sequence => sequence.Value, version + raised));
            }
        );
        return version;
    }

    private async Task<List<Guid>> CreateAsync(int count, DuePatch? due)
    {
        List<Guid> tasks = [];
        foreach (var chunk in Enumerable.Range(1, count).Chunk(100))
        {
            var operations = chunk.Select(i =>
                Operation(
                    TaskOperationKind.Create,
                    null,
                    due is null ? Title($"{i}") : Title($"{i}") with { Due = new(due) }
                )
            );
            var batch = await _server.SendAsync(new BatchTasksCommand([.. operations], Atomic: true));
            tasks.AddRange(batch.Value!.Results.Select(result => result.Task!.Id));
        }

        return tasks;
    }

    private async Task FlyAsync(string zone, Instance? server = null) =>
        Assert.That(
            (await (server ?? _server).SendAsync(new UpdateMeCommand(default, TimeZone: new(zone)))).Error,
            Is.Null
        );

    private Task RescheduleAsync() => RescheduleAsync(_server);

    private static async Task RescheduleAsync(Instance server) =>
        Assert.That((await server.SendAsync(new RescheduleTasksCommand())).Error, Is.Null);

    private Task<Dictionary<Guid, TaskItem>> ReadAsync() =>
        _server.UseAsync((AppDbContext context) => context.Tasks.AsNoTracking().ToDictionaryAsync(task => task.Id));

    private async Task<List<(Guid, long)>> ListChangesAsync(string since)
    {
        List<(Guid, long)> changes = [];
        while (true)
        {
            var page = (await _server.ChangesAsync(since)).Value!;
            changes.AddRange(page.Items.Select(item => (item.Id, item.Version)));
            if (!page.HasMore)
            {
                return changes;
            }

            since = page.Next;
        }
    }

    private Task<long> CountChangesAsync() =>
        _server.UseAsync(
            (AppDbContext context) =>
                context.ChangeCounters.Where(of => of.OwnerId == _owner).Select(of => of.Value).SingleAsync()
        );

    private Task<Guid?> ReadThroughAsync() =>
        _server.UseAsync(
            (AppDbContext context) =>
                context
                    .ChangeCounters.Where(of => of.OwnerId == _owner)
                    .Select(of => of.RescheduledThrough)
                    .SingleAsync()
        );

    private Task<long> ReadDataVersionAsync() =>
        _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Sequences.Where(sequence => sequence.Name == Sequence.TimeZoneData)
                    .Select(sequence => sequence.Value)
                    .SingleAsync()
        );

    private static (long, DateTimeOffset) Stamp(TaskItem task) => (task.Version, task.UpdatedAt);

    private static DateTimeOffset Utc(int year, int month, int day, int hour) =>
        new(year, month, day, hour, 0, 0, TimeSpan.Zero);

    private static bool IsBatch(DbCommand command) =>
        command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && Commands.Names(command, "Tasks");

    private static bool IsEndOfBatch(DbCommand command) =>
        Commands.Updates(command, "ChangeCounters") && Commands.Names(command, "RescheduledThrough");
}
