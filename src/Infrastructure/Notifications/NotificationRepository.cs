using Fitnessify.Domain.Common;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Persistence.Paging;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Notifications;

internal sealed class NotificationRepository(AppDbContext context, UnitOfWork unitOfWork, CursorFormat cursors)
    : INotificationRepository,
        INotificationSequence
{
    private const int TrimBatchSize = 500;

    private static readonly KeyOrder<Notification, long, Guid> NewestFirst = new(
        notification => notification.Sequence,
        notification => notification.Id,
        IsDescending: true,
        notification => notification.Sequence,
        notification => notification.Id,
        KeysetPaging.Write,
        KeysetPaging.ParseNumber
    );

    public void Add(Notification notification) => context.Notifications.Add(notification);

    public async Task<Notification?> FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        await context.Notifications.FindAsync([ownerId, id], cancellationToken);

    public Task<Result<Page<Notification>>> ListAsync(
        Guid ownerId,
        bool? isUnread,
        PageRequest page,
        CancellationToken cancellationToken
    ) =>
        (
            isUnread switch
            {
                true => Unread(ownerId),
                false => Owned(ownerId).Where(notification => notification.ReadAt != null),
                null => Owned(ownerId),
            }
        ).ReadAsync(NewestFirst, page, cursors, $"notifications {isUnread}", ownerId, cancellationToken);

    public Task<int> CountUnreadAsync(Guid ownerId, CancellationToken cancellationToken) =>
        Unread(ownerId).CountAsync(cancellationToken);

    public async Task<SequenceRange?> ReadOldestAsync(
        Guid ownerId,
        Notification? through,
        DateTimeOffset now,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var end = through?.Sequence ?? long.MaxValue;
        var unread = Unread(ownerId)
            .Where(notification => notification.CreatedAt <= now && notification.Sequence <= end);
        if (
            await unread.Select(notification => notification.Sequence).BatchAsync(limit, cancellationToken)
            is not { } batch
        )
        {
            return null;
        }

        unitOfWork.Add(token =>
            unread
                .Where(notification => notification.Sequence <= batch.Last)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(notification => notification.ReadAt, (DateTimeOffset?)now),
                    token
                )
        );
        return new SequenceRange(batch.First, batch.Last);
    }

    public async Task TrimAsync(IReadOnlyCollection<Guid> ownerIds, int keep, CancellationToken cancellationToken)
    {
        var owners = await context
            .Accounts.Where(account => ownerIds.Contains(account.Id))
            .Select(account => new
            {
                account.Id,
                Last = context
                    .Set<Notification>()
                    .Where(notification => notification.OwnerId == account.Id)
                    .OrderByDescending(notification => notification.Sequence)
                    .Select(notification => (long?)notification.Sequence)
                    .Skip(keep)
                    .FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        foreach (var owner in owners.Where(owner => owner.Last is not null))
        {
            var surplus = Owned(owner.Id).Where(notification => notification.Sequence <= owner.Last);
            while (
                await surplus
                    .Select(notification => notification.Sequence)
                    .EndOfBatchAsync(TrimBatchSize, cancellationToken)
                    is { } end
            )
            {
                await context.WriteAsync(
                    () =>
                        surplus
                            .Where(notification => notification.Sequence <= end)
                            .ExecuteDeleteAsync(cancellationToken),
                    cancellationToken
                );
            }
        }
    }

    async Task<long?> INotificationSequence.FindAsync(Guid ownerId, Guid id, CancellationToken cancellationToken) =>
        await Owned(ownerId)
            .Where(notification => notification.Id == id)
            .Select(notification => (long?)notification.Sequence)
            .SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<Notification>> ListAfterAsync(
        Guid ownerId,
        long after,
        bool onlyUnread,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await (onlyUnread ? Unread(ownerId) : Owned(ownerId))
            .Where(notification => notification.Sequence > after)
            .OrderBy(notification => notification.Sequence)
            .Take(limit)
            .ToListAsync(cancellationToken);

    public Task<long> ReadEpochAsync(CancellationToken cancellationToken) =>
        context
            .Sequences.Where(sequence => sequence.Name == Sequence.Epoch)
            .Select(sequence => sequence.Value)
            .SingleAsync(cancellationToken);

    private IQueryable<Notification> Owned(Guid ownerId) =>
        context.Notifications.AsNoTracking().Where(notification => notification.OwnerId == ownerId);

    private IQueryable<Notification> Unread(Guid ownerId) =>
        Owned(ownerId).Where(notification => notification.ReadAt == null);
}
