using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>An app without a connection completes tasks that repeat, and the server goes on as the app has predicted.</summary>
public sealed class SeriesTests
{
    // The day of the person is another one than in UTC during more than half of each day.
    private const string Zone = "Pacific/Kiritimati";

    private readonly List<(Guid Id, TaskPatch Task)> _changes = [];

    [SetUp]
    public void Forget() => _changes.Clear();

    [Test]
    public async Task Tasks_completed_offline_go_on_as_predicted(
        [Values(RecurrenceFrom.Due, RecurrenceFrom.Completion)] RecurrenceFrom from,
        [Values("one after the other", "in a batch", "in an atomic batch")] string how
    )
    {
        using var session = await SharedServer.Instance.SignUpAsync();
        await session.Api.Users.UpdateMeAsync(new() { TimeZone = Zone });
        var list = await session.Api.Lists.CreateAsync(new() { Name = "Health" });
        var input = new TaskInput { Title = "Run", Description = "Around the lake" };
        input.Priority = TaskPriority.High;
        input.Due = new() { Date = DueTimes.Local(DateTimeOffset.UtcNow, Zone).Date, Time = "07:00" };
        input.Recurrence = new() { Rule = Recurrences.TimesAWeek(3, count: 3), From = from };
        (input.Reminders, input.Labels, input.ListId, input.Position) = ([15], ["outside"], list.Id, "V");
        input.Checklist = new Dictionary<string, ChecklistItemInput>
        {
            ["shoes"] = new() { Title = "Shoes", Position = "V" },
            ["water"] = new()
            {
                Title = "Water",
                Done = true,
                Position = "W",
            },
        };
        var run = await session.Api.Tasks.CreateAsync(input);

        // From here on, the app has no connection.
        var second = Complete(run)!;
        var ticked = new Dictionary<string, ChecklistItemPatch?> { ["shoes"] = new() { Done = true } };
        var third = Complete(second, new() { Checklist = ticked })!;
        Assert.That(third.Recurrence!.Rule, Is.EqualTo(Recurrences.TimesAWeek(3, count: 1)));

        await SendAsync(session, how);
        second.Checklist["shoes"].Done = true;
        foreach (var (task, index) in new[] { (run, 0), (second, 1) })
        {
            (task.Status, task.IsOverdue) = (TaskItemStatus.Done, false);
            task.CompletedAt = Milliseconds(_changes[index].Task.CompletedAt!.Value);
        }

        foreach (var task in new[] { run, second, third })
        {
            Assert.That(Comparable(await session.Api.Tasks.GetAsync(task.Id)), Is.EqualTo(Comparable(task)));
        }

        // The device that sends its changes again after a lost answer changes nothing.
        var before = await VersionsAsync(session);
        await SendAsync(session, how);
        Assert.That(await VersionsAsync(session), Is.EqualTo(before));
        var series = await session.Api.Tasks.ListAsync(series: run.Id);
        Assert.That(series.Items.Select(task => task.Id), Is.EquivalentTo(new[] { run.Id, second.Id, third.Id }));
        Assert.That(Complete(third), Is.Null);
    }

    private TaskDto? Complete(TaskDto task, TaskPatch? patch = null)
    {
        // The clock of .NET has finer steps than the moments of the API.
        var now = DateTimeOffset.UtcNow;
        var completedAt = now > task.CreatedAt ? now : task.CreatedAt;
        patch ??= new();
        (patch.Status, patch.CompletedAt) = (TaskItemStatus.Done, completedAt);
        _changes.Add((task.Id, patch));
        return Recurrences.Successor(task, completedAt, Zone);
    }

    // An app can send its changes one after the other, or all of them in one request.
    private async Task SendAsync(FitnessifySession session, string how)
    {
        if (how == "one after the other")
        {
            foreach (var (id, task) in _changes)
            {
                await session.Api.Tasks.PatchAsync(id, task);
            }

            return;
        }

        var operations = _changes.Select(change => new TaskOperation
        {
            Op = TaskOperationKind.Patch,
            Id = change.Id,
            Task = change.Task,
        });
        var batch = await session.Api.Tasks.BatchAsync(
            new() { Operations = [.. operations], Atomic = how == "in an atomic batch" }
        );
        Assert.That(batch.Results.Select(result => result.Status), Is.All.EqualTo(200));
    }

    private static async Task<List<(Guid, long)>> VersionsAsync(FitnessifySession session) =>
        [.. (await session.Api.Tasks.ListAsync()).Items.Select(task => (task.Id, task.Version))];

    // Leaves out what only the server knows.
    private static string Comparable(TaskDto task)
    {
        (task.Version, task.UpdatedAt) = (0, default);
        return JsonSerializer.Serialize(task);
    }

    private static DateTimeOffset Milliseconds(DateTimeOffset moment) =>
        moment.AddTicks(-(moment.Ticks % TimeSpan.TicksPerMillisecond));
}
