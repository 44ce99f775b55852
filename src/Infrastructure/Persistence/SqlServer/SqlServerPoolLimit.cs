using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fitnessify.Infrastructure.Persistence.SqlServer;

/// <summary>All connections to SQL Server are in use, and none has become free in time.</summary>
internal sealed class PoolExhaustedException(Exception cause)
    : Exception("No connection to the database became free in time.", cause);

/// <summary>
/// Gives the pool's own failure a name. SqlClient throws what it throws for bugs too; and it must not be retried, for who
/// waits once more only makes the queue longer. It also measures what cannot be opened. It does not open anything itself: EF
/// Core knows when a failure is no surprise, and then spares SqlClient's second attempt, ten seconds later.
/// </summary>
internal sealed class SqlServerPoolLimit(IDatabaseObserver? observer = null) : DbConnectionInterceptor
{
    public override void ConnectionFailed(DbConnection connection, ConnectionErrorEventData eventData) =>
        Explain(eventData);

    public override Task ConnectionFailedAsync(
        DbConnection connection,
        ConnectionErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Explain(eventData);
        return Task.CompletedTask;
    }

    private void Explain(ConnectionErrorEventData failure)
    {
        observer?.RecordFailedOpen(failure.Duration, failure.Exception);
        if (failure.Exception is InvalidOperationException)
        {
            throw new PoolExhaustedException(failure.Exception);
        }
    }
}
