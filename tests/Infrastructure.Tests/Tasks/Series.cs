using System.Globalization;
using Fitnessify.Application.Accounts;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>The series of one repeating task of the caller of a server.</summary>
internal sealed class Series
{
    private readonly Instance _server;

    private Series(Instance server, Guid id) => (_server, Id) = (server, id);

    public Guid Id { get; }

    public static RecurrencePatch Rule(string rule) => new(new(rule));

    public static async Task<Series> StartAsync(
        Instance server,
        string date,
        string rule,
        RecurrenceFrom from = RecurrenceFrom.Due
    )
    {
        var task = await server.CreateAsync(
            new TaskInput("Stretch", Due: new DueInput(date, "07:00"), Recurrence: new RecurrenceInput(rule, from))
        );
        return new Series(server, task.Id);
    }

    /// <summary>Does something at a time, such as "2026-03-02T12:00Z done" or "2026-03-03T12:00Z todo 2026-03-02".</summary>
    public async Task DoAsync(string step)
    {
        var parts = step.Split(' ');
        _server.Clock.AdjustTime(Rfc3339.Parse(parts[0])!.Value);
        var (act, of) = (parts[1], parts.ElementAtOrDefault(2));
        if (act == "zone")
        {
            await _server.SendAsync(new UpdateMeCommand(default, TimeZone: new(of)));
            return;
        }

        var id =
            act is "done" or "due" or "rule" || of is null
                ? (await OpenAsync())?.Id ?? throw new InvalidOperationException($"Nothing is open at {step}.")
                : Recurrence.IdOf(Id, Due.ParseDate(of)!.Value);
        var error = act switch
        {
            "trash" => (await _server.DeleteAsync(await IdOfAsync(of, id))).Error,
            "restore" => (await _server.RestoreAsync(await IdOfAsync(of, id))).Error,
            "rule" => await PatchAsync(id, Nothing with { Recurrence = new(of == "null" ? null : Rule(of!)) }),
            "due" => await PatchAsync(id, Nothing with { Due = new(new DuePatch(new(of))) }),
            "title" => await PatchAsync(await IdOfAsync(of, id), Title("Changed")),
            "done" when of is not null => await PatchAsync(
                id,
                Nothing with
                {
                    Status = new(TaskItemStatus.Done),
                    CompletedAt = new(Rfc3339.Parse(of)),
                }
            ),
            _ => await PatchAsync(
                await IdOfAsync(of, id),
                Nothing with
                {
                    Status = new(Enum.Parse<TaskItemStatus>(act, ignoreCase: true)),
                }
            ),
        };
        Assert.That(error, Is.Null, step);
    }

    /// <summary>Returns the history as a text, such as "2026-03-02 done, 2026-03-03 open (1 of 1)" with the current and the longest streak.</summary>
    public async Task<string> HistoryAsync()
    {
        var history = (await _server.SendAsync(new GetTaskSeriesQuery(Id, null, null))).Value!;
        var dates = history.Occurrences.Select(of =>
            string.Create(CultureInfo.InvariantCulture, $"{of.Date} {of.State}")
        );
        return $"{string.Join(", ", dates).ToLowerInvariant()} ({history.CurrentStreak} of {history.LongestStreak})";
    }

    public async Task<IReadOnlyList<TaskItem>> TasksAsync() =>
        (await _server.ListAsync(Sorted(TaskSortKey.CreatedAt, false) with { Series = Id })).Value!.Items;

    public async Task<TaskItem?> OpenAsync() =>
        (await TasksAsync()).Where(task => task.IsOpen).MaxBy(task => task.Occurrence);

    private async Task<Error?> PatchAsync(Guid id, TaskPatch patch) => (await _server.PatchAsync(id, patch)).Error;

    // The first task has the id of the series.
    private async Task<Guid> IdOfAsync(string? date, Guid id) =>
        date is null
        || await _server.UseAsync(
            (ITaskRepository tasks) => tasks.FindAsync(_server.Caller.Session!.OwnerId, id, default)
        )
            is not null
            ? id
            : Id;
}
