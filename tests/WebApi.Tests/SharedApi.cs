[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace Fitnessify.WebApi.Tests;

/// <summary>One server for all tests that need no settings of their own.</summary>
[SetUpFixture]
public sealed class SharedApi
{
    [OneTimeSetUp]
    public async Task StartAsync()
    {
        await TestDatabase.BeginRunAsync(GetType().Assembly.GetName().Name!);
        Api.Shared = Api.Start();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await Api.Shared.DisposeAsync();
}
