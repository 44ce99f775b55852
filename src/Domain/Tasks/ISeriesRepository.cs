namespace Fitnessify.Domain.Tasks;

/// <summary>Stores the series of tasks that repeat. Those of another user are never found.</summary>
public interface ISeriesRepository
{
    /// <summary>Takes back that a task was added to the unit of work.</summary>
    void Remove(TaskItem added);

    /// <summary>Returns a task that the unit of work has loaded or added, also from the trash; null if it has not.</summary>
    TaskItem? FindLoaded(Guid ownerId, Guid id);

    /// <summary>Loads a task of a series for a change in the unit of work, also if it is withdrawn; null if there is none.</summary>
    Task<TaskItem?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>
    /// Loads the next task of a series after a date for a change in the unit of work, also from the trash, but no withdrawn one; null
    /// if there is none.
    /// </summary>
    Task<TaskItem?> FindLaterAsync(Guid ownerId, Guid seriesId, DateOnly after, CancellationToken cancellationToken);

    /// <summary>
    /// Adds to the streaks of the tasks of a series after a date, up to the next interruption. It happens with the save, and is no
    /// change of these tasks.
    /// </summary>
    void AddToStreaks(Guid ownerId, Guid seriesId, DateOnly after, int change);

    /// <summary>
    /// Reads the latest task of a series and its longest streak; null if there is no such series. Tasks in the trash count, but for an
    /// open one with which the series has ended.
    /// </summary>
    Task<SeriesEnd?> ReadEndAsync(Guid ownerId, Guid seriesId, CancellationToken cancellationToken);

    /// <summary>Reads the tasks of a series from one date to another, and the one before them, in their order.</summary>
    Task<IReadOnlyList<SeriesTask>> ListAsync(
        Guid ownerId,
        Guid seriesId,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    );
}
