namespace Fitnessify.Testing;

/// <summary>
/// The database of the tests of a project that need none of their own. The project derives its SetUpFixture from this class,
/// outside any namespace, so that it surrounds all of its tests.
/// </summary>
internal abstract class RunDatabase
{
    public static TestDatabase Database { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task CreateDatabase()
    {
        await TestDatabase.BeginRunAsync(GetType().Assembly.GetName().Name!);
        Database = await TestDatabase.MigratedAsync();
    }

    [OneTimeTearDown]
    public async Task DropDatabase()
    {
        await Database.DisposeAsync();
        TestDatabase.EndRun();
    }
}
