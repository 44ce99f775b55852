using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>
/// A change in a long series counts for all tasks after it, and a request can have a hundred of them: other writers wait no longer for
/// it than for one (requirement 36).
/// </summary>
public sealed class StreakTests : IAsyncDisposable
{
    private const int Length = (2 * StreakStep.BatchSize) + 100;

    private static readonly DateOnly First = new(2020, 1, 1);

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Test]
    public async Task Many_changes_in_a_long_series_write_each_task_once()
    {
        _server.Clock.AdjustTime(new DateTimeOffset(2020, 1, 1, 12, 0, 0, TimeSpan.Zero));
        await _server.SignInNewUserAsync();
        var series = await Series.StartAsync(_server, "2020-01-01", "FREQ=DAILY");
        foreach (var ids in Enumerable.Range(0, Length).Select(day => IdOf(series, day)).Chunk(100))
        {
            await PatchAsync(ids.Select(id => (id, TaskItemStatus.Done)));
        }

        var states = Enumerable.Repeat(TaskItemStatus.Done, Length).Append(TaskItemStatus.Todo).ToArray();
        Assert.That(await StreaksAsync(series), Is.EqualTo(Streaks(states)));

        // Some are neighbors, the others are spread over several batches.
        var days = Enumerable.Range(0, 40).Concat(Enumerable.Range(3, 60).Select(of => of * 17)).ToList();
        var commands = _server.Commands.Listen();
        await ChangeAsync(_ => TaskItemStatus.Todo);
        await ChangeAsync(day => day % 3 == 0 ? TaskItemStatus.Cancelled : TaskItemStatus.Done);
        await ChangeAsync(_ => TaskItemStatus.Todo);
        await ChangeAsync(_ => TaskItemStatus.Done);

        // For each state, each of the spread ones and each batch can end a run of tasks with the same change.
        Assert.That(
            commands.Count(text => text.Contains("+ @change", StringComparison.Ordinal)),
            Is.InRange(1, 4 * (days.Count + 3))
        );

        async Task ChangeAsync(Func<int, TaskItemStatus> status)
        {
            foreach (var day in days)
            {
                states[day] = status(day);
            }

            await PatchAsync(days.Select(day => (IdOf(series, day), states[day])));
            Assert.That(await StreaksAsync(series), Is.EqualTo(Streaks(states)));
        }
    }

    // The streaks as one would count them on the list of dates.
    private static IEnumerable<int> Streaks(IReadOnlyList<TaskItemStatus> states)
    {
        var streak = 0;
        foreach (var state in states)
        {
            streak += state == TaskItemStatus.Done ? 1 : 0;
            yield return streak;
            streak = state == TaskItemStatus.Todo ? 0 : streak;
        }
    }

    private async Task PatchAsync(IEnumerable<(Guid Id, TaskItemStatus Status)> tasks)
    {
        var operations = tasks
            .Select(task => Operation(TaskOperationKind.Patch, task.Id, Nothing with { Status = new(task.Status) }))
            .ToList();
        var outcome = await _server.SendAsync(new BatchTasksCommand(operations, Atomic: true));
        Assert.That(outcome.Value!.Results.Select(of => of.Error), Is.All.Null);
    }

    private static Guid IdOf(Series series, int day) =>
        day == 0 ? series.Id : Recurrence.IdOf(series.Id, First.AddDays(day));

    private Task<List<int>> StreaksAsync(Series series) =>
        _server.UseAsync(
            (AppDbContext context) =>
                context
                    .Tasks.Where(task => task.OwnerId == _server.Caller.Session!.OwnerId && task.SeriesId == series.Id)
                    .OrderBy(task => task.Occurrence)
                    .Select(task => task.Streak)
                    .ToListAsync()
        );
}
