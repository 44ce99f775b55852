using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using static Fitnessify.Infrastructure.Tests.Notifications.NotificationRequests;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>Each owner is told of each due time once. In a database of its own: a scan is for the tasks of everybody.</summary>
public sealed class NotifyOverdueTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private Guid _owner;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start();
        _owner = await _server.EnterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [TestCaseSource(typeof(OverdueStory), nameof(OverdueStory.All))]
    public async Task Tells_of_each_due_time_that_has_passed_while_open_once(object of)
    {
        var story = (OverdueStory)of;
        var start = _server.Clock.GetUtcNow();
        await story.TellAsync(new OverdueTeller(_server));

        await _server.ScanAsync();
        await _server.ScanAsync();

        var told = await _server.ToldAsync(_owner);
        Assert.That(told.Select(notification => (notification.DueAt - start).TotalHours), Is.EqualTo(story.Told));
        Assert.That(await CountUnsettledAsync(), Is.Zero);
    }

    [Test]
    public async Task Tells_nobody_again_when_the_notification_is_gone_for_its_age()
    {
        var task = await CreateAsync(-1);
        await _server.ScanAsync();
        await _server.UseAsync((AppDbContext context) => context.Notifications.ExecuteDeleteAsync());

        // An edit, the trash and back, done and not, and the due time away and back.
        await _server.PatchAsync(task.Id, Title("Arm day"));
        await _server.ScanAsync();
        await _server.DeleteAsync(task.Id);
        await _server.RestoreAsync(task.Id);
        await _server.ScanAsync();
        foreach (var status in (TaskItemStatus[])[TaskItemStatus.Done, TaskItemStatus.Todo])
        {
            await _server.PatchAsync(task.Id, Nothing with { Status = new(status) });
            await _server.ScanAsync();
        }

        foreach (var dueAt in (DateTimeOffset?[])[Due(5), null, task.DueAt])
        {
            await _server.PatchAsync(task.Id, Nothing with { DueAt = new(dueAt) });
            await _server.ScanAsync();
        }

        Assert.That(await _server.ToldAsync(_owner), Is.Empty);
        Assert.That(await CountUnsettledAsync(), Is.Zero);
        await _server.PatchAsync(task.Id, Nothing with { DueAt = new(Due(-2)) });
        await _server.ScanAsync();
        Assert.That(await _server.ToldAsync(_owner), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Says_which_task_as_it_is_called_at_that_moment()
    {
        var task = await CreateAsync(-1, "Leg day");
        await _server.PatchAsync(task.Id, Title("Arm day"));
        await _server.ScanAsync();
        await _server.PatchAsync(task.Id, Title("Rest"));
        await _server.ScanAsync();

        var told = (await _server.ToldAsync(_owner)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((told.Type, told.TaskId), Is.EqualTo((NotificationType.TaskOverdue, task.Id)));
            Assert.That((told.Title, told.DueAt), Is.EqualTo(("Arm day", Due(-1))));
            Assert.That((told.CreatedAt, told.ReadAt), Is.EqualTo((Due(0), (DateTimeOffset?)null)));
        }
    }

    [Test]
    public async Task Changes_nothing_of_the_tasks()
    {
        var (early, late) = (await CreateAsync(-2), await CreateAsync(-1));
        var since = (await _server.ChangesAsync()).Value!.Next;

        await _server.ScanAsync();

        Assert.That((await _server.ChangesAsync(since)).Value!.Items, Is.Empty);
        Assert.That(await _server.GetAsync(early.Id), Is.EqualTo(early).UsingPropertiesComparer());
        Assert.That(await _server.GetAsync(late.Id), Is.EqualTo(late).UsingPropertiesComparer());
        Assert.That((await _server.PatchAsync(early.Id, Title("New"), early.Version)).Error, Is.Null);
    }

    [Test]
    public async Task Tells_every_owner_of_their_own_tasks_the_longest_overdue_first()
    {
        await CreateAsync(-1, "Second");
        await CreateAsync(-2, "First");
        var other = await _server.EnterAsync();
        await CreateAsync(-3, "Other");

        await _server.ScanAsync();

        Assert.That((await _server.ToldAsync(_owner)).Select(told => told.Title), Is.EqualTo(["First", "Second"]));
        Assert.That((await _server.ToldAsync(other)).Select(told => told.Title), Is.EqualTo(["Other"]));
    }

    [Test]
    public async Task Two_instances_that_scan_at_once_tell_of_each_of_200_tasks_once()
    {
        var tasks = await CreateManyAsync(200);
        await using var other = _database.Start();

        var scans = await Task.WhenAll(Task.Run(_server.ScanAsync), Task.Run(other.ScanAsync));

        await AssertToldOnceAsync(tasks);
        Assert.That(scans.Select(scan => scan.Error), Is.All.Null);
    }

    [Test]
    public async Task An_instance_that_is_outrun_between_its_look_and_its_save_tells_of_what_is_left()
    {
        var tasks = await CreateManyAsync(10);
        await using var other = _database.Start();
        var late = Guid.Empty;
        AfterTheScan(async () =>
        {
            await other.ScanAsync();
            other.Caller.Session = _server.Caller.Session;
            late = (await CreateAsync(-2, server: other)).Id;
        });

        var scan = await _server.ScanAsync();

        Assert.That(scan.Error, Is.Null);
        await AssertToldOnceAsync([.. tasks, late]);
    }

    [Test]
    public async Task A_crash_leaves_nothing_half_done_and_the_next_scan_does_it()
    {
        var tasks = await CreateManyAsync(3);
        _server.Commands.Before = command =>
            IsSettling(command) ? throw new InvalidOperationException("crash") : Task.CompletedTask;

        Assert.That(_server.ScanAsync, Throws.InvalidOperationException.With.Message.EqualTo("crash"));

        await using var next = _database.Start();
        Assert.That(await next.ToldAsync(_owner), Is.Empty);
        Assert.That(
            await next.UseAsync((AppDbContext context) => context.Sequences.Select(of => of.Value).ToListAsync()),
            Is.All.Zero
        );
        await next.ScanAsync();
        await AssertToldOnceAsync(tasks);
    }

    [Test]
    public async Task An_account_that_is_deleted_meanwhile_keeps_nobody_waiting()
    {
        var task = await CreateAsync(-1);
        var other = await _server.EnterAsync();
        await CreateAsync(-1);
        AfterTheScan(() =>
            _server.UseAsync(
                (AppDbContext context) => context.Accounts.Where(user => user.Id == other).ExecuteDeleteAsync()
            )
        );

        Assert.That((await _server.ScanAsync()).Error, Is.Null);
        Assert.That((await _server.ToldAsync(_owner)).Select(told => told.TaskId), Is.EqualTo([task.Id]));
        Assert.That(await _server.ToldAsync(other), Is.Empty);
    }

    [TestCase(-2, new[] { -1, -2 }, TestName = "{m}(moved to another time that has passed)")]
    [TestCase(1, new[] { -1, 1 }, TestName = "{m}(moved to the future)")]
    [TestCase(null, new[] { -1 }, TestName = "{m}(not due any more)")]
    public async Task A_patch_between_its_look_and_its_save_stays_and_is_heeded(int? hours, int[] told)
    {
        var start = Due(0);
        DateTimeOffset? due = hours is { } known ? Due(known) : null;

        await PatchWhileScanningAsync(Nothing with { DueAt = new(due) }, task => task.DueAt, due);

        _server.Clock.Advance(TimeSpan.FromHours(2));
        await _server.ScanAsync();
        Assert.That((await _server.ToldAsync(_owner)).Select(of => (of.DueAt - start).TotalHours), Is.EqualTo(told));
    }

    [Test]
    public async Task A_task_that_is_finished_between_its_look_and_its_save_stays_finished()
    {
        await PatchWhileScanningAsync(
            Nothing with
            {
                Status = new(TaskItemStatus.Done),
            },
            task => task.Status,
            TaskItemStatus.Done
        );

        Assert.That(await _server.ToldAsync(_owner), Has.Count.EqualTo(1), "it was overdue when it was looked at");
        Assert.That(await CountUnsettledAsync(), Is.Zero);
    }

    [Test]
    public async Task A_patch_that_had_read_the_task_before_the_scan_does_not_repeat_it()
    {
        var task = await CreateAsync(-1);
        await using var other = _database.Start();
        other.Caller.Session = _server.Caller.Session;
        other.Commands.OnceAfter(command => Mentions(command, "Tasks"), () => _server.ScanAsync());

        var patched = await other.PatchAsync(task.Id, Title("New"), task.Version);

        Assert.That(patched.Error, Is.Null);
        Assert.That(other.Commands.After, Is.Null, "the scan came between");
        await _server.ScanAsync();
        await AssertToldOnceAsync([task.Id]);
    }

    private async Task PatchWhileScanningAsync<T>(TaskPatch patch, Func<TaskDto, T> read, T expected)
    {
        var task = await CreateAsync(-1);
        await using var other = _database.Start();
        other.Caller.Session = _server.Caller.Session;
        long version = 0;
        AfterTheScan(async () => version = (await other.PatchAsync(task.Id, patch)).Value!.Version);

        Assert.That((await _server.ScanAsync()).Error, Is.Null);

        var now = await _server.GetAsync(task.Id);
        Assert.That((read(now), now.Version), Is.EqualTo((expected, version)));
    }

    // Once, when it has been read which tasks are overdue, and nothing has been saved.
    private void AfterTheScan(Func<Task> happen) => _server.Commands.OnceAfter(IsScan, happen);

    private async Task AssertToldOnceAsync(List<Guid> tasks)
    {
        var told = await _server.ToldAsync(_owner);
        Assert.That(told.Select(notification => notification.TaskId), Is.EquivalentTo(tasks));
        Assert.That(
            told.Select(notification => notification.Sequence),
            Is.EqualTo(Enumerable.Range(1, tasks.Count).Select(number => (long)number))
        );
        Assert.That(await CountUnsettledAsync(), Is.Zero);
    }

    private DateTimeOffset Due(int hours) => _server.Clock.GetUtcNow().AddHours(hours);

    private Task<TaskDto> CreateAsync(int hours, string title = "Task", Instance? server = null) =>
        (server ?? _server).CreateAsync(new TaskInput(title, DueAt: Due(hours)));

    private async Task<List<Guid>> CreateManyAsync(int count)
    {
        List<Guid> tasks = [];
        foreach (var chunk in Enumerable.Range(1, count).Chunk(100))
        {
            var operations = chunk.Select(i =>
                Operation(TaskOperationKind.Create, null, Title($"{i}") with { DueAt = new(Due(-i)) })
            );
            var batch = await _server.SendAsync(new BatchTasksCommand([.. operations], Atomic: true));
            tasks.AddRange(batch.Value!.Results.Select(result => result.Task!.Id));
        }

        return tasks;
    }

    /// <summary>Tasks that a scan would look at again.</summary>
    private Task<int> CountUnsettledAsync() =>
        _server.UseAsync(
            async (IOverdueTasks overdue) => (await overdue.ListAsync(_server.Clock.GetUtcNow(), 500, default)).Count
        );
}
