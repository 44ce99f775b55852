using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Accounts;
using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Guests;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Notifications;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Lists;
using Fitnessify.Infrastructure.Notifications;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Sessions;
using Fitnessify.Infrastructure.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Guests;

internal sealed class GuestMerge(
    AppDbContext context,
    UnitOfWork unitOfWork,
    AccountLock accountLock,
    SessionEviction eviction,
    TaskOptions options
) : IGuestMerge
{
    private AppDbContext Context => context;

    public GuestMergeOutcome Add(
        Guid guestSessionId,
        Guid accountId,
        Func<Guid, IReadOnlyList<AuditEvent>> events,
        DateTimeOffset now
    )
    {
        var step = new Step(this, guestSessionId, accountId, events, now);
        unitOfWork.Add(step);
        return step.Outcome;
    }

    private void Evict(Guid guestId) => eviction.Add(guestId);

    /// <summary>Finds the guest, locked against all other requests; null if the session is not that of a guest any more.</summary>
    private async Task<Account?> FindLockedAsync(
        Guid sessionId,
        Guid accountId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var guestId = await context
            .Sessions.Where(session => session.Id == sessionId)
            .Select(session => session.OwnerId)
            .SingleOrDefaultAsync(cancellationToken);
        // The counters come before the accounts, because the insert of a task locks them first, too. Both rows stay as they are.
        await context
            .ChangeCounters.Where(counter => counter.OwnerId == guestId || counter.OwnerId == accountId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Value, row => row.Value), cancellationToken);
        await accountLock.TakeAsync(guestId, cancellationToken);
        return await (
            from session in context.Sessions
            join account in context.Accounts on session.OwnerId equals account.Id
            where session.Id == sessionId && session.RevokedAt == null && session.ExpiresAt > now
            where account.Kind == AccountKind.Guest && account.DisabledAt == null
            select account
        ).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task<bool> FitsAsync(MergedCounters counters, CancellationToken cancellationToken)
    {
        var (guest, account) = counters;
        if (guest.TaskCount > 0 && guest.TaskCount + (account?.TaskCount ?? 0) > options.MaxPerUser)
        {
            return false;
        }

        if (account is null || guest.LastListVersion == 0)
        {
            return true;
        }

        var lists = context.Lists.Where(list => list.OwnerId == guest.OwnerId || list.OwnerId == account.OwnerId);
        return await lists.CountAsync(cancellationToken) <= TaskList.MaxPerUserWithDeleted
            && await lists.CountAsync(list => list.DeletedAt == null, cancellationToken) <= TaskList.MaxPerUser;
    }

    /// <summary>Moves the rows, within the transaction of a save.</summary>
    internal async Task MoveAsync(
        Guid guestId,
        Guid accountId,
        MergedCounters counters,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await RaiseAsync(accountId, counters, cancellationToken);
        var by = counters.Offset;
        await context
            .Tasks.Where(task => task.OwnerId == guestId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(task => task.OwnerId, accountId)
                        .SetProperty(task => task.Version, task => task.Version + by)
                        .SetProperty(task => task.CreatedVersion, task => task.CreatedVersion + by),
                cancellationToken
            );
        await context
            .Lists.Where(list => list.OwnerId == guestId)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(list => list.OwnerId, accountId)
                        .SetProperty(list => list.Version, list => list.Version + by)
                        .SetProperty(list => list.CreatedVersion, list => list.CreatedVersion + by)
                        .SetProperty(list => list.EmptyThrough, list => list.EmptyThrough + by),
                cancellationToken
            );
        var notifications = context.Notifications.Where(notification => notification.OwnerId == guestId);
        var oldest = await notifications
            .OrderByDescending(notification => notification.Sequence)
            .Select(notification => notification.Sequence)
            .Skip(Notification.MaxPerUser - 1)
            .FirstOrDefaultAsync(cancellationToken);
        await notifications
            .Where(notification => notification.Sequence >= oldest)
            .ExecuteUpdateAsync(
                set => set.SetProperty(notification => notification.OwnerId, accountId),
                cancellationToken
            );
        // As for every account that is deleted: without a counter, no request that is still running writes a task. The devices go
        // with the session, and the app puts them again.
        await context.ChangeCounters.Where(counter => counter.OwnerId == guestId).ExecuteDeleteAsync(cancellationToken);
        await context
            .Sessions.Where(session =>
                session.OwnerId == guestId && session.RevokedAt == null && session.ExpiresAt > now
            )
            .ExecuteDeleteAsync(cancellationToken);
    }

    private async Task RaiseAsync(Guid accountId, MergedCounters counters, CancellationToken cancellationToken)
    {
        var (guest, by) = (counters.Guest, counters.Offset);
        var own = context.ChangeCounters.Where(counter => counter.OwnerId == accountId);
        await own.ExecuteUpdateAsync(
            set =>
                set.SetProperty(counter => counter.Value, by + guest.Value)
                    .SetProperty(counter => counter.TaskCount, counter => counter.TaskCount + guest.TaskCount),
            cancellationToken
        );
        if (guest.LastListVersion > 0)
        {
            await own.ExecuteUpdateAsync(
                set => set.SetProperty(counter => counter.LastListVersion, by + guest.LastListVersion),
                cancellationToken
            );
        }

        // The guest may have been in another time zone, or on the way to it.
        await own.Where(counter => guest.RescheduledThrough != null || counter.TimeZone != guest.TimeZone)
            .ExecuteUpdateAsync(
                set => set.SetProperty(counter => counter.RescheduledThrough, (Guid?)Guid.Empty),
                cancellationToken
            );
    }

    private sealed class Step(
        GuestMerge merge,
        Guid guestSessionId,
        Guid accountId,
        Func<Guid, IReadOnlyList<AuditEvent>> events,
        DateTimeOffset now
    ) : ISaveStep
    {
        private readonly List<object> _saved = [];
        private MergedCounters? _counters;

        public GuestMergeOutcome Outcome { get; } = new();

        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            var context = merge.Context;
            // What the first run of a repeated save has found may be gone.
            _saved.ForEach(entity => context.Entry(entity).State = EntityState.Detached);
            _saved.Clear();
            _counters = null;
            Outcome.Record(isMerged: false);
            if (await merge.FindLockedAsync(guestSessionId, accountId, now, cancellationToken) is not { } guest)
            {
                return null;
            }

            _saved.Add(guest);
            var found = await context
                .ChangeCounters.AsNoTracking()
                .Where(counter => counter.OwnerId == guest.Id || counter.OwnerId == accountId)
                .ToDictionaryAsync(counter => counter.OwnerId, cancellationToken);
            _counters = new MergedCounters(found[guest.Id], found.GetValueOrDefault(accountId));
            if (!await merge.FitsAsync(_counters, cancellationToken))
            {
                return GuestErrors.TooMuchToMerge;
            }

            guest.Delete(now);
            context.ChangeTracker.DetectChanges();
            var recorded = events(guest.Id);
            context.AuditEvents.AddRange(recorded);
            _saved.AddRange(recorded);
            merge.Evict(guest.Id);
            Outcome.Record(isMerged: true);
            return null;
        }

        // An account that the same save creates has no row before.
        public async Task<Error?> AfterAsync(CancellationToken cancellationToken)
        {
            if (_counters is not null)
            {
                await merge.MoveAsync(_counters.Guest.OwnerId, accountId, _counters, now, cancellationToken);
            }

            return null;
        }
    }

    /// <summary>The counters of both before the merge.</summary>
    /// <param name="Guest">That of the guest.</param>
    /// <param name="Account">That of the account; null if the save creates it.</param>
    internal sealed record MergedCounters(ChangeCounter Guest, ChangeCounter? Account)
    {
        /// <summary>What the versions of the guest are raised by, so that they come after all that either has had.</summary>
        public long Offset => Math.Max(Guest.Value, Account?.Value ?? 0);
    }
}
