using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Push;

/// <summary>Adds a message to each device of the owner for every notification that a save adds.</summary>
internal sealed class PushDeliveryStep(AppDbContext context, TimeProvider clock) : ISaveStep
{
    private readonly List<PushDelivery> _deliveries = [];
    private List<Notification> _added = [];

    public bool TakesPart()
    {
        _deliveries.Clear();
        _added =
        [
            .. context
                .ChangeTracker.Entries<Notification>()
                .Where(entry => entry.State == EntityState.Added)
                .Select(entry => entry.Entity),
        ];
        return _added.Count > 0;
    }

    public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
    {
        // A save that is repeated finds the messages of its first run in the unit of work; a device may have gone since.
        _deliveries.ForEach(delivery => context.Entry(delivery).State = EntityState.Detached);
        _deliveries.Clear();
        var devices = await FindDevicesAsync(cancellationToken);
        foreach (var owned in _added.GroupBy(notification => notification.OwnerId))
        {
            foreach (var (deviceId, waiting) in devices[owned.Key])
            {
                _deliveries.AddRange(
                    owned
                        .Take(Math.Max(0, PushDelivery.MaxWaiting - waiting))
                        .Select((notification, position) => PushDelivery.Of(notification, deviceId, position))
                );
            }
        }

        context.PushDeliveries.AddRange(_deliveries);
        return null;
    }

    private async Task<ILookup<Guid, (Guid Id, int Waiting)>> FindDevicesAsync(CancellationToken cancellationToken)
    {
        var (now, deliveries) = (clock.Now(), context.PushDeliveries);
        Guid[] owners = [.. _added.Select(notification => notification.OwnerId).Distinct()];
        var devices = await (
            from device in context.LiveDevices(now)
            join account in context.Accounts on device.OwnerId equals account.Id
            where owners.Contains(device.OwnerId) && EF.Property<bool>(account, NotificationColumns.NotifiedByPush)
            select new
            {
                device.OwnerId,
                device.Id,
                // Those that take notifications back do not count: many at once would keep the next notification away.
                Waiting = deliveries.Count(delivery =>
                    delivery.OwnerId == device.OwnerId
                    && delivery.DeviceId == device.Id
                    && delivery.SentAt == null
                    && delivery.Kind == PushKind.Notification
                ),
            }
        ).ToListAsync(cancellationToken);
        return devices.ToLookup(device => device.OwnerId, device => (device.Id, device.Waiting));
    }
}
