using Fitnessify.Domain.Sessions;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Persistence.Repositories;

internal sealed class SessionRepository(AppDbContext context) : ISessionRepository
{
    public void Add(Session session) => context.Sessions.Add(session);

    public Task<Session?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (
            from session in context.Sessions
            join user in context.Users on session.OwnerId equals user.Id
            where session.Id == id && user.DisabledAt == null
            select session
        ).SingleOrDefaultAsync(cancellationToken);

    public async Task<IReadOnlyList<Session>> ListLiveAsync(
        Guid ownerId,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => await Live(ownerId, now).ToListAsync(cancellationToken);

    public async Task<bool> TryStoreRefreshAsync(Session session, CancellationToken cancellationToken)
    {
        // From here on the row counts, not this copy of it: looked up again, it is read again.
        context.Entry(session).State = EntityState.Detached;
        var previous = session.RefreshCounter - 1;
        var stored = await context.WriteAsync(
            () =>
                context
                    .Sessions.Where(row =>
                        row.Id == session.Id && row.RefreshCounter == previous && row.RevokedAt == null
                    )
                    .ExecuteUpdateAsync(
                        set =>
                            set.SetProperty(row => row.RefreshCounter, session.RefreshCounter)
                                .SetProperty(row => row.RefreshedAt, session.RefreshedAt)
                                .SetProperty(row => row.LastUsedAt, session.LastUsedAt)
                                .SetProperty(row => row.ExpiresAt, session.ExpiresAt),
                        cancellationToken
                    ),
            cancellationToken
        );
        return stored == 1;
    }

    public async Task<IReadOnlyList<Session>> ListBeyondAsync(
        Guid ownerId,
        int keep,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => await Live(ownerId, now).Skip(keep).ToListAsync(cancellationToken);

    private IOrderedQueryable<Session> Live(Guid ownerId, DateTimeOffset now) =>
        context
            .Sessions.Where(session =>
                session.OwnerId == ownerId && session.RevokedAt == null && session.ExpiresAt > now
            )
            .OrderByDescending(session => session.CreatedAt)
            .ThenByDescending(session => session.Id);
}
