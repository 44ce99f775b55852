using System.Text.Json;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Changes;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Tasks;
using Fitnessify.Infrastructure.Tests.Lists;
using Fitnessify.Infrastructure.Tests.Persistence;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>The main queries of tasks: all sort orders, each with a later page, and other frequent reads.</summary>
internal static class TaskQueries
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly DateOnly Day = new(2026, 3, 1);

    private static readonly TaskFilter Filtered = Sorted(TaskSortKey.CreatedAt, true) with
    {
        Statuses = [TaskItemStatus.Todo, TaskItemStatus.InProgress],
        Priorities = [TaskPriority.High],
        Labels = ["HOME", "GARDEN"],
        DueBefore = Now.AddDays(2),
        DueAfter = Now,
        OverdueAt = Now,
        IsOverdue = false,
        Words = ["MOW", "LAWN"],
    };

    public static readonly MainQuery[] All =
    [
        new("get", on => on.Tasks.ReadAsync(on.OwnerId, Guid.Empty, default)),
        new("get for a change", on => on.Tasks.FindAsync(on.OwnerId, Guid.Empty, default)),
        .. Enum.GetValues<TaskSortKey>().SelectMany(key => List(key, false).Concat(List(key, true))),
        .. List("list, filtered", Filtered),
        .. List("inbox position", Sorted(TaskSortKey.Position, false) with { List = new ListFilter(null) }),
        .. List("inbox -createdAt", Sorted(TaskSortKey.CreatedAt, true) with { List = new ListFilter(null) }),
        .. List("trash", TaskFilter.Trash),
        new("series", ReadSeries),
        new(
            "series, later page",
            ReadSeries,
            async server => (await server.ListAsync(InSeries(server.Caller.Session!.OwnerId), 1)).Value!.NextCursor
        ),
        new("series end", on => on.Series.ReadEndAsync(on.OwnerId, on.OwnerId, default)),
        new("series history", on => on.Series.ListAsync(on.OwnerId, on.OwnerId, Day, Day.AddDays(365), default)),
        new("series, later", on => on.Series.FindLaterAsync(on.OwnerId, on.OwnerId, Day, default)),
        new("series, streaks", AddToStreaks),
        new("series, for a change", on => on.Series.FindAsync(on.OwnerId, Guid.Empty, default)),
        new("changes", Changes),
        new("changes, later", Changes, async server => (await server.ChangesAsync(null, 1)).Value!.Next),
        new("summary", on => on.Tasks.CountAsync(on.OwnerId, Now, (Now, Now.AddDays(1)), default)),
        new("reschedule", on => TaskRescheduling.ListAsync(on.Context, on.OwnerId, on.OwnerId, 200, default)),
        new("purge", on => on.Trash.PurgeAsync(Now.AddDays(1), 500, default)),
    ];

    /// <summary>Gets those that only read ranges of indexes. The others sort or merge what they have found in them.</summary>
    public static IEnumerable<MainQuery> Ranges =>
        All.Where(query =>
            !query.Name.StartsWith("changes", StringComparison.Ordinal)
            && !query.Name.StartsWith("list, filtered", StringComparison.Ordinal)
            && query.Name is not ("series end" or "series history")
        );

    /// <summary>Adds enough of each kind to give every list a second page.</summary>
    public static async Task FillAsync(Instance server)
    {
        await server.CreateListAsync();
        var stretch = new TaskInput(
            "Stretch",
            Due: new DueInput("2026-03-01"),
            Recurrence: new RecurrenceInput("FREQ=DAILY")
        );
        // The series has the id of its owner.
        var id = server.Caller.Session!.OwnerId;
        await server.PutAsync(id, stretch);
        await server.PutAsync(id, stretch with { Status = TaskItemStatus.Done });
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

    private static TaskFilter InSeries(Guid id) => Sorted(TaskSortKey.CreatedAt, true) with { Series = id };

    private static Task<Result<Page<TaskItem>>> ReadSeries(QueryTarget on) =>
        on.Tasks.ListAsync(on.OwnerId, InSeries(on.OwnerId), new PageRequest(50, on.Position), default);

    private static Task<Error?> AddToStreaks(QueryTarget on)
    {
        var step = new StreakStep(on.Context);
        step.Add(on.OwnerId, on.OwnerId, Day, 1);
        return step.AfterAsync(default);
    }

    private static Task<Result<ChangePage>> Changes(QueryTarget on) =>
        on.Changes.ReadAsync(on.OwnerId, on.Position, 50, default);

    private static MainQuery[] List(TaskSortKey key, bool descending) =>
        List(
            $"list {(descending ? "-" : "")}{JsonNamingPolicy.CamelCase.ConvertName(key.ToString())}",
            Sorted(key, descending)
        );

    private static MainQuery[] List(string name, TaskFilter filter)
    {
        return
        [
            new(name, Read),
            new($"{name}, later page", Read, async server => (await server.ListAsync(filter, 1)).Value!.NextCursor),
        ];

        Task Read(QueryTarget on) => on.Tasks.ListAsync(on.OwnerId, filter, new PageRequest(50, on.Position), default);
    }
}
