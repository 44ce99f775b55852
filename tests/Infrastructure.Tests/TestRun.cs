[assembly: Parallelizable(ParallelScope.All)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

[SetUpFixture]
internal sealed class TestRun : RunDatabase;
