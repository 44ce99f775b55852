using Fitnessify.Domain.Auth;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>By the sessions that are stored: those that ended are kept for a while.</summary>
internal sealed class KnownDevices(AppDbContext context, ISessionTokens tokens, IClient client, TimeProvider clock)
    : IKnownDevices
{
    // Of the newest sessions; who has used more networks since is a stranger in the older ones.
    private const int MaxSessions = 100;

    private static readonly TimeSpan Memory = TimeSpan.FromDays(30);

    public async Task<string?> FindAsync(Guid? userId, string? deviceToken, CancellationToken cancellationToken)
    {
        var ownerId = userId ?? Guid.Empty;
        if (
            deviceToken is not null
            && tokens.Read(deviceToken) is { SessionId: var id }
            && await context.Sessions.AnyAsync(
                session => session.Id == id && session.OwnerId == ownerId,
                cancellationToken
            )
        )
        {
            return $"session:{id}";
        }

        var since = clock.Now() - Memory;
        return await IsKnownNetworkAsync(
            context.Sessions.Where(session => session.OwnerId == ownerId && session.LastUsedAt > since),
            cancellationToken
        )
            ? $"network:{Network}"
            : null;
    }

    public async Task<bool> IsNewAsync(Guid userId, string? device, CancellationToken cancellationToken)
    {
        var sessions = context.Sessions.Where(session => session.OwnerId == userId);
        return await sessions.AnyAsync(cancellationToken)
            && !(
                device is null
                    ? await IsKnownNetworkAsync(sessions, cancellationToken)
                    : await sessions.AnyAsync(session => session.Device == device, cancellationToken)
            );
    }

    private string? Network => ClientNetwork.Of(client.IpAddress);

    private async Task<bool> IsKnownNetworkAsync(IQueryable<Session> sessions, CancellationToken cancellationToken)
    {
        var addresses = await sessions
            .OrderByDescending(session => session.LastUsedAt)
            .Take(MaxSessions)
            .Select(session => session.IpAddress)
            .ToListAsync(cancellationToken);
        return addresses.Exists(address => ClientNetwork.Of(address) == Network);
    }
}
