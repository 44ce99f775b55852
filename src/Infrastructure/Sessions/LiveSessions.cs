using System.Collections.Frozen;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>Live sessions, from the cache or with one query.</summary>
internal sealed class LiveSessions(
    AppDbContext context,
    LiveSessionCache cache,
    AccessTokenUses uses,
    BackgroundWrites sideWrites,
    TimeProvider clock
) : ILiveSessions
{
    // How often the time of the last use is written at most.
    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromMinutes(1);

    public ValueTask<LiveSession?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        cache.Find(id) is { } session
            ? ValueTask.FromResult(session.ExpiresAt > clock.Now() ? session : null)
            : new ValueTask<LiveSession?>(LoadAsync(id, cancellationToken));

    public ValueTask<Result<LiveSession>> UseAsync(
        AccessClaim token,
        bool isWrite,
        CancellationToken cancellationToken
    ) =>
        cache.Find(token.SessionId) is { } session
        && session.ExpiresAt > clock.Now()
        && session.Counters.Classify(token.Counter) == AccessTokenStatus.Valid
            ? ValueTask.FromResult<Result<LiveSession>>(session)
            : new ValueTask<Result<LiveSession>>(ClassifyAsync(token, isWrite, cancellationToken));

    public async Task<IReadOnlySet<Guid>> FilterAsync(
        IReadOnlyCollection<Guid> ids,
        CancellationToken cancellationToken
    )
    {
        var live = await Live(clock.Now())
            .Where(session => ids.Contains(session.Id))
            .Select(session => session.Id)
            .ToListAsync(cancellationToken);
        return live.ToFrozenSet();
    }

    // By what the database says: the cache may be older than the token, or than what has made it void.
    private async Task<Result<LiveSession>> ClassifyAsync(
        AccessClaim token,
        bool isWrite,
        CancellationToken cancellationToken
    )
    {
        while (await LoadAsync(token.SessionId, cancellationToken) is { } session)
        {
            switch (session.Counters.Classify(token.Counter))
            {
                case AccessTokenStatus.FirstUse:
                    if (await uses.TryStoreAsync(token, isWrite, cancellationToken))
                    {
                        return session;
                    }

                    // Meanwhile it was used, or another has taken its place, or the session has ended.
                    continue;
                case AccessTokenStatus.Valid:
                    return session;
                case AccessTokenStatus.Reused:
                    return SessionErrors.RefreshTokenReused;
                default:
                    return SessionErrors.TokenExpired;
            }
        }

        return SessionErrors.SessionRevoked;
    }

    private async Task<LiveSession?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var version = cache.Version;
        var now = clock.Now();
        var found = await (
            from session in Live(now)
            where session.Id == id
            select new
            {
                session.OwnerId,
                session.ExpiresAt,
                session.LastUsedAt,
                session.RefreshCounter,
                session.PreviousCounter,
                session.IsUsed,
                IsGuest = session.AuthenticatedAt == null,
                Permissions = (
                    from membership in context.Set<IdentityUserRole<Guid>>()
                    join claim in context.Set<IdentityRoleClaim<Guid>>() on membership.RoleId equals claim.RoleId
                    where membership.UserId == session.OwnerId && claim.ClaimType == RoleSeed.PermissionClaim
                    select claim.ClaimValue!
                ).ToList(),
            }
        ).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
        {
            return null;
        }

        if (now - found.LastUsedAt >= LastUsedPrecision)
        {
            // Nobody waits for it: it is for people.
            _ = sideWrites.RunAsync(side => TouchAsync(side, id, now));
        }

        var live = new LiveSession(
            id,
            found.OwnerId,
            found.ExpiresAt,
            found.Permissions.ToFrozenSet(),
            new RefreshCounters(found.RefreshCounter, found.PreviousCounter, found.IsUsed),
            found.IsGuest
        );
        // The session of a guest ends in a merge, after which the tasks live on in the account. An instance that took it for live
        // a little longer would answer that they are not there, and the app would forget changes that it has yet to send.
        if (!live.IsGuest)
        {
            cache.Add(live, version);
        }

        return live;
    }

    private IQueryable<Session> Live(DateTimeOffset now) =>
        from session in context.Sessions.AsNoTracking()
        join user in context.Accounts on session.OwnerId equals user.Id
        where session.RevokedAt == null && session.ExpiresAt > now && user.DisabledAt == null
        select session;

    private static async Task<bool> TouchAsync(AppDbContext context, Guid id, DateTimeOffset now) =>
        await context.WriteAsync(
            () =>
                context
                    .Sessions.Where(session => session.Id == id && session.LastUsedAt < now)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsedAt, now)),
            CancellationToken.None
        ) == 1;
}
