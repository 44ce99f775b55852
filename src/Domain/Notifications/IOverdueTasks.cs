namespace Fitnessify.Domain.Notifications;

/// <summary>
/// Finds the overdue tasks that still have to be handled: their owner has to be notified, or the notification has to be
/// recorded.
/// </summary>
public interface IOverdueTasks
{
    /// <summary>Lists such tasks of all owners, the longest overdue first.</summary>
    Task<IReadOnlyList<OverdueTask>> ListAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Marks all tasks that were overdue at this time and have a notification as handled, in the unit of work.</summary>
    void Settle(DateTimeOffset now);
}

/// <summary>An open task that is past its due time.</summary>
/// <param name="TaskId">The id of the task.</param>
/// <param name="OwnerId">The id of the user who owns it.</param>
/// <param name="Title">The title of the task.</param>
/// <param name="DueAt">The due time in UTC.</param>
/// <param name="IsNotified">
/// Whether the owner has already been notified of this due time: the due time was changed and changed back, or the task was
/// edited since.
/// </param>
/// <param name="EmailConfirmed">Whether the owner's address is confirmed.</param>
/// <param name="WantsMail">Whether the owner wants notifications by e-mail too.</param>
public sealed record OverdueTask(
    Guid TaskId,
    Guid OwnerId,
    string Title,
    DateTimeOffset DueAt,
    bool IsNotified,
    bool EmailConfirmed,
    bool WantsMail
);
