using Fitnessify.Domain.Audit;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Audit;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Sessions;

internal sealed class SessionRepository(
    AppDbContext context,
    SessionQueries queries,
    UnitOfWork unitOfWork,
    AccountLock accountLock,
    SessionEviction eviction,
    LiveSessionCache cache
) : ISessionRepository
{
    public void Add(Session session) => context.Sessions.Add(session);

    public Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        queries.Find(context, id, cancellationToken);

    public async Task<IReadOnlyList<Session>> ListLiveAsync(
        Guid ownerId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => await Live(ownerId, now).ToListAsync(cancellationToken);

    public async Task<bool> TryStoreRefreshAsync(
        Session session,
        AuditEvent? moved,
        CancellationToken cancellationToken
    )
    {
        // From here on the row counts, not this copy of it: looked up again, it is read again.
        context.Entry(session).State = EntityState.Detached;
        var isStored = await context.WriteAsync(
            () =>
                moved is null
                    ? StoreRefreshAsync(session, cancellationToken)
                    : context.InTransactionAsync(
                        () => StoreMoveAsync(session, moved, cancellationToken),
                        cancellationToken
                    ),
            cancellationToken
        );
        // The cache would take the new access token for one that is still to come.
        cache.Evict(session.Id);
        return isStored;
    }

    private async Task<bool> StoreMoveAsync(Session session, AuditEvent moved, CancellationToken cancellationToken)
    {
        if (!await StoreRefreshAsync(session, cancellationToken))
        {
            return false;
        }

        context.AuditEvents.Add(moved);
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    private async Task<bool> StoreRefreshAsync(Session session, CancellationToken cancellationToken)
    {
        var before = session.RefreshCounter - 1;
        var isReplacement = session.PreviousCounter != before;
        return await context
                .Sessions.Where(row =>
                    row.Id == session.Id
                    && row.RefreshCounter == before
                    && row.RevokedAt == null
                    // A guest that has become a member meanwhile has another lifetime.
                    && row.AuthenticatedAt == session.AuthenticatedAt
                    && (!isReplacement || !row.IsUsed)
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(row => row.RefreshCounter, session.RefreshCounter)
                            .SetProperty(row => row.PreviousCounter, session.PreviousCounter)
                            .SetProperty(row => row.IsUsed, session.IsUsed)
                            .SetProperty(row => row.RefreshedAt, session.RefreshedAt)
                            .SetProperty(row => row.LastUsedAt, session.LastUsedAt)
                            .SetProperty(row => row.ExpiresAt, session.ExpiresAt)
                            .SetProperty(row => row.IpAddress, session.IpAddress),
                    cancellationToken
                ) == 1;
    }

    public void Revoke(
        Guid ownerId,
        Guid? exceptId,
        int keep,
        SessionEnd reason,
        DateTimeOffset now,
        Action<Session> revoked
    ) => unitOfWork.Add(new Revocation(this, ownerId, null, exceptId, keep, reason, now, revoked));

    public void RevokeOf(Guid ownerId, Guid identityId, Guid? exceptId, DateTimeOffset now, Action<Session> revoked) =>
        unitOfWork.Add(
            new Revocation(this, ownerId, identityId, exceptId, 0, SessionEnd.IdentityRemoved, now, revoked)
        );

    public void EndReauthentications(Guid ownerId) =>
        unitOfWork.Add(token =>
            context
                .Sessions.Where(session => session.OwnerId == ownerId && session.ReauthenticatedUntil != null)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(session => session.ReauthenticatedUntil, (DateTimeOffset?)null),
                    token
                )
        );

    public void Authenticate(Guid ownerId, SessionLifetime lifetime, DateTimeOffset now)
    {
        // The cache would keep the expiry of a guest.
        eviction.Add(ownerId);
        unitOfWork.Add(token =>
            Live(ownerId, now)
                .Where(session => session.AuthenticatedAt == null)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(session => session.AuthenticatedAt, (DateTimeOffset?)now)
                            .SetProperty(session => session.ExpiresAt, lifetime.ExpiryOf(now, now)),
                    token
                )
        );
    }

    public void RevokeAll(Guid ownerId, SessionEnd reason, DateTimeOffset now)
    {
        eviction.Add(ownerId);
        unitOfWork.Add(token =>
            Live(ownerId, now)
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(session => session.RevokedAt, now)
                            .SetProperty(session => session.RevokedReason, reason),
                    token
                )
        );
    }

    private IOrderedQueryable<Session> Live(Guid ownerId, DateTimeOffset now) =>
        context
            .Sessions.Where(session =>
                session.OwnerId == ownerId && session.RevokedAt == null && session.ExpiresAt > now
            )
            .OrderByDescending(session => session.CreatedAt)
            .ThenByDescending(session => session.Id);

    private async Task RevokeAsync(
        Guid ownerId,
        Guid? identityId,
        Guid? exceptId,
        int keep,
        Action<Session> revoke,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await accountLock.TakeAsync(ownerId, cancellationToken);
        var live = Live(ownerId, now).Where(session => session.Id != exceptId);
        if (identityId is not null)
        {
            live = live.Where(session => session.IdentityId == identityId);
        }

        // One that an earlier run of the same save has revoked is still in the unit of work.
        foreach (var session in (await live.Skip(keep).ToListAsync(cancellationToken)).Where(s => s.RevokedAt is null))
        {
            revoke(session);
            eviction.Add(ownerId);
        }

        context.ChangeTracker.DetectChanges();
    }

    private sealed class Revocation(
        SessionRepository sessions,
        Guid ownerId,
        Guid? identityId,
        Guid? exceptId,
        int keep,
        SessionEnd reason,
        DateTimeOffset now,
        Action<Session> revoked
    ) : ISaveStep
    {
        public async Task<Error?> BeforeAsync(CancellationToken cancellationToken)
        {
            await sessions.RevokeAsync(ownerId, identityId, exceptId, keep, Revoke, now, cancellationToken);
            return null;
        }

        private void Revoke(Session session)
        {
            session.Revoke(reason, now);
            revoked(session);
        }
    }
}
