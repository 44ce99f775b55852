namespace Fitnessify.Domain.Lists;

/// <summary>Stores lists of tasks. Those of another user are never found.</summary>
public interface IListRepository
{
    /// <summary>
    /// Adds a list to the unit of work. The save fails with <c>not_found</c> if any user has a list with this id, and with
    /// <c>limit_reached</c> if the owner has too many.
    /// </summary>
    void Add(TaskList list);

    /// <summary>Loads a list, also a deleted one, for a change in the unit of work; null if there is none.</summary>
    Task<TaskList?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Reads a list that is not deleted; null if there is none.</summary>
    Task<TaskList?> ReadAsync(Guid ownerId, Guid id, CancellationToken cancellationToken);

    /// <summary>Reads all lists that are not deleted, at most <see cref="TaskList.MaxPerUser"/>, by their positions.</summary>
    Task<IReadOnlyList<TaskList>> ListAsync(Guid ownerId, CancellationToken cancellationToken);
}

/// <summary>Finishes the deletion of lists.</summary>
public interface IDeletedLists
{
    /// <summary>Moves tasks of deleted lists to the trash, at most <paramref name="batchSize"/> of each.</summary>
    /// <returns>Whether there was a deleted list with work left to do.</returns>
    Task<bool> EmptyAsync(DateTimeOffset now, int batchSize, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets lists for good that were deleted before the given time, at most <paramref name="batchSize"/> of one owner.
    /// </summary>
    /// <returns>The number of lists that were forgotten; 0 if none is left.</returns>
    Task<int> PurgeAsync(DateTimeOffset before, int batchSize, CancellationToken cancellationToken);
}
