using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

/// <summary>
/// Adds to the streaks of the later tasks of a series. However many changes a save has, it writes each task once, and no more than
/// <see cref="BatchSize"/> at a time.
/// </summary>
internal sealed class StreakStep(AppDbContext context) : ISaveStep
{
    internal const int BatchSize = 500;

    private readonly List<(Guid OwnerId, Guid SeriesId, DateOnly After, int Change)> _changes = [];

    public void Add(Guid ownerId, Guid seriesId, DateOnly after, int change) =>
        _changes.Add((ownerId, seriesId, after, change));

    public bool TakesPart() => _changes.Count > 0;

    public async Task<Error?> AfterAsync(CancellationToken cancellationToken)
    {
        foreach (var series in _changes.GroupBy(change => (change.OwnerId, change.SeriesId)))
        {
            await ApplyAsync(
                context.Tasks.OfSeries(series.Key.OwnerId, series.Key.SeriesId),
                new(series.OrderBy(change => change.After).Select(change => (change.After, change.Change))),
                cancellationToken
            );
        }

        return null;
    }

    public void Completed() => _changes.Clear();

    private static async Task ApplyAsync(
        IQueryable<TaskItem> series,
        Queue<(DateOnly After, int Change)> changes,
        CancellationToken cancellationToken
    )
    {
        var (at, sum) = (DateOnly.MinValue, 0);
        while (sum != 0 || changes.Count > 0)
        {
            at = sum == 0 && changes.Peek().After > at ? changes.Peek().After : at;
            var later = await series
                .Later(at)
                .OrderBy(task => task.Occurrence)
                // An open task interrupts the streak until it is closed, and missed dates do for good.
                .Select(task => new
                {
                    Date = task.Occurrence!.Value,
                    Interrupts = task.HasMissed
                        || task.Status == TaskItemStatus.Todo
                        || task.Status == TaskItemStatus.InProgress,
                })
                .Take(BatchSize)
                .ToListAsync(cancellationToken);
            List<(DateOnly After, DateOnly Last, int Change)> runs = [];
            foreach (var task in later)
            {
                while (changes.TryPeek(out var next) && next.After < task.Date)
                {
                    sum += changes.Dequeue().Change;
                }

                if (runs is [.., var run] && run.Change == sum)
                {
                    runs[^1] = run with { Last = task.Date };
                }
                else
                {
                    runs.Add((at, task.Date, sum));
                }

                (at, sum) = (task.Date, task.Interrupts ? 0 : sum);
            }

            foreach (var (after, last, change) in runs.Where(run => run.Change != 0))
            {
                await series
                    .Later(after)
                    .Where(task => task.Occurrence <= last)
                    .ExecuteUpdateAsync(
                        set => set.SetProperty(task => task.Streak, task => task.Streak + change),
                        cancellationToken
                    );
            }

            if (later.Count < BatchSize)
            {
                return;
            }
        }
    }
}
