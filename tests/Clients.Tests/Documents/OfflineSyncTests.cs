using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class OfflineSyncTests
{
    [Test]
    public Task The_document_contains_this_code() =>
        Examples.AssertShownInAsync("docs/offline-sync.md", nameof(OfflineSyncTests));

    [Test]
    public async Task Two_devices_that_are_sometimes_offline_stay_in_sync()
    {
        var server = SharedServer.Instance;
        using var session = new FitnessifySession(server.Address);
        var cleo = new RegisterUserCommand { Username = "cleo", Email = "cleo@example.com" };
        cleo.Password = "brave lanterns orbit softly";
        await session.Api.Auth.RegisterAsync(cleo);
        await session.SignInAsync("cleo", "brave lanterns orbit softly", "Phone");
        using var tablet = new FitnessifySession(server.Address);
        await tablet.SignInAsync("cleo", "brave lanterns orbit softly", "Tablet");

        var copies = new Dictionary<Guid, TaskDto>();
        string? since = null;

        async Task PullAsync()
        {
            try
            {
                await foreach (var page in session.SyncAsync(since))
                {
                    foreach (var change in page.Items)
                    {
                        if (change.Deleted)
                        {
                            copies.Remove(change.Id);
                        }
                        else
                        {
                            copies[change.Id] = change.Task!;
                        }
                    }

                    since = page.Next;
                }
            }
            catch (FitnessifyException refusal)
                when (since is not null && refusal.Code is ErrorCode.SyncTokenExpired or ErrorCode.InvalidSyncToken)
            {
                copies.Clear();
                since = null;
                await PullAsync();
            }
        }

        var id = Guid.NewGuid();
        var milk = await session.CreateTaskAsync(new() { Title = "Buy milk", Labels = ["home"] }, id);
        await session.CreateTaskAsync(new() { Title = "Buy milk", Labels = ["home"] }, id);
        await PullAsync();
        Assert.That(copies.Values.Single().Version, Is.EqualTo(milk.Version));

        async Task<TaskDto> PushAsync(Guid task, TaskPatch patch, TaskDto copy)
        {
            try
            {
                return await session.Api.Tasks.PatchAsync(task, patch, ifMatch: copy.ETag());
            }
            catch (FitnessifyException refusal) when (refusal.Code == ErrorCode.PreconditionFailed)
            {
                return await PushAsync(task, patch, refusal.Current<TaskDto>()!);
            }
        }

        await tablet.Api.Tasks.PatchAsync(id, new() { Priority = TaskPriority.High });
        var merged = await PushAsync(id, new() { Title = "Buy oat milk" }, copies[id]);
        Assert.That((merged.Title, merged.Priority), Is.EqualTo(("Buy oat milk", TaskPriority.High)));

        var rent = new TaskOperation { Op = TaskOperationKind.Create, Id = Guid.NewGuid() };
        rent.Task = new() { Title = "Pay rent" };
        var done = new TaskOperation { Op = TaskOperationKind.Patch, Id = id };
        done.IfMatch = merged.Version;
        done.Task = new() { Status = TaskItemStatus.Done };
        var gone = new TaskOperation { Op = TaskOperationKind.Delete, Id = Guid.NewGuid() };
        var batch = await session.Api.Tasks.BatchAsync(new() { Operations = [rent, done, gone] });
        var failed = batch.Results.Where(result => result.Problem is { } problem && problem.Code != ErrorCode.NotFound);
        Assert.That(batch.Results.Select(result => result.Status), Is.EqualTo((int[])[201, 200, 404]));
        Assert.That(failed, Is.Empty);
        await tablet.Api.Tasks.DeleteAsync(id);
        await PullAsync();
        Assert.That(copies.Values.Select(task => task.Title), Is.EqualTo((string[])["Pay rent"]));

        (since, copies[id]) = ("from another server", merged);
        await PullAsync();
        Assert.That(copies.Values.Select(task => task.Title), Is.EqualTo((string[])["Pay rent"]));
    }
}
