using Fitnessify.Infrastructure.Maintenance;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>The cost of a request, of a poll of the feed and of a scan does not depend on unrelated rows.</summary>
public sealed class QueryPlanTests
{
    private static TestDatabase _database = null!;

    [OneTimeSetUp]
    public static async Task Create()
    {
        _database = TestDatabase.EmptySqlite();
        await using var server = _database.Start();
        await server.Services.MigrateDatabaseAsync();
    }

    [OneTimeTearDown]
    public static async Task Drop() => await _database.DisposeAsync();

    [TestCase("find", "SEARCH n USING INDEX sqlite_autoindex_Notifications_1 (OwnerId=? AND Id=?)")]
    [TestCase("list", "SEARCH n USING INDEX IX_Notifications_List (OwnerId=?)")]
    [TestCase("list, later page", "SEARCH n USING INDEX IX_Notifications_List (OwnerId=? AND Sequence<?)")]
    [TestCase("list unread", "SEARCH n USING INDEX IX_Notifications_Unread (OwnerId=?)")]
    [TestCase("list unread, later page", "SEARCH n USING INDEX IX_Notifications_Unread (OwnerId=? AND Sequence<?)")]
    [TestCase("list read", "SEARCH n USING INDEX IX_Notifications_List (OwnerId=?)")]
    [TestCase("list read, later page", "SEARCH n USING INDEX IX_Notifications_List (OwnerId=? AND Sequence<?)")]
    [TestCase("count unread", "SEARCH n USING INDEX IX_Notifications_Unread (OwnerId=?)")]
    [TestCase("read all", "SEARCH n USING INDEX IX_Notifications_Unread (OwnerId=? AND Sequence<?)")]
    [TestCase("place of the last event", "SEARCH n USING INDEX sqlite_autoindex_Notifications_1 (OwnerId=? AND Id=?)")]
    [TestCase("replay", "SEARCH n USING INDEX IX_Notifications_List (OwnerId=? AND Sequence>?)")]
    [TestCase("replay of what is unread", "SEARCH n USING INDEX IX_Notifications_Unread (OwnerId=? AND Sequence>?)")]
    [TestCase(
        "trim",
        "SEARCH u USING INDEX sqlite_autoindex_Users_1 (Id=?)",
        "CORRELATED SCALAR SUBQUERY 1",
        "SEARCH n USING COVERING INDEX IX_Notifications_List (OwnerId=?)",
        "SEARCH n USING COVERING INDEX IX_Notifications_List (OwnerId=? AND Sequence<?)",
        "SEARCH n USING COVERING INDEX IX_Notifications_List (OwnerId=? AND Sequence<?)",
        "SEARCH n USING COVERING INDEX IX_Notifications_List (OwnerId=? AND Sequence<?)"
    )]
    [TestCase("feed", "SEARCH n USING INDEX IX_Notifications_Sequence (Sequence>?)")]
    [TestCase(
        "alerts",
        "SEARCH t USING INDEX IX_Tasks_NextAlertAt (NextAlertAt<?)",
        "SEARCH u USING INDEX sqlite_autoindex_Users_1 (Id=?)"
    )]
    [TestCase(
        "lag",
        "SEARCH t USING INDEX IX_Tasks_NextAlertAt (NextAlertAt<?)",
        "SEARCH u USING INDEX sqlite_autoindex_Users_1 (Id=?)"
    )]
    public async Task Each_query_reads_an_index_range_without_sorting(string query, params string[] plan)
    {
        var steps = await NotificationQueries
            .All.Single(of => of.Name == query)
            .ExplainAsync(
                _database,
                NotificationQueries.FillAsync,
                query is "alerts" or "lag" ? "Tasks" : "Notifications"
            );

        Assert.That(steps, Is.EqualTo(plan));
    }

    [Test]
    public void Every_main_query_is_checked() =>
        Assert.That(
            typeof(QueryPlanTests)
                .GetMethod(nameof(Each_query_reads_an_index_range_without_sorting))!
                .GetCustomAttributes(typeof(TestCaseAttribute), inherit: false)
                .Select(of => ((TestCaseAttribute)of).Arguments[0]),
            Is.EquivalentTo(NotificationQueries.All.Select(query => query.Name))
        );
}
