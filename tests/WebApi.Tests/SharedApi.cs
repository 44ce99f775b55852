[assembly: Parallelizable(ParallelScope.All)]
// Many tests wait for a job or a time limit, so that this is faster even on two cores.
[assembly: LevelOfParallelism(4)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace Fitnessify.WebApi.Tests;

/// <summary>The server of all tests that need no settings of their own, and the servers that are rented.</summary>
[SetUpFixture]
public sealed class SharedApi
{
    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await TestDatabase.BeginRunAsync(GetType().Assembly.GetName().Name!);
        await Api.StartSharedAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await Api.StopSharedAsync();
}
