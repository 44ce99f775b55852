using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Persistence.Sqlite;
using Fitnessify.Infrastructure.Persistence.SqlServer;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Storage;

namespace Fitnessify.Infrastructure.Persistence;

/// <summary>Knows the outages of both databases.</summary>
internal sealed class DatabaseOutages : IOutages
{
    public bool IsOutage(Exception exception) =>
        exception switch
        {
            SqliteException sqlite => SqliteDbContext.IsOutage(sqlite),
            SqlException sqlServer => SqlServerDbContext.IsOutage(sqlServer),
            RetryLimitExceededException or TimeoutException => true,
            CommitInDoubtException or PoolExhaustedException => true,
            { InnerException: { } inner } => IsOutage(inner),
            _ => false,
        };
}
