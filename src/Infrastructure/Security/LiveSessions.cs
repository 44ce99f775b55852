using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Identity;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Security;

/// <summary>Section <c>Sessions</c>: how soon the end of a session is known.</summary>
public sealed class RevocationOptions
{
    /// <summary>Seconds after which every instance knows at the latest that a session has ended.</summary>
    [Range(1, 300)]
    public int RevocationSeconds { get; init; } = 10;
}

/// <summary>Live sessions, from the cache or with one query.</summary>
internal sealed class LiveSessions(AppDbContext context, LiveSessionCache cache, TimeProvider clock) : ILiveSessions
{
    // How often the time of the last use is written at most: it is for people, and a write is dear.
    private static readonly TimeSpan LastUsedPrecision = TimeSpan.FromMinutes(1);

    public ValueTask<LiveSession?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        cache.Find(id) is { } session
            ? ValueTask.FromResult(session.ExpiresAt > clock.Now() ? session : null)
            : new ValueTask<LiveSession?>(LoadAsync(id, cancellationToken));

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
                Permissions = (
                    from membership in context.UserRoles
                    join claim in context.RoleClaims on membership.RoleId equals claim.RoleId
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
            await TouchAsync(id, now, cancellationToken);
        }

        var live = new LiveSession(id, found.OwnerId, found.ExpiresAt, found.Permissions.ToFrozenSet());
        cache.Add(live, version);
        return live;
    }

    private IQueryable<Session> Live(DateTimeOffset now) =>
        from session in context.Sessions.AsNoTracking()
        join user in context.Users on session.OwnerId equals user.Id
        where session.RevokedAt == null && session.ExpiresAt > now && user.DisabledAt == null
        select session;

    private Task<int> TouchAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.WriteAsync(
            () =>
                context
                    .Sessions.Where(session => session.Id == id && session.LastUsedAt < now)
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.LastUsedAt, now), cancellationToken),
            cancellationToken
        );
}
