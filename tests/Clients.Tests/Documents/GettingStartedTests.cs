using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class GettingStartedTests
{
    [Test]
    public Task The_document_contains_this_code() =>
        Examples.AssertShownInAsync("docs/getting-started.md", nameof(GettingStartedTests));

    [Test]
    public async Task A_user_takes_the_first_steps()
    {
        var server = SharedServer.Instance;
        var shown = new List<string>();
        void Show(string text) => shown.Add(text);

        using var session = new FitnessifySession(server.Address);
        var ann = new RegisterUserCommand { Username = "ann", Email = "ann@example.com" };
        ann.Password = "correct horse battery staple";
        await session.Api.Auth.RegisterAsync(ann);

        await session.SignInAsync("ann", "correct horse battery staple", "Phone");
        var me = await session.Api.Users.GetMeAsync();
        Show($"Hello, {me.Username}!");

        var milk = await session.Api.Tasks.CreateAsync(new() { Title = "Buy milk", Labels = ["home"] });
        var open = await session.Api.Tasks.ListAsync(status: ["todo", "inProgress"], sort: "dueAt", limit: 20);
        foreach (var task in open.Items)
        {
            Show(task.Title);
        }

        var done = new TaskPatch { Status = TaskItemStatus.Done };
        await session.Api.Tasks.PatchAsync(milk.Id, done, ifMatch: milk.ETag());
        Assert.That((await session.Api.Tasks.GetAsync(milk.Id)).Status, Is.EqualTo(TaskItemStatus.Done));

        try
        {
            await session.Api.Tasks.CreateAsync(new() { Title = "" });
        }
        catch (FitnessifyException refusal) when (refusal.Code == ErrorCode.ValidationFailed)
        {
            foreach (var wrong in refusal.Errors)
            {
                Show($"{wrong.Pointer}: {wrong.Code}");
            }
        }

        var due = DateTimeOffset.Parse("2026-01-01T18:00:00Z", null);
        await session.Api.Tasks.CreateAsync(new() { Title = "Pay rent", DueAt = due });
        await foreach (var notification in session.NotificationsAsync(after: Guid.Empty))
        {
            Show($"Overdue: {notification.Title}");
            break;
        }

        await session.SignOutAsync();
        Assert.CatchAsync<FitnessifyException>(() => session.Api.Users.GetMeAsync());
        string[] expected = ["Hello, ann!", "Buy milk", "#/title: required", "Overdue: Pay rent"];
        Assert.That(shown, Is.EqualTo(expected));
    }
}
