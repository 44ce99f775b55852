using System.Data.Common;
using System.Diagnostics;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>All connections to SQL Server are in use, and none has become free in time.</summary>
internal sealed class PoolExhaustedException(Exception cause)
    : Exception("No connection to the database became free in time.", cause);

/// <summary>
/// Gives the pool's own failure a name. SqlClient throws what it throws for bugs too; and it must not be retried, for who
/// waits once more only makes the queue longer. It also measures what cannot be opened.
/// </summary>
internal sealed class SqlServerPoolLimit(DatabaseTimes? times = null) : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(
        DbConnection connection,
        ConnectionEventData eventData,
        InterceptionResult result
    )
    {
        if (result.IsSuppressed)
        {
            return result;
        }

        var started = Stopwatch.GetTimestamp();
        try
        {
            connection.Open();
        }
        catch (Exception exception)
        {
            Explain(exception, started);
            throw;
        }

        return InterceptionResult.Suppress();
    }

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

        var started = Stopwatch.GetTimestamp();
        try
        {
            await connection.OpenAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Explain(exception, started);
            throw;
        }

        return InterceptionResult.Suppress();
    }

    private void Explain(Exception exception, long started)
    {
        times?.RecordFailedOpen(Stopwatch.GetElapsedTime(started), exception);
        if (exception is InvalidOperationException)
        {
            throw new PoolExhaustedException(exception);
        }
    }
}
