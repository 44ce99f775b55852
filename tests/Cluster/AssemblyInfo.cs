// These tests do not run in parallel, because each test with its own processes starts several at once.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
