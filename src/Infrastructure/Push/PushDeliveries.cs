using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Push;

internal sealed class PushDeliveries(AppDbContext context, UnitOfWork unitOfWork) : IPushDeliveries
{
    public void PutTest(PushDelivery test)
    {
        context.PushDeliveries.Add(test);
        unitOfWork.Add(new Replacement(context, test));
    }

    public void Dismiss(Notification notification, Guid sessionId, DateTimeOffset now)
    {
        var (ownerId, id) = (notification.OwnerId, notification.Id);
        Dismiss(ownerId, Shown(ownerId).Where(delivery => delivery.MessageId == id), sessionId, now);
    }

    public void DismissAll(Guid ownerId, SequenceRange range, Guid sessionId, DateTimeOffset now)
    {
        // The range keeps the statement from reading all messages of the user: it looks for those of each notification.
        var notifications = context
            .Notifications.Where(notification =>
                notification.OwnerId == ownerId
                && notification.Sequence >= range.First
                && notification.Sequence <= range.Last
            )
            .Select(notification => notification.Id);
        Dismiss(ownerId, Shown(ownerId).Where(delivery => notifications.Contains(delivery.MessageId)), sessionId, now);
    }

    public void Hasten(Guid ownerId, DateTimeOffset now, TimeSpan lease) =>
        unitOfWork.Add(token =>
            Shown(ownerId).Where(delivery => delivery.SentAt == null).HastenAsync(now, lease, token)
        );

    public async Task<IReadOnlyList<PushDelivery>> TakeDueAsync(
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        var due = context.PushDeliveries.Where(delivery => delivery.SentAt == null && delivery.NextAttemptAt <= now);
        var urgent = await TakeAsync(due.Where(delivery => delivery.Kind != PushKind.Dismissal));
        return urgent.Count > 0 ? urgent : await TakeAsync(due);

        Task<IReadOnlyList<PushDelivery>> TakeAsync(IQueryable<PushDelivery> rows) =>
            context.TakeAsync(
                rows,
                max,
                now + lease,
                cancellationToken,
                set => set.SetProperty(delivery => delivery.Attempts, delivery => delivery.Attempts + 1)
            );
    }

    public async Task<IReadOnlyDictionary<Guid, PushContent>> ReadAsync(
        IReadOnlyList<PushDelivery> deliveries,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var ids = deliveries.Select(delivery => delivery.Id).ToArray();
        var tasks = context.Tasks;
        var found = await (
            from delivery in context.PushDeliveries
            where ids.Contains(delivery.Id)
            join device in context.LiveDevices(now)
                on new { delivery.OwnerId, delivery.DeviceId } equals new { device.OwnerId, DeviceId = device.Id }
            join account in context.Accounts on delivery.OwnerId equals account.Id
            where account.DisabledAt == null
            join told in context.Notifications
                on new { delivery.OwnerId, delivery.MessageId } equals new { told.OwnerId, MessageId = told.Id }
                into notifications
            from notification in notifications.DefaultIfEmpty()
            select new
            {
                delivery.Id,
                Device = device,
                Email = EF.Property<bool>(account, NotificationColumns.NotifiedByEmail),
                Push = EF.Property<bool>(account, NotificationColumns.NotifiedByPush),
                QuietFrom = EF.Property<TimeOnly?>(account, NotificationColumns.QuietFrom),
                QuietTo = EF.Property<TimeOnly?>(account, NotificationColumns.QuietTo),
                account.Locale,
                account.TimeZone,
                Notification = (Notification?)notification,
                IsOpen = tasks.Any(task =>
                    task.OwnerId == notification!.OwnerId
                    && task.Id == notification.TaskId
                    && task.DueAt == notification.DueAt
                    && task.DeletedAt == null
                    && (task.Status == TaskItemStatus.Todo || task.Status == TaskItemStatus.InProgress)
                ),
            }
        )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return found.ToDictionary(
            row => row.Id,
            row => new PushContent(
                row.Device,
                new NotificationSettings(row.Email, row.Push, row.QuietFrom, row.QuietTo),
                row.Locale,
                row.TimeZone,
                row.Notification,
                row.IsOpen && row.Notification is { ReadAt: null }
            )
        );
    }

    public Task StoreAsync(
        IReadOnlyList<PushDelivery> deliveries,
        IReadOnlyList<Device> dead,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        context.WriteAsync(
            () =>
                context.InTransactionAsync(
                    async () =>
                    {
                        foreach (var delivery in deliveries)
                        {
                            await StoreAsync(delivery, now, cancellationToken);
                        }

                        foreach (var device in dead)
                        {
                            await RemoveAsync(device, cancellationToken);
                        }

                        return deliveries.Count;
                    },
                    cancellationToken
                ),
            cancellationToken
        );

    private async Task StoreAsync(PushDelivery delivery, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = context.PushDeliveries.Where(stored => stored.Id == delivery.Id);
        var same = row.Where(stored => stored.Kind == delivery.Kind);
        var stored = delivery switch
        {
            { IsFinished: true } => await same.ExecuteDeleteAsync(cancellationToken),
            // The number of attempts stays as the claim has counted it, which says that the device may show the message.
            { SentAt: not null } => await same.ExecuteUpdateAsync(
                set => set.SetProperty(of => of.SentAt, delivery.SentAt),
                cancellationToken
            ),
            // What was postponed without an attempt gets back the number from before the claim.
            { PostponedFrom: { } claimedUntil } => await same.PostponeAsync(
                claimedUntil,
                delivery.NextAttemptAt,
                now,
                cancellationToken,
                set => set.SetProperty(of => of.Attempts, delivery.Attempts)
            ),
            _ => await same.ExecuteUpdateAsync(
                set =>
                    set.SetProperty(of => of.NextAttemptAt, delivery.NextAttemptAt)
                        .SetProperty(of => of.Attempts, delivery.Attempts),
                cancellationToken
            ),
        };
        if (stored == 0)
        {
            // The notification was read while its message was on its way, so that the device can only now be told.
            await row.Where(stored => stored.Kind != delivery.Kind)
                .ExecuteUpdateAsync(set => set.SetProperty(of => of.NextAttemptAt, now), cancellationToken);
        }
    }

    // An app that has put its device since the attempt has it back.
    private Task<int> RemoveAsync(Device device, CancellationToken cancellationToken) =>
        context
            .Devices.Where(stored =>
                stored.OwnerId == device.OwnerId
                && stored.Id == device.Id
                && stored.AddressHash == device.AddressHash
                && stored.LastSeenAt == device.LastSeenAt
            )
            .ExecuteDeleteAsync(cancellationToken);

    private IQueryable<PushDelivery> Shown(Guid ownerId) =>
        context.PushDeliveries.Where(delivery => delivery.OwnerId == ownerId && delivery.Kind == PushKind.Notification);

    private void Dismiss(Guid ownerId, IQueryable<PushDelivery> shown, Guid sessionId, DateTimeOffset now)
    {
        var devices = context.Devices.Where(device => device.OwnerId == ownerId && device.SessionId == sessionId);
        // Nothing was sent before the first attempt, so that there is nothing to take back.
        unitOfWork.Add(token =>
            shown
                .Where(delivery => delivery.Attempts == 0 || devices.Any(device => device.Id == delivery.DeviceId))
                .ExecuteDeleteAsync(token)
        );
        // One that is on its way keeps its lease, so that the device is not told before it.
        unitOfWork.Add(token =>
            shown.ExecuteUpdateAsync(
                set =>
                    set.SetProperty(delivery => delivery.Kind, PushKind.Dismissal)
                        .SetProperty(delivery => delivery.CreatedAt, now)
                        .SetProperty(delivery => delivery.Attempts, 0)
                        .SetProperty(
                            delivery => delivery.NextAttemptAt,
                            delivery => delivery.SentAt == null ? delivery.NextAttemptAt : now
                        )
                        .SetProperty(delivery => delivery.SentAt, (DateTimeOffset?)null),
                token
            )
        );
    }

    private sealed class Replacement(AppDbContext context, PushDelivery test) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            // The device may have been removed since it was read.
            if (
                !await context.Devices.AnyAsync(
                    device => device.OwnerId == test.OwnerId && device.Id == test.DeviceId,
                    cancellationToken
                )
            )
            {
                return CommonErrors.NotFound;
            }

            await context
                .PushDeliveries.Where(other =>
                    other.OwnerId == test.OwnerId && other.DeviceId == test.DeviceId && other.Kind == PushKind.Test
                )
                .ExecuteDeleteAsync(cancellationToken);
            return null;
        }
    }
}
