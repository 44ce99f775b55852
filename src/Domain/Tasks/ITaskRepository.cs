using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>Stores tasks. Those of another user are never found.</summary>
public interface ITaskRepository
{
    /// <summary>Adds a task to the unit of work. If any user has a task with this id, the save fails with <c>not_found</c>.</summary>
    void Add(TaskItem task);

    /// <summary>
    /// Loads a task, also from the trash, for a change in the unit of work; null if there is none. One that is withdrawn from its series
    /// is only found if the unit of work has loaded it.
    /// </summary>
    Task<TaskItem?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Reads a task that is not in the trash; null if there is none.</summary>
    Task<TaskItem?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Reads a page of tasks.</summary>
    /// <returns>A page of tasks, or <c>invalid_cursor</c>.</returns>
    Task<Result<Page<TaskItem>>> ListAsync(
        Guid ownerId,
        TaskFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>Counts the tasks by status, priority, list and due time.</summary>
    /// <param name="ownerId">The id of the user who owns the tasks.</param>
    /// <param name="now">The current time in UTC, which decides which tasks are overdue.</param>
    /// <param name="today">The begin and the end of the user's day in UTC.</param>
    Task<TaskCounts> CountAsync(
        Guid ownerId,
        DateTimeOffset now,
        (DateTimeOffset From, DateTimeOffset To) today,
        CancellationToken cancellationToken
    );
}

/// <summary>Deletes tasks that have been in the trash for long enough.</summary>
public interface ITaskTrash
{
    /// <summary>
    /// Deletes tasks for good that were moved to the trash before the given time, at most <paramref name="batchSize"/> tasks of
    /// one owner.
    /// </summary>
    /// <returns>The number of tasks found, some of which may have been restored meanwhile; 0 if none is left.</returns>
    Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken);
}

/// <summary>
/// The number of tasks by status, priority, list and due time, without the trash. Tasks of archived lists count only by list.
/// </summary>
/// <param name="ByStatus">The counts by status, without those that are zero.</param>
/// <param name="ByPriority">The counts by priority, without those that are zero.</param>
/// <param name="ByList">The counts by list, with those that are zero.</param>
/// <param name="InInbox">The number of tasks in no list.</param>
/// <param name="Overdue">The number of open tasks that were due before now.</param>
/// <param name="DueToday">The number of open tasks that are due today.</param>
public sealed record TaskCounts(
    IReadOnlyDictionary<TaskItemStatus, int> ByStatus,
    IReadOnlyDictionary<TaskPriority, int> ByPriority,
    IReadOnlyDictionary<Guid, int> ByList,
    int InInbox,
    int Overdue,
    int DueToday
);
