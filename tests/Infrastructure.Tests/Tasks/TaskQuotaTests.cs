using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>The storage of one account is limited (requirement 36). These tests have their own database because of the purge.</summary>
public sealed class TaskQuotaTests : IAsyncDisposable
{
    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(("Tasks:MaxPerUser", "3"), ("Tasks:TrashDays", "1"));
        await _server.SignInNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task A_task_beyond_the_limit_is_refused_but_all_other_changes_work()
    {
        var tasks = await FillAsync();

        var created = await _server.SendAsync(new CreateTaskCommand(new TaskInput("Fourth")));
        var put = await _server.PutAsync(Guid.NewGuid(), new TaskInput("Fourth"));

        Assert.That((created.Error, put.Error), Is.EqualTo((CommonErrors.LimitReached, CommonErrors.LimitReached)));
        Assert.That((await _server.PatchAsync(tasks[0].Id, Title("Changed"))).Error, Is.Null);
        Assert.That((await _server.PutAsync(tasks[1].Id, new TaskInput("Replaced"))).Error, Is.Null);
    }

    [Test]
    public async Task Tasks_in_the_trash_count_until_they_are_purged()
    {
        var tasks = await FillAsync();
        await _server.DeleteAsync(tasks[0].Id);
        Assert.That((await CreateAsync()).Error, Is.EqualTo(CommonErrors.LimitReached));
        Assert.That((await _server.RestoreAsync(tasks[0].Id)).Error, Is.Null);

        await _server.DeleteAsync(tasks[0].Id);
        await _server.DeleteAsync(tasks[1].Id);
        _server.Clock.Advance(TimeSpan.FromDays(2));
        await _server.SendAsync(new PurgeTrashCommand());

        Assert.That((await CreateAsync()).Error, Is.Null);
        Assert.That((await CreateAsync()).Error, Is.Null);
        Assert.That((await CreateAsync()).Error, Is.EqualTo(CommonErrors.LimitReached));
    }

    [Test]
    public async Task The_limit_applies_to_each_user_separately()
    {
        await FillAsync();

        await _server.SignInNewUserAsync();

        Assert.That((await CreateAsync()).Error, Is.Null);
    }

    [Test]
    public async Task A_batch_stops_at_the_limit_and_an_atomic_batch_does_nothing()
    {
        await CreateAsync();
        var operations = Enumerable
            .Range(1, 3)
            .Select(i => Operation(TaskOperationKind.Create, null, Title($"{i}")))
            .ToList();

        var atomic = await _server.SendAsync(new BatchTasksCommand(operations, Atomic: true));
        var each = await _server.SendAsync(new BatchTasksCommand(operations));

        Assert.That(atomic.Value!.IsApplied, Is.False);
        Assert.That(atomic.Value.Results.Select(of => of.Error), Is.All.EqualTo(CommonErrors.LimitReached));
        Assert.That(
            each.Value!.Results.Select(of => of.Error),
            Is.EqualTo((Domain.Common.Error?[])[null, null, CommonErrors.LimitReached])
        );
    }

    [Test]
    public async Task The_limit_does_not_stop_the_completion_of_a_task_that_repeats()
    {
        _server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var series = await Series.StartAsync(_server, "2026-03-02", "FREQ=DAILY");
        await CreateAsync();
        await CreateAsync();

        await series.DoAsync("2026-03-02T12:00Z done");
        await series.DoAsync("2026-03-03T12:00Z done");

        Assert.That((await series.HistoryAsync()), Does.EndWith("2026-03-04 open (2 of 2)"));
        Assert.That((await CreateAsync()).Error, Is.EqualTo(CommonErrors.LimitReached));
        await series.DoAsync("2026-03-04T12:00Z trash");
        Assert.That((await CreateAsync()).Error, Is.EqualTo(CommonErrors.LimitReached));
        await series.DoAsync("2026-03-04T12:00Z restore 2026-03-04");
        var (fourth, fifth) = (
            Recurrence.IdOf(series.Id, new(2026, 3, 4)),
            Recurrence.IdOf(series.Id, new(2026, 3, 5))
        );
        var offline = await _server.SendAsync(
            new BatchTasksCommand(
                [
                    Operation(TaskOperationKind.Patch, fourth, Nothing with { Status = new(TaskItemStatus.Done) }),
                    Operation(TaskOperationKind.Patch, fifth, Title("Changed at once")),
                ],
                Atomic: true
            )
        );
        Assert.That(offline.Value!.IsApplied, Is.True);
        var mixed = await _server.SendAsync(
            new BatchTasksCommand(
                [
                    Operation(TaskOperationKind.Create, null, Title("Sixth")),
                    Operation(TaskOperationKind.Patch, series.Id, Nothing with { Status = new(TaskItemStatus.Todo) }),
                ],
                Atomic: true
            )
        );
        Assert.That(mixed.Value!.IsApplied, Is.False);
    }

    [TestCase(false, 1000)]
    [TestCase(true, TaskItem.MaxPerGuest)]
    public async Task The_next_tasks_of_series_have_a_reserve_that_ends(bool isGuest, int limit)
    {
        await using var server = _database.Start(("Tasks:MaxPerUser", "1000"));
        server.Caller.Session = _server.Caller.Session;
        server.Clock.AdjustTime(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
        var series = await Series.StartAsync(server, "2026-03-02", "FREQ=DAILY");
        var other = await server.CreateAsync(new TaskInput("Once"));
        await StoreCountAsync(isGuest, limit + TaskItem.SuccessorReserve - 1);

        await series.DoAsync("2026-03-02T12:00Z done");

        var next = Recurrence.IdOf(series.Id, new(2026, 3, 3));
        var done = Nothing with { Status = new(TaskItemStatus.Done) };
        Assert.That((await server.PatchAsync(next, done)).Error, Is.EqualTo(CommonErrors.LimitReached));
        Assert.That(await series.HistoryAsync(), Does.EndWith("2026-03-03 open (1 of 1)"));
        var batch = await server.SendAsync(
            new BatchTasksCommand(
                [
                    Operation(TaskOperationKind.Patch, other.Id, Title("Twice")),
                    Operation(TaskOperationKind.Patch, next, done),
                ],
                Atomic: true
            )
        );
        Assert.That(
            batch.Value!.Results.Select(of => of.Error),
            Is.EqualTo((Domain.Common.Error?[])[TaskErrors.BatchFailed, CommonErrors.LimitReached])
        );
        Assert.That((await server.PatchAsync(next, Title("Changed"))).Error, Is.Null);
        Assert.That((await server.PatchAsync(other.Id, done)).Error, Is.Null);
        await StoreCountAsync(isGuest, limit);
        Assert.That((await server.PatchAsync(next, done)).Error, Is.Null);
    }

    [Test]
    public async Task Concurrent_requests_cannot_exceed_the_limit()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Task.Run(CreateAsync)));

        Assert.That(outcomes.Count(outcome => outcome.IsSuccess), Is.EqualTo(3));
    }

    private Task<int> StoreCountAsync(bool isGuest, int count) =>
        _server.UseAsync(
            (AppDbContext context) =>
                context
                    .ChangeCounters.Where(counter => counter.OwnerId == _server.Caller.Session!.OwnerId)
                    .ExecuteUpdateAsync(set =>
                        set.SetProperty(counter => counter.TaskCount, count)
                            .SetProperty(counter => counter.IsGuest, isGuest)
                    )
        );

    private async Task<List<TaskDto>> FillAsync()
    {
        List<TaskDto> tasks = [];
        for (var i = 0; i < 3; i++)
        {
            tasks.Add((await CreateAsync()).Value!);
        }

        return tasks;
    }

    private Task<Domain.Common.Result<TaskDto>> CreateAsync() =>
        _server.SendAsync(new CreateTaskCommand(new TaskInput("Task")));
}
