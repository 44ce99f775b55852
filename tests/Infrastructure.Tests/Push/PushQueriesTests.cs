using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>The cost of a claim or of a request does not depend on the messages and devices of others, nor on what was sent.</summary>
public sealed class PushQueriesTests
{
    private const string DeviceById = "SEARCH d USING INDEX sqlite_autoindex_Devices_1 (OwnerId=? AND Id=?)";
    private const string DevicesOfOwner = "SEARCH d USING INDEX sqlite_autoindex_Devices_1 (OwnerId=?)";
    private const string SessionById = "SEARCH s USING INDEX sqlite_autoindex_Sessions_1 (Id=?)";
    private const string MessageById = "SEARCH p USING INDEX sqlite_autoindex_PushDeliveries_1 (Id=?)";
    private const string MessagesOfNotification =
        "SEARCH p USING INDEX IX_PushDeliveries_OwnerId_MessageId_DeviceId (OwnerId=? AND MessageId=?)";
    private const string NotificationsInRange =
        "SEARCH n USING COVERING INDEX IX_Notifications_List (OwnerId=? AND Sequence>? AND Sequence<?)";

    // What waits for a device is deleted with it.
    private const string Cascade =
        "SEARCH PushDeliveries USING COVERING INDEX IX_PushDeliveries_OwnerId_DeviceId (OwnerId=? AND DeviceId=?)";

    // A user has few devices.
    private const string Sorted = "USE TEMP B-TREE FOR ORDER BY";

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

    [TestCase("find", DeviceById, SessionById)]
    [TestCase("list", DevicesOfOwner, SessionById, Sorted)]
    [TestCase(
        "put",
        "SEARCH d USING INDEX IX_Devices_Address (AddressHash=?)",
        Cascade,
        DeviceById,
        Cascade,
        DevicesOfOwner,
        SessionById,
        Sorted
    )]
    [TestCase("remove", DeviceById, Cascade)]
    [TestCase(
        "messages of a notification",
        "SEARCH u USING INDEX sqlite_autoindex_Users_1 (Id=?)",
        DevicesOfOwner,
        SessionById,
        "CORRELATED SCALAR SUBQUERY 1",
        "SEARCH p USING INDEX IX_PushDeliveries_OwnerId_SentAt_DeviceId (OwnerId=? AND SentAt=? AND DeviceId=?)"
    )]
    [TestCase("test", "SEARCH p USING INDEX IX_PushDeliveries_OwnerId_DeviceId (OwnerId=? AND DeviceId=?)")]
    [TestCase(
        "claim",
        "SEARCH p USING INDEX IX_PushDeliveries_NextAttemptAt_Kind (NextAttemptAt<?)",
        "SEARCH p USING INDEX sqlite_autoindex_PushDeliveries_1 (Id=?)"
    )]
    [TestCase(
        "contents",
        MessageById,
        DeviceById,
        SessionById,
        "SEARCH u USING INDEX sqlite_autoindex_Users_1 (Id=?)",
        "SEARCH n USING INDEX sqlite_autoindex_Notifications_1 (OwnerId=? AND Id=?) LEFT-JOIN",
        "CORRELATED SCALAR SUBQUERY 1",
        "SEARCH t USING INDEX IX_Tasks_Id (Id=?)"
    )]
    [TestCase("sent", MessageById, MessageById)]
    [TestCase("failed", MessageById, MessageById)]
    [TestCase("postponed", MessageById, MessageById)]
    [TestCase("dropped", MessageById, MessageById)]
    [TestCase("dead", "SEARCH d USING INDEX IX_Devices_Address (AddressHash=?)", Cascade)]
    [TestCase("dismiss", MessagesOfNotification, "CORRELATED SCALAR SUBQUERY 1", DeviceById, MessagesOfNotification)]
    [TestCase(
        "dismiss all",
        MessagesOfNotification,
        "LIST SUBQUERY 1",
        NotificationsInRange,
        "CORRELATED SCALAR SUBQUERY 2",
        DeviceById,
        MessagesOfNotification,
        "LIST SUBQUERY 1",
        NotificationsInRange
    )]
    [TestCase("hasten", "SEARCH p USING INDEX IX_PushDeliveries_OwnerId_SentAt_DeviceId (OwnerId=? AND SentAt=?)")]
    public async Task Each_query_reads_an_index_range(string query, params string[] plan)
    {
        var steps = await PushQueries
            .All.Single(of => of.Name == query)
            .ExplainAsync(_database, PushQueries.FillAsync, TableOf(query));

        Assert.That(steps, Is.EqualTo(plan));
    }

    [Test]
    public void Every_main_query_is_checked() =>
        Assert.That(
            typeof(PushQueriesTests)
                .GetMethod(nameof(Each_query_reads_an_index_range))!
                .GetCustomAttributes(typeof(TestCaseAttribute), inherit: false)
                .Select(of => ((TestCaseAttribute)of).Arguments[0]),
            Is.EquivalentTo(PushQueries.All.Select(query => query.Name))
        );

    [Test]
    public Task The_queries_match_the_snapshot_and_can_be_parsed_by_SQL_Server() =>
        SqlServerRecorder.CompareAsync("Push/PushQueries.sql", PushQueries.Reads, PushQueries.FillAsync, (_, _) => { });

    private static string TableOf(string query) =>
        query is "find" or "list" or "put" or "remove" or "dead" or "messages of a notification"
            ? "Devices"
            : "PushDeliveries";
}
