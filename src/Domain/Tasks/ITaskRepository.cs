using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Tasks;

/// <summary>Stored tasks. Whatever belongs to somebody else is not found.</summary>
public interface ITaskRepository
{
    /// <summary>Adds a task to the unit of work. An id that is in use, by whomever, shows as <c>not_found</c> when that is saved.</summary>
    void Add(TaskItem task);

    /// <summary>The task for a change, also from the trash, or null.</summary>
    Task<TaskItem?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>The task to look at, not from the trash, or null.</summary>
    Task<TaskItem?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>A page of tasks to look at, or <c>invalid_cursor</c>.</summary>
    Task<Result<Page<TaskItem>>> ListAsync(
        Guid ownerId,
        TaskFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );

    /// <summary>What changed after a sync token, in the order of the changes; or why the token cannot be used.</summary>
    /// <param name="ownerId">The user who owns the tasks.</param>
    /// <param name="since">A sync token; null for everything.</param>
    /// <param name="limit">How many changes at most.</param>
    Task<Result<TaskChanges>> ListChangesAsync(
        Guid ownerId,
        string? since,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>How many tasks there are of each kind.</summary>
    /// <param name="ownerId">The user who owns the tasks.</param>
    /// <param name="now">UTC; tells what is overdue.</param>
    /// <param name="today">UTC; begin and end of the owner's day.</param>
    Task<TaskCounts> CountAsync(
        Guid ownerId,
        DateTimeOffset now,
        (DateTimeOffset From, DateTimeOffset To) today,
        CancellationToken cancellationToken
    );
}

/// <summary>Empties the trash.</summary>
public interface ITaskTrash
{
    /// <summary>Deletes for good what was put into the trash before, at most this many tasks of one owner at a time.</summary>
    /// <returns>How many were found, of which some may have been restored meanwhile; 0 when nothing is left to do.</returns>
    Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken);
}

/// <summary>A part of what changed.</summary>
/// <param name="Items">In the order of the changes; those in the trash are deletions.</param>
/// <param name="Next">The sync token to go on from.</param>
/// <param name="HasMore">Whether there is more already.</param>
public sealed record TaskChanges(IReadOnlyList<TaskItem> Items, string Next, bool HasMore);

/// <summary>How many tasks there are of each kind, the trash left out.</summary>
/// <param name="ByStatus">Those that occur.</param>
/// <param name="ByPriority">Those that occur.</param>
/// <param name="Overdue">To do or in progress, and due before now.</param>
/// <param name="DueToday">To do or in progress, and due today.</param>
public sealed record TaskCounts(
    IReadOnlyDictionary<TaskItemStatus, int> ByStatus,
    IReadOnlyDictionary<TaskPriority, int> ByPriority,
    int Overdue,
    int DueToday
);
