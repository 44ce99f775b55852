using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>The cost of a request depends neither on the tasks of others nor on how far a list is read.</summary>
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

    [TestCaseSource(typeof(TaskQueries), nameof(TaskQueries.All))]
    public async Task Each_query_reads_an_index_range_without_sorting(object of)
    {
        var query = (MainQuery)of;
        var plan = await ExplainAsync(query);

        Assert.That(plan, Is.Not.Empty);
        var columns = query.Name switch
        {
            // The index is unique, so this is one row at most.
            "get" or "get for a change" => "OwnerId=|Id=",
            // Only the search for trash that must be purged covers all owners.
            "purge" => "OwnerId=|DeletedAt<",
            // So does the query of the counters of all owners.
            "changes" or "changes, later" => "OwnerId=|Name=",
            _ => "OwnerId=",
        };
        Assert.That(plan, Is.All.Match($@"^SEARCH .*USING (COVERING )?INDEX \w+ \(({columns})\?"));
    }

    [TestCase("list createdAt", "IX_Tasks_CreatedAt", "(OwnerId=? AND CreatedAt>?)")]
    [TestCase("list -createdAt", "IX_Tasks_CreatedAt", "(OwnerId=? AND CreatedAt<?)")]
    [TestCase("list updatedAt", "IX_Tasks_UpdatedAt", "(OwnerId=? AND UpdatedAt>?)")]
    [TestCase("list -updatedAt", "IX_Tasks_UpdatedAt", "(OwnerId=? AND UpdatedAt<?)")]
    [TestCase("list dueAt", "IX_Tasks_DueOrLast", "(OwnerId=? AND DueOrLast>?)")]
    [TestCase("list -dueAt", "IX_Tasks_DueOrFirst", "(OwnerId=? AND DueOrFirst<?)")]
    [TestCase("list priority", "IX_Tasks_Priority", "(OwnerId=? AND Priority>?)")]
    [TestCase("list -priority", "IX_Tasks_Priority", "(OwnerId=? AND Priority<?)")]
    [TestCase("list title", "IX_Tasks_TitleKey", "(OwnerId=? AND TitleKey>?)")]
    [TestCase("list -title", "IX_Tasks_TitleKey", "(OwnerId=? AND TitleKey<?)")]
    [TestCase("trash", "IX_Tasks_Trash", "(OwnerId=? AND UpdatedAt<?)")]
    public async Task A_page_starts_in_the_index_of_its_order_where_the_last_one_ended(
        string list,
        string index,
        string range
    )
    {
        var first = await ExplainAsync(TaskQueries.All.Single(query => query.Name == list));
        var later = await ExplainAsync(TaskQueries.All.Single(query => query.Name == $"{list}, later page"));

        Assert.That(first, Is.EqualTo([$"SEARCH t USING INDEX {index} (OwnerId=?)"]));
        Assert.That(later, Is.EqualTo([$"SEARCH t USING INDEX {index} {range}"]));
    }

    [Test]
    public async Task The_summary_is_computed_from_an_index_alone() =>
        Assert.That(
            await ExplainAsync(TaskQueries.All.Single(query => query.Name == "summary")),
            Is.EqualTo(["SEARCH t USING COVERING INDEX IX_Tasks_Summary (OwnerId=?)"])
        );

    private static Task<List<string>> ExplainAsync(MainQuery query) =>
        // Opening a connection and a purge send more commands than are checked here.
        query.ExplainAsync(_database, TaskQueries.FillAsync, "Tasks");
}
