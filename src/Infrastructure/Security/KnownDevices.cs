using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Domain.Users;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Security;

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
        var addresses = await context
            .Sessions.Where(session => session.OwnerId == ownerId && session.LastUsedAt > since)
            .OrderByDescending(session => session.LastUsedAt)
            .Take(MaxSessions)
            .Select(session => session.IpAddress)
            .Distinct()
            .ToListAsync(cancellationToken);
        var network = ClientNetwork.Of(client.IpAddress);
        return network is not null && addresses.Exists(address => ClientNetwork.Of(address) == network)
            ? $"network:{network}"
            : null;
    }
}
