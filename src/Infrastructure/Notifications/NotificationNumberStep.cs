using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Fitnessify.Infrastructure.Notifications;

/// <summary>Numbers new notifications from the sequence that all users share.</summary>
internal sealed class NotificationNumberStep(AppDbContext context) : ISaveStep
{
    private List<EntityEntry<Notification>> _added = [];

    public bool TakesPart()
    {
        _added = [.. context.ChangeTracker.Entries<Notification>().Where(entry => entry.State == EntityState.Added)];
        return _added.Count > 0;
    }

    public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
    {
        await context
            .Sequences.Where(sequence => sequence.Name == Sequence.Notifications)
            .ExecuteUpdateAsync(
                set => set.SetProperty(sequence => sequence.Value, sequence => sequence.Value + _added.Count),
                cancellationToken
            );
        var number = await NotificationNumbers.ReadLatestAsync(context, cancellationToken) - _added.Count;
        foreach (var notification in _added)
        {
            notification.Property(of => of.Sequence).CurrentValue = ++number;
        }

        return null;
    }
}
