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
    private List<Notification> _added = [];
    private bool _isDone;

    public bool TakesPart()
    {
        _isDone = false;
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
        // A save that is repeated finds the messages of its first run in the unit of work.
        if (_isDone)
        {
            return null;
        }

        var devices = await FindDevicesAsync(cancellationToken);
        var waiting = devices.Count == 0 ? [] : await CountWaitingAsync(cancellationToken);
        foreach (var owned in _added.GroupBy(notification => notification.OwnerId))
        {
            foreach (var deviceId in devices[owned.Key])
            {
                var room = PushDelivery.MaxWaiting - waiting.GetValueOrDefault((owned.Key, deviceId));
                context.PushDeliveries.AddRange(
                    owned
                        .Take(Math.Max(0, room))
                        .Select((notification, position) => PushDelivery.Of(notification, deviceId, position))
                );
            }
        }

        _isDone = true;
        return null;
    }

    private async Task<ILookup<Guid, Guid>> FindDevicesAsync(CancellationToken cancellationToken)
    {
        var (owners, now) = (Owners(), clock.Now());
        var devices = await (
            from device in context.LiveDevices(now)
            join account in context.Accounts on device.OwnerId equals account.Id
            where owners.Contains(device.OwnerId) && EF.Property<bool>(account, NotificationColumns.NotifiedByPush)
            select new { device.OwnerId, device.Id }
        ).ToListAsync(cancellationToken);
        return devices.ToLookup(device => device.OwnerId, device => device.Id);
    }

    private async Task<Dictionary<(Guid OwnerId, Guid DeviceId), int>> CountWaitingAsync(
        CancellationToken cancellationToken
    )
    {
        var owners = Owners();
        var counts = await context
            .PushDeliveries.Where(delivery => owners.Contains(delivery.OwnerId) && delivery.SentAt == null)
            .GroupBy(delivery => new { delivery.OwnerId, delivery.DeviceId })
            .Select(waiting => new { waiting.Key, Count = waiting.Count() })
            .ToListAsync(cancellationToken);
        return counts.ToDictionary(of => (of.Key.OwnerId, of.Key.DeviceId), of => of.Count);
    }

    private Guid[] Owners() => [.. _added.Select(notification => notification.OwnerId).Distinct()];
}
