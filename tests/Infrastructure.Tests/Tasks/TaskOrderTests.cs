using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Export;
using Fitnessify.Domain.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>Equal and extreme values in lists.</summary>
public sealed class TaskOrderTests : IAsyncDisposable
{
    private static readonly string[] Lines = [.. Enumerable.Range(0, 10).Select(i => $"Line {i}")];

    private readonly Instance _server = TestRun.Database.Start();

    [SetUp]
    public Task SignInNewUser() => _server.SignInNewUserAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Tasks_of_one_batch_keep_their_order(
        [Values(TaskSortKey.CreatedAt, TaskSortKey.UpdatedAt, TaskSortKey.Priority, TaskSortKey.DueAt)] TaskSortKey key,
        [Values] bool descending
    )
    {
        var created = await _server.SendAsync(
            new BatchTasksCommand([
                .. Lines.Select(line => Operation(TaskOperationKind.Create, Guid.NewGuid(), Title(line))),
            ])
        );
        Assert.That(created.Value!.Results.Select(result => result.Error), Is.All.Null);

        var expected = descending ? Lines.Reverse() : Lines;
        Assert.That(await TitlesAsync(key, descending), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_edited_task_keeps_its_position_by_creation()
    {
        var created = await _server.SendAsync(
            new BatchTasksCommand([
                .. Lines.Select(line => Operation(TaskOperationKind.Create, Guid.NewGuid(), Title(line))),
            ])
        );
        await _server.PatchAsync(created.Value!.Results[3].Task!.Id, Nothing with { Description = new("Edited") });

        Assert.That(await TitlesAsync(TaskSortKey.CreatedAt, false), Is.EqualTo(Lines));
    }

    [Test]
    public async Task Extreme_due_times_are_sorted_before_tasks_without_one([Values] bool descending)
    {
        var end = DateTimeOffset.MaxValue.AddTicks(-(DateTimeOffset.MaxValue.Ticks % TimeSpan.TicksPerMillisecond));
        (string, DateTimeOffset?)[] tasks =
        [
            ("none", null),
            ("end", end),
            ("begin", DateTimeOffset.MinValue),
            ("none too", null),
            ("now", _server.Clock.GetUtcNow()),
        ];
        foreach (var (title, dueAt) in tasks)
        {
            await _server.CreateAsync(new TaskInput(title, DueAt: dueAt));
        }

        string[] expected = descending
            ? ["end", "now", "begin", "none too", "none"]
            : ["begin", "now", "end", "none", "none too"];
        Assert.That(await TitlesAsync(TaskSortKey.DueAt, descending), Is.EqualTo(expected));
    }

    [Test]
    public async Task An_export_during_writes_contains_each_task_once()
    {
        const int Count = 1100;
        for (var i = 0; i < Count; i += 100)
        {
            await _server.SendAsync(
                new BatchTasksCommand(
                    [.. Enumerable.Range(i, 100).Select(n => Operation(TaskOperationKind.Create, null, Title($"{n}")))],
                    Atomic: true
                )
            );
        }

        List<Guid> exported = [];
        await _server.UseAsync(
            async (IPersonalData data) =>
            {
                await foreach (var task in data.TasksAsync(_server.Caller.Session!.OwnerId, default))
                {
                    if (exported.Count % 100 == 0)
                    {
                        // The first task has been read already, and the second one has not.
                        foreach (var id in exported.TakeLast(1).Append(task.Id))
                        {
                            await _server.PatchAsync(id, Title($"Changed {exported.Count}"));
                        }
                    }

                    exported.Add(task.Id);
                }
            }
        );

        Assert.That(exported, Is.Unique);
        Assert.That(exported, Has.Count.EqualTo(Count));
    }

    // The list is read page by page, and each page starts among equal values.
    private async Task<List<string>> TitlesAsync(TaskSortKey key, bool descending)
    {
        List<string> titles = [];
        string? cursor = null;
        do
        {
            var page = (await _server.ListAsync(Sorted(key, descending), 3, cursor)).Value!;
            titles.AddRange(page.Items.Select(task => task.Title));
            cursor = page.NextCursor;
        } while (cursor is not null);

        return titles;
    }
}
