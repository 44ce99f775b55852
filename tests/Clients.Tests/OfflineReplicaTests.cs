using Fitnessify.Client;
using NUnit.Framework.Constraints;

namespace Fitnessify.Clients.Tests;

/// <summary>What a replica shows and refuses, and how its syncs end.</summary>
public sealed class OfflineReplicaTests
{
    private const string Batch = "POST /api/v1/tasks/batch";
    private const string Changes = "GET /api/v1/changes";

    [Test]
    public async Task A_replica_can_be_read_and_written_before_a_sign_in()
    {
        await using var app = await OfflineApp.OpenAsync(SharedServer.Instance.Address);
        var task = await app.Replica.CreateTaskAsync(new() { Title = "Buy milk" });
        Assert.That(app.Replica.GetTask(task.Id)!.Title, Is.EqualTo("Buy milk"));
        Assert.That(() => app.Replica.SyncAsync(), Throws.InstanceOf<FitnessifyException>());

        using var direct = await SharedServer.Instance.SignUpAsync();
        await app.Session.SignInAsync((await direct.Api.Users.GetMeAsync()).Username, Server.Password);
        await app.Replica.SyncAsync();
        Assert.That((await direct.Api.Tasks.GetAsync(task.Id)).Title, Is.EqualTo("Buy milk"));
    }

    [Test]
    public async Task The_changes_of_one_account_do_not_reach_another_unless_the_app_says_so()
    {
        var store = new MemoryOfflineStore();
        using var ann = await SharedServer.Instance.SignUpAsync();
        using var bob = await SharedServer.Instance.SignUpAsync();
        await using (var replica = await ann.OfflineAsync(store))
        {
            await replica.CreateTaskAsync(new() { Title = "Buy milk" });
            await replica.SyncAsync();
            await replica.CreateTaskAsync(new() { Title = "Pay rent" });
        }

        await using (var replica = await bob.OfflineAsync(store))
        {
            Assert.That(() => replica.SyncAsync(), Refuses(OfflineErrorReason.OwnerChanged));
            Assert.That(await bob.TasksAsync().ToListAsync(), Is.Empty);
            await replica.AdoptAsync();
            await replica.SyncAsync();
            Assert.That(Titles(replica), Is.EqualTo(["Pay rent"]));
            Assert.That((await bob.TasksAsync().ToListAsync()).Select(task => task.Title), Is.EqualTo(["Pay rent"]));
        }

        await using (var replica = await ann.OfflineAsync(store))
        {
            await replica.ClearAsync();
            Assert.That(replica.GetTasks(), Is.Empty);
            await replica.SyncAsync();
            Assert.That(Titles(replica), Is.EqualTo(["Buy milk"]));
        }
    }

    [Test]
    public async Task A_queue_that_is_full_takes_nothing_more_and_loses_nothing()
    {
        await using var app = await SignUpAsync(new() { MaxChanges = 2 });
        var one = await app.Replica.CreateTaskAsync(new() { Title = "One" });
        await app.Replica.CreateTaskAsync(new() { Title = "Two" });
        var three = new TaskInput { Title = "Three" };
        Assert.That(() => app.Replica.CreateTaskAsync(three), Refuses(OfflineErrorReason.QueueFull));
        Assert.That(() => app.Replica.DeleteTaskAsync(one.Id), Refuses(OfflineErrorReason.QueueFull));
        Assert.That(Titles(app.Replica), Is.EqualTo(["One", "Two"]));
        await app.Replica.SyncAsync();
        await app.Replica.CreateTaskAsync(three);
        Assert.That(Titles(app.Replica), Is.EqualTo(["One", "Three", "Two"]));
    }

    [Test]
    public async Task What_is_not_there_cannot_be_changed_and_a_malformed_due_is_refused_at_once()
    {
        await using var app = await SignUpAsync();
        var (replica, nothing) = (app.Replica, Guid.NewGuid());
        Assert.That(() => replica.PatchTaskAsync(nothing, new()), Refuses(OfflineErrorReason.NotFound));
        Assert.That(() => replica.DeleteTaskAsync(nothing), Refuses(OfflineErrorReason.NotFound));
        Assert.That(() => replica.PatchListAsync(nothing, new()), Refuses(OfflineErrorReason.NotFound));
        Assert.That(() => replica.DeleteListAsync(nothing), Refuses(OfflineErrorReason.NotFound));
        Assert.That(() => replica.DiscardAsync(1), Refuses(OfflineErrorReason.NotFound));
        var wrong = new TaskInput
        {
            Title = "No",
            Due = new() { Date = "2030-02-30" },
        };
        Assert.That(() => replica.CreateTaskAsync(wrong), Throws.InstanceOf<ArgumentException>());

        var task = await replica.CreateTaskAsync(new() { Title = "Yes" });
        await replica.PatchTaskAsync(task.Id, new());
        Assert.That(replica.Changes, Has.Count.EqualTo(1));
        Assert.That(() => replica.RetryAsync(replica.Changes[0].Sequence), Refuses(OfflineErrorReason.NotFound));
    }

    [Test]
    public async Task A_hundred_changes_and_more_are_a_few_requests()
    {
        await using var app = await SignUpAsync();
        for (var number = 0; number < 150; number++)
        {
            await app.Replica.CreateTaskAsync(new() { Title = $"Task {number}" });
        }

        await app.Replica.SyncAsync();
        Assert.That(app.Line.Count(Batch), Is.EqualTo(2));
        Assert.That(await app.Session.TasksAsync().ToListAsync(), Has.Count.EqualTo(150));
    }

    [Test]
    public async Task Calls_during_a_sync_share_the_next_which_sends_what_was_written_before_them()
    {
        await using var app = await SignUpAsync();
        using var isHeld = new ManualResetEventSlim();
        app.Line.Before = _ => isHeld.Wait(TimeSpan.FromSeconds(30)) ? null : throw new TimeoutException();
        var first = app.Replica.SyncAsync();
        await app.Replica.CreateTaskAsync(new() { Title = "Buy milk" });
        Task[] later = [app.Replica.SyncAsync(), app.Replica.SyncAsync()];
        isHeld.Set();
        await Task.WhenAll([first, .. later]);
        Assert.That(app.Replica.Changes, Is.Empty);
        Assert.That(app.Line.Count(Changes), Is.EqualTo(2));
    }

    [Test]
    public async Task A_call_that_is_canceled_ends_alone_and_the_sync_with_the_last_one()
    {
        await using var app = await SignUpAsync();
        await app.Replica.CreateTaskAsync(new() { Title = "Buy milk" });
        app.Line.Hangs = call => call == Batch;
        using CancellationTokenSource one = new(),
            two = new();
        var (first, second) = (app.Replica.SyncAsync(one.Token), app.Replica.SyncAsync(two.Token));
        await one.CancelAsync();
        Assert.That(() => first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(second.IsCompleted, Is.False);
        await two.CancelAsync();
        Assert.That(() => second, Throws.InstanceOf<OperationCanceledException>());
        app.Line.Hangs = _ => false;
        await app.Replica.SyncAsync();
        Assert.That(app.Replica.Changes, Is.Empty);
    }

    [Test]
    public async Task An_exception_of_the_conflict_callback_ends_the_sync_and_the_change_waits()
    {
        var answers = 0;
        await using var app = await SignUpAsync(
            new()
            {
                OnConflict = (_, _) =>
                    answers++ == 0
                        ? throw new InvalidOperationException("The app is not ready.")
                        : Task.FromResult(OfflineResolution.Mine),
            }
        );
        var task = await app.Replica.CreateTaskAsync(new() { Title = "Buy milk" });
        await app.Replica.SyncAsync();
        await app.Session.Api.Tasks.PatchAsync(task.Id, new() { Title = "Buy oat milk" });
        await app.Replica.PatchTaskAsync(task.Id, new() { Title = "Buy soy milk" });
        Assert.That(() => app.Replica.SyncAsync(), Throws.InvalidOperationException);
        Assert.That(app.Replica.Changes, Has.Count.EqualTo(1));
        await app.Replica.SyncAsync();
        Assert.That((await app.Session.Api.Tasks.GetAsync(task.Id)).Title, Is.EqualTo("Buy soy milk"));
    }

    [Test]
    public async Task A_change_that_is_rejected_again_does_not_bring_back_what_another_device_has_deleted()
    {
        await using var app = await SignUpAsync();
        var task = await app.Replica.CreateTaskAsync(new() { Title = "Buy milk" });
        await app.Replica.SyncAsync();
        await app.Replica.PatchTaskAsync(task.Id, new() { Title = new string('x', 1000) });
        await app.Session.Api.Tasks.DeleteAsync(task.Id);
        await app.Replica.SyncAsync();
        Assert.That(app.Replica.GetTasks(), Is.Empty);

        await app.Replica.RetryAsync(app.Replica.Changes.Single().Sequence);
        await app.Replica.SyncAsync();
        Assert.That(app.Replica.Changes.Single().Problem!.Code, Is.EqualTo(ErrorCode.ValidationFailed));
        Assert.That(app.Replica.GetTasks(), Is.Empty);
    }

    [Test]
    public async Task An_exception_of_the_change_callback_breaks_no_call()
    {
        var calls = 0;
        await using var app = await SignUpAsync(
            new() { OnChange = () => throw new InvalidOperationException($"{++calls}") }
        );
        await app.Replica.CreateTaskAsync(new() { Title = "Buy milk" });
        await app.Replica.SyncAsync();
        Assert.That(app.Replica.Changes, Is.Empty);
        Assert.That(calls, Is.GreaterThan(1));
    }

    [Test]
    public async Task A_store_that_fails_changes_nothing()
    {
        var store = new MortalStore(new MemoryOfflineStore());
        await using var app = await SignUpAsync(store: store);
        store.BeforeWrite = () => throw new IOException("The disk is full.");
        Assert.That(() => app.Replica.CreateTaskAsync(new() { Title = "Buy milk" }), Throws.InstanceOf<IOException>());
        Assert.That(app.Replica.GetTasks(), Is.Empty);
        Assert.That(app.Replica.Changes, Is.Empty);
        store.BeforeWrite = null;
        await app.Replica.CreateTaskAsync(new() { Title = "Pay rent" });
        await app.Replica.SyncAsync();
        Assert.That((await app.Session.TasksAsync().ToListAsync()).Single().Title, Is.EqualTo("Pay rent"));
    }

    [Test]
    public async Task A_closed_replica_refuses_and_leaves_the_store_to_the_next_one()
    {
        var store = new MemoryOfflineStore();
        using var session = await SharedServer.Instance.SignUpAsync();
        var replica = await session.OfflineAsync(store);
        Assert.That(() => session.OfflineAsync(store), Refuses(OfflineErrorReason.StoreInUse));
        await replica.CreateTaskAsync(new() { Title = "Buy milk" });
        await replica.DisposeAsync();
        Assert.That(() => replica.SyncAsync(), Refuses(OfflineErrorReason.Closed));
        Assert.That(() => replica.CreateTaskAsync(new() { Title = "Pay rent" }), Refuses(OfflineErrorReason.Closed));

        await using var next = await session.OfflineAsync(store);
        Assert.That(Titles(next), Is.EqualTo(["Buy milk"]));
        await next.SyncAsync();
        Assert.That(next.Changes, Is.Empty);
    }

    private static async Task<OfflineApp> SignUpAsync(OfflineOptions? options = null, IOfflineStore? store = null)
    {
        using var direct = await SharedServer.Instance.SignUpAsync();
        var username = (await direct.Api.Users.GetMeAsync()).Username;
        return await OfflineApp.OpenAsync(SharedServer.Instance.Address, username, options, store);
    }

    private static IEnumerable<string> Titles(OfflineReplica replica) =>
        replica.GetTasks().Select(task => task.Title).Order(StringComparer.Ordinal);

    private static EqualConstraint<OfflineErrorReason> Refuses(OfflineErrorReason reason) =>
        Throws.TypeOf<OfflineException>().With.Property(nameof(OfflineException.Reason)).EqualTo(reason);
}
