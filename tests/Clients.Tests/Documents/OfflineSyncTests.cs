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

        var tasks = new Dictionary<Guid, TaskDto>();
        var lists = new Dictionary<Guid, ListDto>();
        string? since = null;

        async Task PullAsync()
        {
            try
            {
                await foreach (var page in session.SyncAsync(since))
                {
                    foreach (var change in page.Items)
                    {
                        if (change.Task is { } task)
                        {
                            tasks[change.Id] = task;
                        }
                        else if (change.List is { } list)
                        {
                            lists[change.Id] = list;
                        }
                        else if (change.Kind == ChangeKind.Task)
                        {
                            tasks.Remove(change.Id);
                        }
                        else if (change.Kind == ChangeKind.List)
                        {
                            lists.Remove(change.Id);
                        }
                    }

                    since = page.Next;
                }
            }
            catch (FitnessifyException refusal)
                when (since is not null && refusal.Code is ErrorCode.SyncTokenExpired or ErrorCode.InvalidSyncToken)
            {
                tasks.Clear();
                lists.Clear();
                since = null;
                await PullAsync();
            }
        }

        var newList = new ListInput { Name = "Groceries" };
        var groceries = await session.Api.Lists.ReplaceAsync(Guid.NewGuid(), newList, ifNoneMatch: "*");
        var id = Guid.NewGuid();
        var milk = await session.CreateTaskAsync(new() { Title = "Buy milk", Labels = ["home"] }, id);
        await session.CreateTaskAsync(new() { Title = "Buy milk", Labels = ["home"] }, id);
        await PullAsync();
        Assert.That(tasks.Values.Single().Version, Is.EqualTo(milk.Version));
        Assert.That(lists.Values.Single().Version, Is.EqualTo(groceries.Version));

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
        var merged = await PushAsync(id, new() { Title = "Buy oat milk" }, tasks[id]);
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

        await tablet.Api.Lists.DeleteAsync(groceries.Id);
        async Task<TaskDto> AddAsync(TaskInput task, Guid newId)
        {
            try
            {
                return await session.CreateTaskAsync(task, newId);
            }
            catch (FitnessifyException refusal) when (refusal.Errors.Any(error => error.Pointer == "#/listId"))
            {
                task.ListId = null;
                return await session.CreateTaskAsync(task, newId);
            }
        }

        var oats = await AddAsync(new() { Title = "Buy oats", ListId = groceries.Id }, Guid.NewGuid());
        Assert.That(oats.ListId, Is.Null);
        await tablet.Api.Tasks.DeleteAsync(id);
        await PullAsync();
        Assert.That(lists, Is.Empty);

        var inbox = tasks.Values.Where(task => task.ListId is null).Select(task => (task.Id.ToString(), task.Position));
        var moves = new List<TaskOperation>();
        foreach (var (moved, position) in Positions.Move(inbox, oats.Id.ToString(), 0))
        {
            var operation = new TaskOperation { Op = TaskOperationKind.Patch, Id = Guid.Parse(moved) };
            operation.Task = new() { Position = position };
            moves.Add(operation);
        }

        await session.Api.Tasks.BatchAsync(new() { Operations = moves });
        await PullAsync();
        Assert.That(Titles(), Is.EqualTo((string[])["Buy oats", "Pay rent"]));

        (since, tasks[id], lists[groceries.Id]) = ("from another server", merged, groceries);
        await PullAsync();
        Assert.That(Titles(), Is.EqualTo((string[])["Buy oats", "Pay rent"]));
        Assert.That(lists, Is.Empty);

        IEnumerable<string> Titles() =>
            tasks.Values.OrderBy(task => task.Position, StringComparer.Ordinal).Select(task => task.Title);
    }
}
