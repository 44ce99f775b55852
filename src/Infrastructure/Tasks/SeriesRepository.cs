using System.Linq.Expressions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

internal sealed class SeriesRepository(AppDbContext context, StreakStep streaks) : ISeriesRepository
{
    private static readonly Expression<Func<TaskItem, SeriesTask>> ToSeriesTask = task => new SeriesTask(
        task.Id,
        task.Occurrence!.Value,
        task.Status,
        task.Due,
        task.CompletedAt,
        EF.Property<Recurrence?>(task, TaskColumns.Recurrence),
        task.NextOccurrence,
        task.HasMissed,
        task.Streak
    );

    public TaskItem? FindLoaded(Guid ownerId, Guid id) => context.Tasks.Local.FindEntryUntyped([ownerId, id])?.Entity;

    public void Remove(TaskItem added) => context.Entry(added).State = EntityState.Detached;

    public async Task<TaskItem?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        await context.Tasks.SingleOrDefaultAsync(task => task.OwnerId == ownerId && task.Id == id, cancellationToken);

    public Task<TaskItem?> FindLaterAsync(
        Guid ownerId,
        Guid seriesId,
        DateOnly after,
        CancellationToken cancellationToken
    ) =>
        InSeries(ownerId, seriesId)
            .Later(after)
            .OrderBy(task => task.Occurrence)
            .FirstOrDefaultAsync(cancellationToken);

    public void AddToStreaks(Guid ownerId, Guid seriesId, DateOnly after, int change) =>
        streaks.Add(ownerId, seriesId, after, change);

    public Task<SeriesEnd?> ReadEndAsync(Guid ownerId, Guid seriesId, CancellationToken cancellationToken) =>
        Past(ownerId, seriesId)
            .OrderByDescending(task => task.Occurrence)
            .Take(1)
            .Select(ToSeriesTask)
            .Select(task => new SeriesEnd(task, InSeries(ownerId, seriesId).Max(other => other.Streak)))
            .FirstOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<SeriesTask>> ListAsync(
        Guid ownerId,
        Guid seriesId,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        var past = Past(ownerId, seriesId);
        return await past.Where(task => task.Occurrence < from)
            .OrderByDescending(task => task.Occurrence)
            .Take(1)
            .Concat(past.Where(task => task.Occurrence >= from && task.Occurrence <= to))
            .OrderBy(task => task.Occurrence)
            .Select(ToSeriesTask)
            .ToListAsync(cancellationToken);
    }

    // Only the open task with which a series ended is missing when it is in the trash.
    private IQueryable<TaskItem> Past(Guid ownerId, Guid seriesId) =>
        InSeries(ownerId, seriesId)
            .Where(task =>
                task.DeletedAt == null
                || task.NextOccurrence != null
                || task.Status == TaskItemStatus.Done
                || task.Status == TaskItemStatus.Cancelled
            );

    private IQueryable<TaskItem> InSeries(Guid ownerId, Guid seriesId) => context.Tasks.OfSeries(ownerId, seriesId);
}
