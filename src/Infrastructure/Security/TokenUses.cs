using Fitnessify.Domain.Common;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Fitnessify.Infrastructure.Security;

/// <summary>Stores that the tokens of a refresh are in use.</summary>
internal sealed partial class TokenUses(
    AppDbContext context,
    LiveSessionCache cache,
    IOutages outages,
    ILogger<TokenUses> logger
)
{
    /// <summary>Whether the token may be used. What only reads need not wait for a database that cannot be written.</summary>
    public async Task<bool> TryStoreAsync(AccessClaim token, bool isWrite, CancellationToken cancellationToken)
    {
        try
        {
            var stored = await context.WriteAsync(
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
            );
            return stored == 1;
        }
        catch (Exception exception) when (!isWrite && outages.IsOutage(exception))
        {
            LogNotStored(exception.GetBaseException().Message);
            return true;
        }
        finally
        {
            cache.Evict(token.SessionId);
        }
    }

    [LoggerMessage(
        LogLevel.Warning,
        "The first use of new tokens was not stored: {Reason}. The next request tries again."
    )]
    private partial void LogNotStored(string reason);
}
