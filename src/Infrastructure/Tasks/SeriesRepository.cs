using System.Linq.Expressions;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tasks;

internal sealed class SeriesRepository(AppDbContext context, UnitOfWork unitOfWork) : ISeriesRepository
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
    ) => Later(ownerId, seriesId, after).OrderBy(task => task.Occurrence).FirstOrDefaultAsync(cancellationToken);

    public void AddToStreaks(Guid ownerId, Guid seriesId, DateOnly after, int change)
    {
        var later = Later(ownerId, seriesId, after);
        // An open task interrupts the streak until it is closed, and missed dates do for good.
        var interrupted = later
            .Where(task =>
                task.HasMissed || task.Status == TaskItemStatus.Todo || task.Status == TaskItemStatus.InProgress
            )
            .OrderBy(task => task.Occurrence)
            .Select(task => task.Occurrence);
        unitOfWork.Add(async token =>
        {
            var last = await interrupted.FirstOrDefaultAsync(token);
            await later
                .Where(task => last == null || task.Occurrence <= last)
                .ExecuteUpdateAsync(set => set.SetProperty(task => task.Streak, task => task.Streak + change), token);
        });
    }

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

    // One that was withdrawn is no task of the series.
    private IQueryable<TaskItem> Later(Guid ownerId, Guid seriesId, DateOnly after) =>
        InSeries(ownerId, seriesId)
            .Where(task => task.Occurrence > after && (task.DeletedAt == null || !task.IsUntouched));

    // Only the open task with which a series ended is missing when it is in the trash.
    private IQueryable<TaskItem> Past(Guid ownerId, Guid seriesId) =>
        InSeries(ownerId, seriesId)
            .Where(task =>
                task.DeletedAt == null
                || task.NextOccurrence != null
                || task.Status == TaskItemStatus.Done
                || task.Status == TaskItemStatus.Cancelled
            );

    private IQueryable<TaskItem> InSeries(Guid ownerId, Guid seriesId) =>
        context.Tasks.Where(task => task.OwnerId == ownerId && task.SeriesId == seriesId);
}
