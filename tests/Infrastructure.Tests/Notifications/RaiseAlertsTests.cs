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

/// <summary>Each owner is notified once of each due time. These tests have their own database, because a scan covers all users.</summary>
public sealed class RaiseAlertsTests : IAsyncDisposable
{
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

    [TestCaseSource(typeof(OverdueStory), nameof(OverdueStory.All))]
    public async Task Each_due_time_that_passes_while_a_task_is_open_is_notified_once(object of)
    {
        var scenario = (OverdueStory)of;
        var start = _server.Clock.GetUtcNow();
        await scenario.RunAsync(new OverdueTaskSteps(_server));

        await _server.ScanAsync();
        await _server.ScanAsync();

        var notified = await _server.NotificationsAsync(_owner);
        Assert.That(
            notified.Select(notification => (notification.DueAt - start).TotalHours),
            Is.EqualTo(scenario.Notified)
        );
        Assert.That(await CountPendingAsync(), Is.Zero);
    }

    [Test]
    public async Task A_purged_notification_is_not_created_again()
    {
        var task = await CreateAsync(-1);
        await _server.ScanAsync();
        await _server.UseAsync((AppDbContext context) => context.Notifications.ExecuteDeleteAsync());

        // The task is edited, moved to the trash and back, done and reopened, and its due time is removed and set again.
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

        Assert.That(await _server.NotificationsAsync(_owner), Is.Empty);
        Assert.That(await CountPendingAsync(), Is.Zero);
        await _server.PatchAsync(task.Id, Nothing with { DueAt = new(Due(-2)) });
        await _server.ScanAsync();
        Assert.That(await _server.NotificationsAsync(_owner), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_notification_contains_the_title_of_the_task_at_that_moment()
    {
        var task = await CreateAsync(-1, "Leg day");
        await _server.PatchAsync(task.Id, Title("Arm day"));
        await _server.ScanAsync();
        await _server.PatchAsync(task.Id, Title("Rest"));
        await _server.ScanAsync();

        var notified = (await _server.NotificationsAsync(_owner)).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((notified.Type, notified.TaskId), Is.EqualTo((NotificationType.TaskOverdue, task.Id)));
            Assert.That((notified.Title, notified.DueAt), Is.EqualTo(("Arm day", Due(-1))));
            Assert.That((notified.CreatedAt, notified.ReadAt), Is.EqualTo((Due(0), (DateTimeOffset?)null)));
        }
    }

    [Test]
    public async Task A_scan_does_not_change_the_tasks()
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
    public async Task Each_owner_is_notified_of_their_own_tasks_the_longest_overdue_first()
    {
        await CreateAsync(-1, "Second");
        await CreateAsync(-2, "First");
        var other = await _server.SignInNewUserAsync();
        await CreateAsync(-3, "Other");

        await _server.ScanAsync();

        Assert.That(
            (await _server.NotificationsAsync(_owner)).Select(notified => notified.Title),
            Is.EqualTo(["First", "Second"])
        );
        Assert.That(
            (await _server.NotificationsAsync(other)).Select(notified => notified.Title),
            Is.EqualTo(["Other"])
        );
    }

    [Test]
    public async Task Two_concurrent_scans_notify_of_each_of_200_tasks_once()
    {
        var tasks = await CreateManyAsync(200);
        await using var other = _database.Start();

        var scans = await Task.WhenAll(Task.Run(_server.ScanAsync), Task.Run(other.ScanAsync));

        await AssertNotifiedOnceAsync(tasks);
        Assert.That(scans.Select(scan => scan.Error), Is.All.Null);
    }

    [Test]
    public async Task A_scan_that_another_overtakes_notifies_of_the_remaining_tasks()
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
        await AssertNotifiedOnceAsync([.. tasks, late]);
    }

    [Test]
    public async Task A_crash_leaves_nothing_half_done_and_the_next_scan_completes_it()
    {
        var tasks = await CreateManyAsync(3);
        _server.Commands.Before = command =>
            IsSettling(command) ? throw new InvalidOperationException("crash") : Task.CompletedTask;

        Assert.That(_server.ScanAsync, Throws.InnerException.Message.EqualTo("crash"));

        await using var next = _database.Start();
        Assert.That(await next.NotificationsAsync(_owner), Is.Empty);
        Assert.That(
            await next.UseAsync(
                (AppDbContext context) =>
                    context
                        .Sequences.Where(sequence => sequence.Name == Sequence.Notifications)
                        .Select(sequence => sequence.Value)
                        .SingleAsync()
            ),
            Is.Zero
        );
        await next.ScanAsync();
        await AssertNotifiedOnceAsync(tasks);
    }

    [Test]
    public async Task An_account_deleted_during_the_scan_delays_no_other()
    {
        var task = await CreateAsync(-1);
        var other = await _server.SignInNewUserAsync();
        await CreateAsync(-1);
        AfterTheScan(() =>
            _server.UseAsync(
                (AppDbContext context) => context.Accounts.Where(user => user.Id == other).ExecuteDeleteAsync()
            )
        );

        Assert.That((await _server.ScanAsync()).Error, Is.Null);
        Assert.That(
            (await _server.NotificationsAsync(_owner)).Select(notified => notified.TaskId),
            Is.EqualTo([task.Id])
        );
        Assert.That(await _server.NotificationsAsync(other), Is.Empty);
    }

    [TestCase(-2, new[] { -2 }, TestName = "{m}(moved to another time that has passed)")]
    [TestCase(1, new[] { 1 }, TestName = "{m}(moved to the future)")]
    [TestCase(null, new int[0], TestName = "{m}(not due any more)")]
    public async Task A_patch_between_reading_and_saving_is_kept_and_respected(int? hours, int[] notified)
    {
        var start = Due(0);
        DateTimeOffset? due = hours is { } known ? Due(known) : null;

        await PatchWhileScanningAsync(Nothing with { DueAt = new(due) }, task => task.DueAt, due);

        _server.Clock.Advance(TimeSpan.FromHours(2));
        await _server.ScanAsync();
        Assert.That(
            (await _server.NotificationsAsync(_owner)).Select(of => (of.DueAt - start).TotalHours),
            Is.EqualTo(notified)
        );
    }

    [Test]
    public async Task A_task_finished_between_reading_and_saving_stays_finished()
    {
        await PatchWhileScanningAsync(
            Nothing with
            {
                Status = new(TaskItemStatus.Done),
            },
            task => task.Status,
            TaskItemStatus.Done
        );

        Assert.That(await _server.NotificationsAsync(_owner), Is.Empty);
        Assert.That(await CountPendingAsync(), Is.Zero);
    }

    [Test]
    public async Task A_patch_based_on_the_task_before_the_scan_causes_no_second_notification()
    {
        var task = await CreateAsync(-1);
        await using var other = _database.Start();
        other.Caller.Session = _server.Caller.Session;
        var scan = other.Commands.StartOnceAfter(command => Mentions(command, "Tasks"), () => _server.ScanAsync());

        var patched = await other.PatchAsync(task.Id, Title("New"), task.Version);

        Assert.That(patched.Error, Is.Null);
        Assert.That(other.Commands.After, Is.Null, "the scan came between");
        await scan;
        await _server.ScanAsync();
        await AssertNotifiedOnceAsync([task.Id]);
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

    // This runs once, after the overdue tasks were read and before anything is saved.
    private void AfterTheScan(Func<Task> happen) => _server.Commands.OnceAfter(IsScan, happen);

    private async Task AssertNotifiedOnceAsync(List<Guid> tasks)
    {
        var notified = await _server.NotificationsAsync(_owner);
        Assert.That(notified.Select(notification => notification.TaskId), Is.EquivalentTo(tasks));
        Assert.That(
            notified.Select(notification => notification.Sequence),
            Is.EqualTo(Enumerable.Range(1, tasks.Count).Select(number => (long)number))
        );
        Assert.That(await CountPendingAsync(), Is.Zero);
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

    /// <summary>Returns the tasks that a scan would read again.</summary>
    private Task<int> CountPendingAsync() =>
        _server.UseAsync(
            async (IAlertingTasks tasks) => (await tasks.ListAsync(_server.Clock.GetUtcNow(), 500, default)).Count
        );
}
