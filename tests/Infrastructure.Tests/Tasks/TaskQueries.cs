using System.Text.Json;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Tests.Support;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>One of the main reads of tasks.</summary>
/// <param name="Name">For a person.</param>
/// <param name="Run">Reads, from this position on if there is one.</param>
/// <param name="BeginAsync">Gives the position where a later page begins; null for the first page.</param>
internal sealed record TaskQuery(
    string Name,
    Func<ITaskRepository, ITaskTrash, Guid, string?, Task> Run,
    Func<Instance, Task<string?>>? BeginAsync = null
)
{
    public override string ToString() => Name;
}

/// <summary>The main reads of tasks: all sorts, each with a later page, and what else is read often.</summary>
internal static class TaskQueries
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TaskFilter Filtered = Sorted(TaskSortKey.CreatedAt, true) with
    {
        Statuses = [TaskItemStatus.Todo, TaskItemStatus.InProgress],
        Priorities = [TaskPriority.High],
        Labels = ["Home", "Garden"],
        DueBefore = Now.AddDays(2),
        DueAfter = Now,
        OverdueAt = Now,
        IsOverdue = false,
        Text = "mow",
    };

    public static readonly TaskQuery[] All =
    [
        new("get", (tasks, _, owner, _) => tasks.ReadAsync(owner, Guid.Empty, default)),
        new("get for a change", (tasks, _, owner, _) => tasks.FindAsync(owner, Guid.Empty, default)),
        .. Enum.GetValues<TaskSortKey>().SelectMany(key => List(key, false).Concat(List(key, true))),
        .. List("list, filtered", Filtered),
        .. List("trash", TaskFilter.Trash),
        new("changes", Changes),
        new("changes, later", Changes, async server => (await server.ChangesAsync(null, 1)).Value!.Next),
        new("summary", (tasks, _, owner, _) => tasks.CountAsync(owner, Now, (Now, Now.AddDays(1)), default)),
        new("purge", (_, trash, _, _) => trash.PurgeAsync(Now.AddDays(1), 500, default)),
    ];

    /// <summary>Enough of each kind that every list has a second page.</summary>
    public static async Task FillAsync(Instance server)
    {
        for (var i = 0; i < 4; i++)
        {
            var task = await server.CreateAsync(
                new("Mow the lawn", null, TaskItemStatus.Todo, TaskPriority.High, Now.AddDays(1), ["Home", "Garden"])
            );
            if (i % 2 == 0)
            {
                await server.DeleteAsync(task.Id);
            }
        }
    }

    private static Task<Result<TaskChanges>> Changes(
        ITaskRepository tasks,
        ITaskTrash trash,
        Guid owner,
        string? since
    ) => tasks.ListChangesAsync(owner, since, 50, default);

    private static TaskQuery[] List(TaskSortKey key, bool descending) =>
        List(
            $"list {(descending ? "-" : "")}{JsonNamingPolicy.CamelCase.ConvertName(key.ToString())}",
            Sorted(key, descending)
        );

    private static TaskQuery[] List(string name, TaskFilter filter)
    {
        return
        [
            new(name, Read),
            new($"{name}, later page", Read, async server => (await server.ListAsync(filter, 1)).Value!.NextCursor),
        ];

        Task Read(ITaskRepository tasks, ITaskTrash trash, Guid owner, string? cursor) =>
            tasks.ListAsync(owner, filter, new PageRequest(50, cursor), default);
    }
}
