using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

/// <summary>One counter orders all changes of an owner, for any number of devices that write at once.</summary>
public sealed class ParallelWritesTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Due = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Instance _server = TestRun.Database.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public Task SignInNewUser() => _server.SignInNewUserAsync();

    [Test]
    public async Task Sixty_concurrent_creates_get_consecutive_versions()
    {
        var created = await AtOnceAsync(60, i => _server.SendAsync(new CreateTaskCommand(new TaskInput($"{i}"))));

        Assert.That(Versions(created), Is.EqualTo(Enumerable.Range(1, 60)));
    }

    [Test]
    public async Task Versions_of_two_owners_are_counted_separately()
    {
        await using var other = TestRun.Database.Start();
        await other.SignInNewUserAsync();

        var created = await AtOnceAsync(
            20,
            i => (i % 2 == 0 ? _server : other).SendAsync(new CreateTaskCommand(new TaskInput($"{i}")))
        );

        Assert.That(Versions(created.Where((_, i) => i % 2 == 0)), Is.EqualTo(Enumerable.Range(1, 10)));
        Assert.That(Versions(created.Where((_, i) => i % 2 != 0)), Is.EqualTo(Enumerable.Range(1, 10)));
    }

    [Test]
    public async Task One_of_twenty_concurrent_writes_with_the_same_ETag_succeeds()
    {
        var task = await _server.CreateAsync();

        var patched = await AtOnceAsync(20, i => _server.PatchAsync(task.Id, Title($"{i}"), task.Version));

        var winner = patched.Single(result => result.IsSuccess).Value!;
        var losers = patched.Where(result => !result.IsSuccess).Select(result => result.Error!).ToList();
        Assert.That(losers.Select(error => error.Code), Is.EqualTo(Enumerable.Repeat("precondition_failed", 19)));
        Assert.That(
            losers.Select(error => error.Details!["current"]),
            Is.All.EqualTo(winner).UsingPropertiesComparer()
        );
        Assert.That((await _server.GetAsync(task.Id)).Title, Is.EqualTo(winner.Title));
    }

    [Test]
    public async Task Twenty_concurrent_patches_of_different_members_all_apply_without_an_ETag()
    {
        var task = await _server.CreateAsync();

        var patched = await AtOnceAsync(20, i => _server.PatchAsync(task.Id, OneMember(i)));

        Assert.That(Versions(patched), Is.EqualTo(Enumerable.Range(2, 20)));
        // Each member has the value of its latest patch; no patch has undone that of another member.
        var now = await _server.GetAsync(task.Id);
        int Latest(int member) =>
            patched.Index().Where(p => p.Index % 4 == member).MaxBy(p => p.Item.Value!.Version).Index;
        Assert.That(now.Title, Is.EqualTo($"Title {Latest(0)}"));
        Assert.That(now.Description, Is.EqualTo($"Description {Latest(1)}"));
        Assert.That(now.DueAt, Is.EqualTo(Due.AddDays(Latest(2))));
        Assert.That(now.Labels, Is.EqualTo([$"Label {Latest(3)}"]));
    }

    [TestCase(null)]
    [TestCase("aV")]
    public async Task One_of_twenty_concurrent_puts_of_a_new_id_creates_and_the_others_change_nothing(string? position)
    {
        var id = Guid.CreateVersion7();

        var results = await AtOnceAsync(20, _ => _server.PutAsync(id, new TaskInput("Same", Position: position)));

        Assert.That(results.Select(result => result.Error), Is.All.Null);
        Assert.That(results.Count(result => result.Value!.IsNew), Is.EqualTo(1));
        Assert.That(results.Select(result => result.Value!.Item.Version), Is.All.EqualTo(1));
    }

    [Test]
    public async Task Versions_of_an_atomic_batch_are_consecutive()
    {
        TaskOperation[] operations =
        [
            .. Enumerable.Repeat(Operation(TaskOperationKind.Create, null, Title("Task")), 5),
        ];

        var batches = await AtOnceAsync(8, _ => _server.SendAsync(new BatchTasksCommand(operations, Atomic: true)));

        var versions = batches
            .Select(batch => batch.Value!.Results.Select(result => result.Task!.Version).ToList())
            .OrderBy(batch => batch[0])
            .SelectMany(batch => batch);
        Assert.That(versions, Is.EqualTo(Enumerable.Range(1, 40)));
    }

    [Test]
    public async Task A_refused_operation_of_a_batch_does_not_affect_the_next_one()
    {
        var task = await _server.CreateAsync(new TaskInput("Task", Status: TaskItemStatus.Done));
        await _server.DeleteAsync(task.Id);

        var batch = await _server.SendAsync(
            new BatchTasksCommand([
                Operation(TaskOperationKind.Create, task.Id, Title("Other")),
                Operation(TaskOperationKind.Create, null, Title("Next")),
            ])
        );

        Assert.That(batch.Value!.Results[0].Error, Has.Property(nameof(Error.Code)).EqualTo("precondition_failed"));
        Assert.That(batch.Value!.Results[1].Error, Is.Null);
        Assert.That((await _server.SendAsync(new GetTaskQuery(task.Id))).Error, Is.EqualTo(CommonErrors.NotFound));
    }

    private static TaskPatch OneMember(int i) =>
        (i % 4) switch
        {
            0 => Title($"Title {i}"),
            1 => Nothing with { Description = new($"Description {i}") },
            2 => Nothing with { DueAt = new(Due.AddDays(i)) },
            _ => Nothing with { Labels = new([$"Label {i}"]) },
        };

    private static Task<Result<T>[]> AtOnceAsync<T>(int count, Func<int, Task<Result<T>>> send) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => send(i))));

    private static IEnumerable<long> Versions(IEnumerable<Result<TaskDto>> results) =>
        results.Select(result => result.Value!.Version).Order();
}
