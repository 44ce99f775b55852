using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>What SQL Server is asked, recorded without one.</summary>
public sealed class SqlServerQueryTests
{
    [Test]
    public Task The_main_queries_are_those_of_the_snapshot_and_SQL_Server_can_read_them() =>
        SqlServerRecorder.CompareAsync(
            "Notifications/NotificationQueries.sql",
            NotificationQueries.All,
            NotificationQueries.FillAsync,
            NotificationQueries.Answer
        );
}
