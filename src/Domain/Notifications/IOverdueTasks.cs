namespace Fitnessify.Domain.Notifications;

/// <summary>Tasks whose due time has passed and about which that has not been settled.</summary>
public interface IOverdueTasks
{
    /// <summary>The longest overdue first, of all owners.</summary>
    Task<IReadOnlyList<OverdueTask>> ListAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>Settles, in the unit of work, all of which the owner has been notified by then.</summary>
    void Settle(DateTimeOffset now);
}

/// <summary>A task that is to do or in progress, and due before now.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="OwnerId">The user who owns it.</param>
/// <param name="Title">Of the task.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="IsNotified">Whether the owner has been told of this due time before: it was moved away and back, or the task changed since.</param>
/// <param name="EmailConfirmed">Whether the owner's address is confirmed.</param>
/// <param name="WantsMail">Whether the owner wants to be told by e-mail too.</param>
public sealed record OverdueTask(
    Guid TaskId,
    Guid OwnerId,
    string Title,
    DateTimeOffset DueAt,
    bool IsNotified,
    bool EmailConfirmed,
    bool WantsMail
);
