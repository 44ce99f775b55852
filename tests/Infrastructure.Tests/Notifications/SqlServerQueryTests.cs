using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>Records the statements for SQL Server without a server.</summary>
public sealed class SqlServerQueryTests
{
    [Test]
    public Task The_main_queries_match_the_snapshot_and_can_be_parsed_by_SQL_Server() =>
        SqlServerRecorder.CompareAsync(
            "Notifications/NotificationQueries.sql",
            NotificationQueries.All,
            NotificationQueries.FillAsync,
            NotificationQueries.Answer
        );
}
