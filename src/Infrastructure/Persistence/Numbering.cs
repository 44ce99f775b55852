using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>What a save has to number: changed tasks and new notifications.</summary>
internal sealed class Numbering(AppDbContext context)
{
    private readonly List<EntityEntry<TaskItem>> _tasks =
    [
        .. context
            .ChangeTracker.Entries<TaskItem>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified),
    ];

    private readonly List<EntityEntry<Notification>> _notifications =
    [
        .. context.ChangeTracker.Entries<Notification>().Where(entry => entry.State == EntityState.Added),
    ];

    public bool NeedsTransaction => _tasks.Count > 0 || _notifications.Count > 0;

    /// <summary>Within the transaction, before anything is written.</summary>
    /// <returns>Why nothing may be written, or null.</returns>
    public async Task<Error?> AssignAsync(CancellationToken cancellationToken)
    {
        if (await ChangeNumbers.AssignAsync(context, _tasks, cancellationToken) is { } refused)
        {
            return refused;
        }

        await NotificationNumbers.AssignAsync(context, _notifications, cancellationToken);
        return null;
    }
}
