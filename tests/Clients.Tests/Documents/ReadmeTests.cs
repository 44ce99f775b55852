using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class ReadmeTests
{
    // The example writes to this instead of the real console.
    private StringWriter Console { get; } = new();

    [Test]
    public Task The_document_contains_this_code() => Examples.AssertShownInAsync("README.md", nameof(ReadmeTests));

    [Test]
    public async Task A_user_adds_a_task_and_changes_it()
    {
        var server = SharedServer.Instance;

        using var session = new FitnessifySession(server.Address);
        var emil = new RegisterUserCommand { Username = "emil", Email = "emil@example.com" };
        emil.Password = "seven quiet otters paint";
        await session.Api.Auth.RegisterAsync(emil);
        await session.SignInAsync("emil", "seven quiet otters paint", "Laptop");
        var rent = await session.Api.Tasks.CreateAsync(new() { Title = "Pay rent" });
        rent = await session.Api.Tasks.PatchAsync(rent.Id, new() { Status = TaskItemStatus.Done }, rent.ETag());
        Console.WriteLine($"{rent.Title}: {rent.Status}, version {rent.Version}");

        Assert.That(Console.ToString(), Is.EqualTo($"Pay rent: Done, version 2{Environment.NewLine}"));
    }
}
