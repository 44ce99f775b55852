namespace Fitnessify.Domain.Tasks;

/// <summary>Computes when tasks are due once more, after the time zone of their owner or the data of time zones has changed.</summary>
public interface ITaskRescheduling
{
    /// <summary>
    /// Marks the tasks of all owners to be computed again if this server has newer data of time zones (IANA) than the one that
    /// computed them. Only the first call of a process reads the database.
    /// </summary>
    Task CheckTimeZoneDataAsync(CancellationToken cancellationToken);

    /// <summary>Computes a batch of the tasks of each owner for whom there is something to do. What has moved gets a new version.</summary>
    /// <returns>False if nothing was to be done.</returns>
    Task<bool> RescheduleAsync(DateTimeOffset now, int batchSize, CancellationToken cancellationToken);
}
