using Fitnessify.Domain.Notifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>
/// Numbers rows of all owners. Whoever raises it holds its row until the commit: so the numbers become visible in their
/// order, and a reader who has seen one has seen all below it.
/// </summary>
internal sealed class Sequence
{
    public const string Notifications = nameof(Notifications);

    /// <summary>Numbers nothing, but tells which generation all numbers are of: random, and another one after a restore.</summary>
    public const string Epoch = nameof(Epoch);

    public required string Name { get; init; }

    /// <summary>The latest number.</summary>
    public long Value { get; init; }
}

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
