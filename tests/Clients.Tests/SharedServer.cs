namespace Fitnessify.Clients.Tests;

/// <summary>The server of all tests that do not stop it; each test creates its own user.</summary>
[SetUpFixture]
public sealed class SharedServer
{
    internal static Server Instance { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => Instance = await Server.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await Instance.DisposeAsync();
}
