using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fitnessify.Infrastructure.Persistence.SqlServer;

/// <summary>All pooled connections to SQL Server are in use, and none became free in time.</summary>
internal sealed class PoolExhaustedException(Exception cause)
    : Exception("No connection to the database became free in time.", cause);

/// <summary>
/// Translates the timeout of SqlClient's connection pool into an exception of its own. SqlClient throws the same type for bugs,
/// and the timeout must not be retried, because a second wait makes the queue longer. The class also measures failed attempts
/// to open a connection. It does not open connections itself: EF Core passes on when a failure is expected, and SqlClient then
/// skips its second attempt ten seconds later.
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
