using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>Gives new notifications their numbers.</summary>
internal static class NotificationNumbers
{
    /// <summary>The latest number that is in use.</summary>
    public static Task<long> ReadLatestAsync(AppDbContext context, CancellationToken cancellationToken) =>
        context
            .Sequences.Where(sequence => sequence.Name == Sequence.Notifications)
            .Select(sequence => sequence.Value)
            .SingleAsync(cancellationToken);

    /// <summary>Raises the sequence within the transaction at hand.</summary>
    public static async Task AssignAsync(
        AppDbContext context,
        IReadOnlyList<EntityEntry<Notification>> notifications,
        CancellationToken cancellationToken
    )
    {
        if (notifications.Count == 0)
        {
            return;
        }

        await context
            .Sequences.Where(sequence => sequence.Name == Sequence.Notifications)
            .ExecuteUpdateAsync(
                set => set.SetProperty(sequence => sequence.Value, sequence => sequence.Value + notifications.Count),
                cancellationToken
            );
        var number = await ReadLatestAsync(context, cancellationToken) - notifications.Count;
        foreach (var notification in notifications)
        {
            notification.Property(of => of.Sequence).CurrentValue = ++number;
        }
    }
}
