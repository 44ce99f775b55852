using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Guests;

public sealed class GuestQueriesTests
{
    [Test]
    public Task The_queries_match_the_snapshot_and_can_be_parsed_by_SQL_Server() =>
        SqlServerRecorder.CompareAsync(
            "Guests/GuestQueries.sql",
            GuestQueries.All,
            _ => Task.CompletedTask,
            (_, _) => { }
        );
}
