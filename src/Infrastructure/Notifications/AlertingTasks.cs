using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

internal sealed class AlertingTasks(AppDbContext context) : IAlertingTasks
{
    public async Task<IReadOnlyList<AlertingTask>> ListAsync(
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        // Each save compares all entities that the context knows, so the batches before would make this one slower.
        context.ChangeTracker.Clear();
        return await (
            from task in context.Tasks
            where task.NextAlertAt < now
            orderby task.NextAlertAt
            join user in context.Accounts on task.OwnerId equals user.Id
            select new AlertingTask(
                task,
                user.EmailConfirmed && EF.Property<bool>(user, NotificationColumns.NotifiedByEmail)
            )
        )
            .Take(limit)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Returns the moment of the alert that has waited longest; null if none waits. It reads as the scan does.</summary>
    internal static Task<DateTimeOffset?> FindOldestAsync(
        AppDbContext context,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        (
            from task in context.Tasks
            where task.NextAlertAt < now
            orderby task.NextAlertAt
            join user in context.Accounts on task.OwnerId equals user.Id
            select task.NextAlertAt
        ).FirstOrDefaultAsync(cancellationToken);
}
