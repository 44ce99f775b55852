using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>All connections to SQL Server are in use, and none has become free in time.</summary>
internal sealed class PoolExhaustedException(Exception cause)
    : Exception("No connection to the database became free in time.", cause);

/// <summary>
/// Gives the pool's own failure a name. SqlClient throws what it throws for bugs too; and it must not be retried, for who
/// waits once more only makes the queue longer.
/// </summary>
internal sealed class SqlServerPoolLimit : DbConnectionInterceptor
{
    public override async ValueTask<InterceptionResult> ConnectionOpeningAsync(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result,
        CancellationToken cancellationToken = default
    )
    {
        if (result.IsSuppressed)
        {
            return result;
        }

        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            throw new PoolExhaustedException(exception);
        }

        return InterceptionResult.Suppress();
    }
}
