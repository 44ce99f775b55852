using Fitnessify.Domain.Tasks;

namespace Fitnessify.Domain.Notifications;

/// <summary>Finds the tasks whose owners have to be alerted.</summary>
public interface IAlertingTasks
{
    /// <summary>
    /// Loads the tasks of all owners whose next alert has passed, for a change in the unit of work, the longest waiting first.
    /// If one of them is changed before the save, or another instance raises its alerts, the save fails with
    /// <c>precondition_failed</c>. What was loaded before leaves the unit of work.
    /// </summary>
    Task<IReadOnlyList<AlertingTask>> ListAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}

/// <summary>A task whose next alert has passed.</summary>
/// <param name="Task">The task.</param>
/// <param name="WantsMail">Whether the owner wants notifications by e-mail too, and has a confirmed address.</param>
public sealed record AlertingTask(TaskItem Task, bool WantsMail);
