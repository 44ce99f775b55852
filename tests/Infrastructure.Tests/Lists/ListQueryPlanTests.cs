using Fitnessify.Infrastructure.Lists;
using Fitnessify.Infrastructure.Maintenance;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Lists;

/// <summary>The cost of a request does not depend on the lists of others.</summary>
public sealed class ListQueryPlanTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

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

    [Test]
    public Task All_lists_are_a_range_of_an_index() =>
        AssertPlanAsync(
            on => new ListRepository(on.Context).ListAsync(on.OwnerId, default),
            "SEARCH l USING INDEX IX_Lists_OwnerId_Version (OwnerId=?)"
        );

    [Test]
    public Task One_list_is_one_row() =>
        AssertPlanAsync(
            on => new ListRepository(on.Context).ReadAsync(on.OwnerId, Guid.Empty, default),
            "SEARCH l USING INDEX IX_Lists_Id (Id=?)"
        );

    [Test]
    public Task Deleted_lists_with_tasks_have_an_index_of_their_own() =>
        AssertPlanAsync(
            on => new DeletedLists(on.Context, on.UnitOfWork).EmptyAsync(Now, 1, default),
            "SEARCH l USING INDEX IX_Lists_EmptyThrough (EmptyThrough>?)",
            "SEARCH c EXISTS USING COVERING INDEX sqlite_autoindex_ChangeCounters_1 (OwnerId=?)"
        );

    [Test]
    public Task Deleted_lists_to_forget_have_one_too() =>
        AssertPlanAsync(
            on => new DeletedLists(on.Context, on.UnitOfWork).PurgeAsync(Now.AddYears(-1), 1, default),
            "SEARCH l USING INDEX IX_Lists_DeletedAt (DeletedAt<?)"
        );

    private static async Task AssertPlanAsync(Func<QueryTarget, Task> run, params string[] steps) =>
        Assert.That(
            await new MainQuery("lists", run).ExplainAsync(_database, server => server.CreateListAsync(), "Lists"),
            Is.EqualTo(steps)
        );
}
