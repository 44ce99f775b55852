[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

/// <summary>Outside any namespace, so that it stands around the tests of all of them.</summary>
[SetUpFixture]
internal sealed class TestRun
{
    /// <summary>The database of all tests that go through the pipeline; each signs up a user of its own.</summary>
    public static TestDatabase Database { get; private set; } = null!;

    [OneTimeSetUp]
    public static async Task CreateDatabase()
    {
        await TestDatabase.BeginRunAsync("Application.Tests");
        Database = await TestDatabase.MigratedAsync();
    }

    [OneTimeTearDown]
    public static async Task DropDatabase() => await Database.DisposeAsync();
}
