// One after the other: each test that starts processes of its own starts some at once.
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
