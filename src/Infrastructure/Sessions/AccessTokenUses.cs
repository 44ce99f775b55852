using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>Stores that the tokens of a refresh are in use.</summary>
internal sealed class AccessTokenUses(AppDbContext context, LiveSessionCache cache, BackgroundWrites sideWrites)
{
    // Long for a write, and short for whoever reads.
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether the token may be used. What only reads does not wait for a database that cannot be written.</summary>
    public async Task<bool> TryStoreAsync(AccessClaim token, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            return isWrite
                ? await StoreAsync(context, token, cancellationToken)
                : await sideWrites
                    .RunAsync(side => StoreAsync(side, token, CancellationToken.None))
                    .WaitAsync(Timeout, cancellationToken)
                    ?? true;
        }
        // A write that has waited too long for its turn is an outage instead.
        catch (TimeoutException) when (!isWrite)
        {
            // The next request that brings the token asks again.
            return true;
        }
        finally
        {
            cache.Evict(token.SessionId);
        }
    }

    private static async Task<bool> StoreAsync(
        AppDbContext context,
        AccessClaim token,
        CancellationToken cancellationToken
    ) =>
        await context.WriteAsync(
            () =>
                context
                    .Sessions.Where(session =>
                        session.Id == token.SessionId
                        && session.RefreshCounter == token.Counter
                        && session.RevokedAt == null
                        && !session.IsUsed
                    )
                    .ExecuteUpdateAsync(set => set.SetProperty(session => session.IsUsed, true), cancellationToken),
            cancellationToken
        ) == 1;
}
