using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>What becomes of one task, and of which due times its owner is told.</summary>
/// <param name="Name">For a person.</param>
/// <param name="TellAsync">What becomes of it.</param>
/// <param name="Told">Each due time in hours from the beginning, in the order of the notifications.</param>
internal sealed record OverdueStory(string Name, Func<OverdueTeller, Task> TellAsync, params int[] Told)
{
    public static readonly OverdueStory[] All =
    [
        new("its time passes", async task => await (await task.IsBornAsync(1)).PassesAsync(2), 1),
        new("due in the future", task => task.IsBornAsync(1)),
        new("due at this very moment", task => task.IsBornAsync(0)),
        new("due a millisecond ago", async task => (await task.IsBornAsync(0)).Passes(TimeSpan.FromMilliseconds(1)), 0),
        new("never due", async task => await (await task.IsBornAsync(null)).PassesAsync(1000)),
        new("born overdue", task => task.IsBornAsync(-1), -1),
        new("born overdue, in progress", task => task.IsBornAsync(-1, TaskItemStatus.InProgress), -1),
        new("born overdue, but done", task => task.IsBornAsync(-1, TaskItemStatus.Done)),
        new("born overdue, but cancelled", task => task.IsBornAsync(-1, TaskItemStatus.Cancelled)),
        new("put overdue", task => task.IsPutAsync(-1), -1),
        new(
            "finished in time",
            async task => await (await (await task.IsBornAsync(1)).MovesAsync(Done)).PassesAsync(2)
        ),
        new(
            "cancelled in time",
            async task => await (await (await task.IsBornAsync(1)).MovesAsync(Cancelled)).PassesAsync(2)
        ),
        new("finished late, before anybody looked", async task => await (await task.IsBornAsync(-1)).MovesAsync(Done)),
        new("finished after the notification", async task => await (await IsToldAsync(task)).MovesAsync(Done), -1),
        new(
            "finished and to do again after the notification",
            async task => await (await (await IsToldAsync(task)).MovesAsync(Done)).MovesAsync(Todo),
            -1
        ),
        new(
            "finished in time and to do again when it is past",
            async task =>
            {
                await (await (await task.IsBornAsync(1)).MovesAsync(Done)).PassesAsync(2);
                await task.MovesAsync(Todo);
            },
            1
        ),
        new("begun after the notification", async task => await (await IsToldAsync(task)).MovesAsync(InProgress), -1),
        new(
            "renamed after the notification",
            async task => await (await IsToldAsync(task)).ChangesAsync(Title("New")),
            -1
        ),
        new("trashed in time", async task => await (await (await task.IsBornAsync(1)).IsTrashedAsync()).PassesAsync(2)),
        new("trashed late, before anybody looked", async task => await (await task.IsBornAsync(-1)).IsTrashedAsync()),
        new("trashed after the notification", async task => await (await IsToldAsync(task)).IsTrashedAsync(), -1),
        new(
            "trashed and restored in time",
            async task =>
            {
                await (await (await task.IsBornAsync(1)).IsTrashedAsync()).IsRestoredAsync();
                await task.PassesAsync(2);
            },
            1
        ),
        new(
            "trashed in time and restored when it is past",
            async task =>
            {
                await (await (await task.IsBornAsync(1)).IsTrashedAsync()).PassesAsync(2);
                await task.IsRestoredAsync();
            },
            1
        ),
        new(
            "trashed in time and restored when it could have been purged",
            async task =>
            {
                await (await (await task.IsBornAsync(1)).IsTrashedAsync()).PassesAsync(24 * 365);
                await task.IsRestoredAsync();
            },
            1
        ),
        new(
            "trashed and restored after the notification",
            async task => await (await (await IsToldAsync(task)).IsTrashedAsync()).IsRestoredAsync(),
            -1
        ),
        new(
            "trashed, and put under its id again after the notification",
            async task => await (await (await IsToldAsync(task)).IsTrashedAsync()).IsPutAsync(-1),
            -1
        ),
        new(
            "purged after the notification",
            async task =>
            {
                await (await (await IsToldAsync(task)).IsTrashedAsync()).PassesAsync(24 * 365);
                await task.IsPurgedAsync();
            },
            -1
        ),
        new("moved to the past", async task => await (await task.IsBornAsync(1)).MovesToAsync(-1), -1),
        new(
            "moved to the future, before anybody looked",
            async task => await (await task.IsBornAsync(-1)).MovesToAsync(1)
        ),
        new(
            "not due any more, before anybody looked",
            async task => await (await task.IsBornAsync(-1)).MovesToAsync(null)
        ),
        new(
            "moved to the future after the notification",
            async task => await (await IsToldAsync(task)).MovesToAsync(1),
            -1
        ),
        new(
            "moved to the future after the notification, which passes too",
            async task => await (await (await IsToldAsync(task)).MovesToAsync(1)).PassesAsync(2),
            -1,
            1
        ),
        new(
            "moved to another time that has passed after the notification",
            async task => await (await IsToldAsync(task)).MovesToAsync(-2),
            -1,
            -2
        ),
        new(
            "moved away and back after the notification",
            async task => await (await (await IsToldAsync(task)).MovesToAsync(1)).MovesToAsync(-1),
            -1
        ),
        new(
            "moved away and back after the notification, looked at in between",
            async task =>
            {
                await (await (await IsToldAsync(task)).MovesToAsync(-2)).IsLookedAtAsync();
                await task.MovesToAsync(-1);
            },
            -1,
            -2
        ),
        new(
            "not due any more, and due again after the notification",
            async task => await (await (await IsToldAsync(task)).MovesToAsync(null)).MovesToAsync(-1),
            -1
        ),
    ];

    private const TaskItemStatus Todo = TaskItemStatus.Todo;
    private const TaskItemStatus InProgress = TaskItemStatus.InProgress;
    private const TaskItemStatus Done = TaskItemStatus.Done;
    private const TaskItemStatus Cancelled = TaskItemStatus.Cancelled;

    public override string ToString() => Name;

    /// <summary>Born overdue, which its owner is told.</summary>
    private static async Task<OverdueTeller> IsToldAsync(OverdueTeller task) =>
        await (await task.IsBornAsync(-1)).IsLookedAtAsync();
}

/// <summary>Lets things happen to one task.</summary>
internal sealed class OverdueTeller(Instance server)
{
    private readonly DateTimeOffset _start = server.Clock.GetUtcNow();
    private Guid _id = Guid.CreateVersion7();

    public async Task<OverdueTeller> IsBornAsync(int? due, TaskItemStatus status = TaskItemStatus.Todo)
    {
        _id = (await server.CreateAsync(new TaskInput("Task", Status: status, DueAt: Due(due)))).Id;
        return this;
    }

    public Task<OverdueTeller> IsPutAsync(int due) =>
        Succeeds(async () => (await server.PutAsync(_id, new TaskInput("Task", DueAt: Due(due)))).Error);

    public Task<OverdueTeller> MovesAsync(TaskItemStatus status) => ChangesAsync(Nothing with { Status = new(status) });

    public Task<OverdueTeller> MovesToAsync(int? due) => ChangesAsync(Nothing with { DueAt = new(Due(due)) });

    public Task<OverdueTeller> ChangesAsync(TaskPatch patch) =>
        Succeeds(async () => (await server.PatchAsync(_id, patch)).Error);

    public Task<OverdueTeller> IsTrashedAsync() => Succeeds(async () => (await server.DeleteAsync(_id)).Error);

    public Task<OverdueTeller> IsRestoredAsync() => Succeeds(async () => (await server.RestoreAsync(_id)).Error);

    public Task<OverdueTeller> IsPurgedAsync() =>
        Succeeds(async () => (await server.SendAsync(new PurgeTrashCommand())).Error);

    public Task<OverdueTeller> IsLookedAtAsync() => Succeeds(async () => (await server.ScanAsync()).Error);

    /// <summary>Time passes, and somebody looks.</summary>
    public Task<OverdueTeller> PassesAsync(int hours)
    {
        Passes(TimeSpan.FromHours(hours));
        return IsLookedAtAsync();
    }

    public void Passes(TimeSpan time) => server.Clock.Advance(time);

    private DateTimeOffset? Due(int? hours) => hours is { } known ? _start.AddHours(known) : null;

    private async Task<OverdueTeller> Succeeds(Func<Task<Domain.Common.Error?>> act)
    {
        Assert.That(await act(), Is.Null);
        return this;
    }
}
