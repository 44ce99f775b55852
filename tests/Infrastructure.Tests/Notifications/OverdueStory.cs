using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>A scenario for one task, with the due times that its owner is notified of.</summary>
/// <param name="Name">The name of the scenario for readers.</param>
/// <param name="RunAsync">The steps of the scenario.</param>
/// <param name="Notified">Each due time in hours from the start, in the order of the notifications.</param>
internal sealed record OverdueStory(string Name, Func<OverdueTaskSteps, Task> RunAsync, params int[] Notified)
{
    public static readonly OverdueStory[] All =
    [
        new("its due time passes", async task => await (await task.CreateAsync(1)).AdvanceAsync(2), 1),
        new("due in the future", task => task.CreateAsync(1)),
        new("due at this moment", task => task.CreateAsync(0)),
        new(
            "due a millisecond ago",
            async task => (await task.CreateAsync(0)).Advance(TimeSpan.FromMilliseconds(1)),
            0
        ),
        new("never due", async task => await (await task.CreateAsync(null)).AdvanceAsync(1000)),
        new("created overdue", task => task.CreateAsync(-1), -1),
        new("created overdue, in progress", task => task.CreateAsync(-1, TaskItemStatus.InProgress), -1),
        new("created overdue, but done", task => task.CreateAsync(-1, TaskItemStatus.Done)),
        new("created overdue, but cancelled", task => task.CreateAsync(-1, TaskItemStatus.Cancelled)),
        new("put overdue", task => task.PutAsync(-1), -1),
        new(
            "finished in time",
            async task => await (await (await task.CreateAsync(1)).SetStatusAsync(Done)).AdvanceAsync(2)
        ),
        new(
            "cancelled in time",
            async task => await (await (await task.CreateAsync(1)).SetStatusAsync(Cancelled)).AdvanceAsync(2)
        ),
        new("finished late, before the scan", async task => await (await task.CreateAsync(-1)).SetStatusAsync(Done)),
        new(
            "finished after the notification",
            async task => await (await NotifiedAsync(task)).SetStatusAsync(Done),
            -1
        ),
        new(
            "finished and to do again after the notification",
            async task => await (await (await NotifiedAsync(task)).SetStatusAsync(Done)).SetStatusAsync(Todo),
            -1
        ),
        new(
            "finished in time and to do again when it is past",
            async task =>
            {
                await (await (await task.CreateAsync(1)).SetStatusAsync(Done)).AdvanceAsync(2);
                await task.SetStatusAsync(Todo);
            },
            1
        ),
        new(
            "begun after the notification",
            async task => await (await NotifiedAsync(task)).SetStatusAsync(InProgress),
            -1
        ),
        new(
            "renamed after the notification",
            async task => await (await NotifiedAsync(task)).PatchAsync(Title("New")),
            -1
        ),
        new("trashed in time", async task => await (await (await task.CreateAsync(1)).TrashAsync()).AdvanceAsync(2)),
        new("trashed late, before the scan", async task => await (await task.CreateAsync(-1)).TrashAsync()),
        new("trashed after the notification", async task => await (await NotifiedAsync(task)).TrashAsync(), -1),
        new(
            "trashed and restored in time",
            async task =>
            {
                await (await (await task.CreateAsync(1)).TrashAsync()).RestoreAsync();
                await task.AdvanceAsync(2);
            },
            1
        ),
        new(
            "trashed in time and restored when it is past",
            async task =>
            {
                await (await (await task.CreateAsync(1)).TrashAsync()).AdvanceAsync(2);
                await task.RestoreAsync();
            },
            1
        ),
        new(
            "trashed in time and restored when it could have been purged",
            async task =>
            {
                await (await (await task.CreateAsync(1)).TrashAsync()).AdvanceAsync(24 * 365);
                await task.RestoreAsync();
            },
            1
        ),
        new(
            "trashed and restored after the notification",
            async task => await (await (await NotifiedAsync(task)).TrashAsync()).RestoreAsync(),
            -1
        ),
        new(
            "trashed, and put under its id again after the notification",
            async task => await (await (await NotifiedAsync(task)).TrashAsync()).PutAsync(-1),
            -1
        ),
        new(
            "purged after the notification",
            async task =>
            {
                await (await (await NotifiedAsync(task)).TrashAsync()).AdvanceAsync(24 * 365);
                await task.PurgeAsync();
            },
            -1
        ),
        new("moved to the past", async task => await (await task.CreateAsync(1)).SetDueAsync(-1), -1),
        new("moved to the future, before the scan", async task => await (await task.CreateAsync(-1)).SetDueAsync(1)),
        new("no longer due, before the scan", async task => await (await task.CreateAsync(-1)).SetDueAsync(null)),
        new(
            "moved to the future after the notification",
            async task => await (await NotifiedAsync(task)).SetDueAsync(1),
            -1
        ),
        new(
            "moved to the future after the notification, which passes too",
            async task => await (await (await NotifiedAsync(task)).SetDueAsync(1)).AdvanceAsync(2),
            -1,
            1
        ),
        new(
            "moved to another time that has passed after the notification",
            async task => await (await NotifiedAsync(task)).SetDueAsync(-2),
            -1,
            -2
        ),
        new(
            "moved away and back after the notification",
            async task => await (await (await NotifiedAsync(task)).SetDueAsync(1)).SetDueAsync(-1),
            -1
        ),
        new(
            "moved away and back after the notification, scanned in between",
            async task =>
            {
                await (await (await NotifiedAsync(task)).SetDueAsync(-2)).ScanAsync();
                await task.SetDueAsync(-1);
            },
            -1,
            -2
        ),
        new(
            "no longer due, and due again after the notification",
            async task => await (await (await NotifiedAsync(task)).SetDueAsync(null)).SetDueAsync(-1),
            -1
        ),
    ];

    private const TaskItemStatus Todo = TaskItemStatus.Todo;
    private const TaskItemStatus InProgress = TaskItemStatus.InProgress;
    private const TaskItemStatus Done = TaskItemStatus.Done;
    private const TaskItemStatus Cancelled = TaskItemStatus.Cancelled;

    public override string ToString() => Name;

    /// <summary>Creates the task overdue, which causes a notification.</summary>
    private static async Task<OverdueTaskSteps> NotifiedAsync(OverdueTaskSteps task) =>
        await (await task.CreateAsync(-1)).ScanAsync();
}

/// <summary>Changes one task step by step.</summary>
internal sealed class OverdueTaskSteps(Instance server)
{
    private readonly DateTimeOffset _start = server.Clock.GetUtcNow();
    private Guid _id = Guid.CreateVersion7();

    public async Task<OverdueTaskSteps> CreateAsync(int? due, TaskItemStatus status = TaskItemStatus.Todo)
    {
        _id = (await server.CreateAsync(new TaskInput("Task", Status: status, DueAt: Due(due)))).Id;
        return this;
    }

    public Task<OverdueTaskSteps> PutAsync(int due) =>
        Succeeds(async () => (await server.PutAsync(_id, new TaskInput("Task", DueAt: Due(due)))).Error);

    public Task<OverdueTaskSteps> SetStatusAsync(TaskItemStatus status) =>
        PatchAsync(Nothing with { Status = new(status) });

    public Task<OverdueTaskSteps> SetDueAsync(int? due) => PatchAsync(Nothing with { DueAt = new(Due(due)) });

    public Task<OverdueTaskSteps> PatchAsync(TaskPatch patch) =>
        Succeeds(async () => (await server.PatchAsync(_id, patch)).Error);

    public Task<OverdueTaskSteps> TrashAsync() => Succeeds(async () => (await server.DeleteAsync(_id)).Error);

    public Task<OverdueTaskSteps> RestoreAsync() => Succeeds(async () => (await server.RestoreAsync(_id)).Error);

    public Task<OverdueTaskSteps> PurgeAsync() =>
        Succeeds(async () => (await server.SendAsync(new PurgeTrashCommand())).Error);

    public Task<OverdueTaskSteps> ScanAsync() => Succeeds(async () => (await server.ScanAsync()).Error);

    /// <summary>Advances the clock and scans.</summary>
    public Task<OverdueTaskSteps> AdvanceAsync(int hours)
    {
        Advance(TimeSpan.FromHours(hours));
        return ScanAsync();
    }

    public void Advance(TimeSpan time) => server.Clock.Advance(time);

    private DateTimeOffset? Due(int? hours) => hours is { } known ? _start.AddHours(known) : null;

    private async Task<OverdueTaskSteps> Succeeds(Func<Task<Domain.Common.Error?>> act)
    {
        Assert.That(await act(), Is.Null);
        return this;
    }
}
