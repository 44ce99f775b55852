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

    [TestCaseSource(typeof(TaskQueries), nameof(TaskQueries.Ranges))]
    public async Task Each_query_reads_an_index_range_without_sorting(object of)
    {
        var query = (MainQuery)of;
        var plan = await ExplainAsync(query);

        Assert.That(plan, Is.Not.Empty);
        var columns = query.Name switch
        {
            // The index is unique, so this is one row at most.
            "get" or "get for a change" or "series, for a change" => "OwnerId=|Id=",
            // Only the search for trash that must be purged covers all owners.
            "purge" => "OwnerId=|DeletedAt<",
            _ => "OwnerId=",
        };
        // The ids of archived lists are read once for a page.
        Assert.That(
            plan.Except(["LIST SUBQUERY 1", "CREATE BLOOM FILTER"]),
            Is.All.Match($@"^SEARCH .*USING (COVERING )?INDEX \w+ \(({columns})\?")
        );
    }

    [TestCase("list createdAt", "IX_Tasks_CreatedAt", "(OwnerId=? AND CreatedAt>?)")]
    [TestCase("list -createdAt", "IX_Tasks_CreatedAt", "(OwnerId=? AND CreatedAt<?)")]
    [TestCase("list updatedAt", "IX_Tasks_Version", "(OwnerId=? AND Version>?)")]
    [TestCase("list -updatedAt", "IX_Tasks_Version", "(OwnerId=? AND Version<?)")]
    [TestCase("list priority", "IX_Tasks_Priority", "(OwnerId=? AND Priority>?)")]
    [TestCase("list -priority", "IX_Tasks_Priority", "(OwnerId=? AND Priority<?)")]
    [TestCase("list title", "IX_Tasks_TitleKey", "(OwnerId=? AND TitleKey>?)")]
    [TestCase("list -title", "IX_Tasks_TitleKey", "(OwnerId=? AND TitleKey<?)")]
    [TestCase("list position", "IX_Tasks_Position", "(OwnerId=? AND PositionKey>?)")]
    [TestCase("list -position", "IX_Tasks_Position", "(OwnerId=? AND PositionKey<?)")]
    [TestCase("trash", "IX_Tasks_Trash", "(OwnerId=? AND Version<?)")]
    public async Task A_page_starts_in_the_index_of_its_order_where_the_last_one_ended(
        string list,
        string index,
        string range
    )
    {
        var first = await ExplainAsync(TaskQueries.All.Single(query => query.Name == list));
        var later = await ExplainAsync(TaskQueries.All.Single(query => query.Name == $"{list}, later page"));

        Assert.That(first[0], Is.EqualTo($"SEARCH t USING INDEX {index} (OwnerId=?)"));
        Assert.That(later[0], Is.EqualTo($"SEARCH t USING INDEX {index} {range}"));
    }

    [TestCase("list dueAt", "DueAt>?")]
    [TestCase("list -dueAt", "DueAt>?")]
    public async Task A_page_by_due_time_reads_tasks_with_one_and_then_those_without(string list, string range) =>
        Assert.That(
            (await ExplainAsync(TaskQueries.All.Single(query => query.Name == list))).Where(IsOfTasks),
            Is.EqualTo([
                $"SEARCH t USING INDEX IX_Tasks_DueAt (OwnerId=? AND {range})",
                "SEARCH t USING INDEX IX_Tasks_DueAt (OwnerId=? AND DueAt=?)",
            ])
        );

    [TestCase("inbox position", "IX_Tasks_ListId (OwnerId=? AND ListId=?)")]
    [TestCase("inbox -createdAt", "IX_Tasks_CreatedAt (OwnerId=?)")]
    [TestCase("inbox position, later page", "IX_Tasks_ListId (OwnerId=? AND ListId=? AND PositionKey>?)")]
    public async Task The_tasks_of_one_list_are_a_range_of_an_index(string list, string range) =>
        Assert.That(
            await ExplainAsync(TaskQueries.All.Single(query => query.Name == list)),
            Is.EqualTo([$"SEARCH t USING INDEX {range}"])
        );

    [TestCase("series", "IX_Tasks_SeriesCreatedAt (OwnerId=? AND SeriesId=?)")]
    [TestCase("series, later page", "IX_Tasks_SeriesCreatedAt (OwnerId=? AND SeriesId=? AND CreatedAt<?)")]
    [TestCase("series, later", "IX_Tasks_Series (OwnerId=? AND SeriesId=? AND Occurrence>?)")]
    [TestCase("series end", "IX_Tasks_Series (OwnerId=? AND SeriesId=?)")]
    public async Task The_tasks_of_one_series_are_a_range_of_an_index(string list, string range) =>
        Assert.That(
            (await ExplainAsync(TaskQueries.All.Single(query => query.Name == list)))[0],
            Is.EqualTo($"SEARCH t USING INDEX {range}")
        );

    [Test]
    public async Task A_page_of_a_history_is_one_range_of_an_index_and_one_task_before_it() =>
        Assert.That(
            (await ExplainAsync(TaskQueries.All.Single(query => query.Name == "series history"))).Where(step =>
                step.StartsWith("SEARCH t", StringComparison.Ordinal)
            ),
            Is.EqualTo([
                "SEARCH t USING INDEX IX_Tasks_Series (OwnerId=? AND SeriesId=? AND Occurrence<?)",
                "SEARCH t0 USING INDEX IX_Tasks_Series (OwnerId=? AND SeriesId=? AND Occurrence>? AND Occurrence<?)",
            ])
        );

    [Test]
    public async Task A_filter_by_due_time_reads_that_range_and_sorts_no_more_than_it()
    {
        var plan = await ExplainAsync(TaskQueries.All.Single(query => query.Name == "list, filtered"));

        Assert.That(
            plan.Where(IsOfTasks),
            Is.EqualTo([
                "SEARCH t USING INDEX IX_Tasks_CreatedAt (OwnerId=?)",
                "SEARCH t USING INDEX IX_Tasks_DueAt (OwnerId=? AND DueAt>? AND DueAt<?)",
            ])
        );
        Assert.That(plan[^1], Is.EqualTo("USE TEMP B-TREE FOR ORDER BY"));
    }

    [TestCase("changes")]
    [TestCase("changes, later")]
    public async Task Changes_are_ranges_of_the_indexes_by_version(string name)
    {
        var plan = await ExplainAsync(TaskQueries.All.Single(query => query.Name == name));

        Assert.That(
            plan.Where(step => step.StartsWith("SEARCH", StringComparison.Ordinal)),
            Is.EqualTo([
                "SEARCH t USING INDEX IX_Tasks_Version (OwnerId=? AND Version>? AND Version<?)",
                "SEARCH t0 USING INDEX IX_Tasks_Trash (OwnerId=? AND Version>? AND Version<?)",
            ])
        );
        // Only what was found in these ranges is merged, at most one page of each.
        Assert.That(
            plan.Where(step => step.StartsWith("SCAN", StringComparison.Ordinal)),
            Is.EqualTo(["SCAN t1", "SCAN t2"])
        );
    }

    [Test]
    public async Task The_summary_is_computed_from_an_index_alone() =>
        Assert.That(
            await ExplainAsync(TaskQueries.All.Single(query => query.Name == "summary")),
            Is.EqualTo(["SEARCH t USING COVERING INDEX IX_Tasks_Summary (OwnerId=?)"])
        );

    private static bool IsOfTasks(string step) => step.StartsWith("SEARCH t ", StringComparison.Ordinal);

    private static Task<List<string>> ExplainAsync(MainQuery query) =>
        // Opening a connection and a purge send more commands than are checked here.
        query.ExplainAsync(_database, TaskQueries.FillAsync, "Tasks");
}
