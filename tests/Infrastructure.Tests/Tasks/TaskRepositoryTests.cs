using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Tasks;
using Microsoft.Extensions.DependencyInjection;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Tasks;

public sealed class TaskRepositoryTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Due = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LastMoment = new(9999, 12, 31, 23, 59, 59, 999, TimeSpan.Zero);

    private readonly Instance _server = TestRun.Database.Start();
    private Guid _owner;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task SignInNewUser() => _owner = await _server.SignInNewUserAsync();

    [Test]
    public async Task Returns_what_was_stored()
    {
        var fields = new TaskFields(
            "T",
            "D\n2",
            TaskItemStatus.Done,
            TaskPriority.Urgent,
            Domain.Tasks.Due.At(Due),
            ["b", "a b", "\u00e9"]
        );
        var task = TaskItem.Create(Guid.CreateVersion7(), _owner, fields, _server.Clock.GetUtcNow());
        Assert.That((await AddAsync(task)).Error, Is.Null);

        var found = await UseAsync(tasks => tasks.ReadAsync(_owner, task.Id, default));

        Assert.That(found, Is.Not.SameAs(task));
        Assert.That(found!.Fields, Is.EqualTo(fields with { Position = Positions.Default(1) }));
        Assert.That((found.DueAt, found.DueTimeZone), Is.EqualTo(((DateTimeOffset?)Due, "UTC")));
        Assert.That(
            (found.CreatedAt, found.UpdatedAt, found.CompletedAt, found.DeletedAt, found.Version),
            Is.EqualTo((task.CreatedAt, task.CreatedAt, (DateTimeOffset?)task.CreatedAt, (DateTimeOffset?)null, 1L))
        );
    }

    [Test]
    public async Task No_method_finds_the_task_of_another_user()
    {
        var task = await _server.CreateAsync();
        var trashed = await _server.CreateAsync();
        await _server.DeleteAsync(trashed.Id);
        var stranger = await _server.SignInNewUserAsync();

        foreach (var id in new[] { task.Id, trashed.Id })
        {
            Assert.That(await UseAsync(tasks => tasks.FindAsync(stranger, id, default)), Is.Null);
            Assert.That(await UseAsync(tasks => tasks.ReadAsync(stranger, id, default)), Is.Null);
        }

        Assert.That((await _server.ListAsync()).Value!.Items, Is.Empty);
        Assert.That((await _server.ListAsync(TaskFilter.Trash)).Value!.Items, Is.Empty);
        Assert.That((await _server.ChangesAsync()).Value!.Items, Is.Empty);
        var counts = await UseAsync(tasks => tasks.CountAsync(stranger, Due, (Due, Due), default));
        Assert.That((counts.ByStatus.Count, counts.ByPriority.Count), Is.EqualTo((0, 0)));
        Assert.That(await UseAsync(tasks => tasks.FindAsync(_owner, trashed.Id, default)), Is.Not.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_id_of_another_user_cannot_be_added_and_uses_no_version(bool inTrash)
    {
        var theirs = await _server.CreateAsync();
        if (inTrash)
        {
            await _server.DeleteAsync(theirs.Id);
        }

        var stranger = await _server.SignInNewUserAsync();
        var fields = new TaskFields("Mine", null, TaskItemStatus.Todo, TaskPriority.Low, null, []);

        var saved = await AddAsync(TaskItem.Create(theirs.Id, stranger, fields, _server.Clock.GetUtcNow()));

        Assert.That(saved.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That(
            (await _server.PutAsync(theirs.Id, new TaskInput("Mine"))).Error,
            Is.EqualTo(CommonErrors.NotFound)
        );
        Assert.That((await _server.CreateAsync()).Version, Is.EqualTo(1));
        var left = await UseAsync(tasks => tasks.FindAsync(_owner, theirs.Id, default));
        Assert.That(left!.Title, Is.EqualTo(theirs.Title));
    }

    [TestCase("\u00c9mile", "\u00e9MILE", true)]
    [TestCase("\u03a9mega", "\u03c9", true)]
    [TestCase("\u0416\u0443\u043a", "\u0436\u0423\u041a", true)]
    [TestCase("Emile", "\u00e9mile", true)]
    [TestCase("100% sure", "100% S", true)]
    [TestCase("100 sure", "100%", false)]
    [TestCase("a_b", "A_B", true)]
    [TestCase("axb", "a_b", false)]
    [TestCase(@"C:\temp", @"c:\T", true)]
    [TestCase(@"C:\\temp", @"c:\t", false)]
    [TestCase("[abc]", "[ABC]", true)]
    [TestCase("a", "[abc]", false)]
    [TestCase("it's", "T'S", true)]
    public async Task A_search_matches_literal_text_in_any_case(string text, string q, bool found)
    {
        await _server.CreateAsync(new TaskInput(text));
        await _server.CreateAsync(new TaskInput("Another", $"Line 1\n{text}!"));
        await _server.CreateAsync(new TaskInput("Something", "else"));

        var items = (await ListAsync(filter => filter with { Words = [TextKeys.FoldWithoutAccents(q)] })).Value!.Items;

        Assert.That(items, Has.Count.EqualTo(found ? 2 : 0));
    }

    [TestCase("Home", true)]
    [TestCase("Home,Work_out", true)]
    [TestCase("Work_out,Home,\u00c9t\u00e9", true)]
    [TestCase("Home,Other", false)]
    [TestCase("home", true)]
    [TestCase("\u00e9t\u00e9", true)]
    [TestCase("Hom", false)]
    [TestCase("ome", false)]
    [TestCase("Work-out", false)]
    [TestCase("%", false)]
    public async Task A_label_filter_requires_all_whole_labels_in_any_case(string labels, bool found)
    {
        await _server.CreateAsync(new TaskInput("Task", Labels: ["Home", "Work_out", "\u00c9t\u00e9"]));
        await _server.CreateAsync(new TaskInput("Home", Labels: ["Home office", "Work"]));

        var items = (await ListAsync(filter => filter with { Labels = [.. labels.Split(',').Select(TextKeys.Fold)] }))
            .Value!
            .Items;

        Assert.That(items, Has.Count.EqualTo(found ? 1 : 0));
    }

    [TestCase(false, "first,second,last,never,never")]
    [TestCase(true, "last,second,first,never,never")]
    public async Task Tasks_without_a_due_time_are_last_in_both_directions(bool descending, string expected)
    {
        await _server.CreateAsync(new TaskInput("never"));
        await _server.CreateAsync(new TaskInput("last", DueAt: LastMoment.AddMilliseconds(-1)));
        await _server.CreateAsync(new TaskInput("second", DueAt: Due));
        await _server.CreateAsync(new TaskInput("first", DueAt: DateTimeOffset.MinValue.AddMilliseconds(1)));
        await _server.CreateAsync(new TaskInput("never"));

        List<string> titles = [];
        string? cursor = null;
        do
        {
            var page = (await _server.ListAsync(Sorted(TaskSortKey.DueAt, descending), 1, cursor)).Value!;
            titles.Add(page.Items.Single().Title);
            cursor = page.NextCursor;
        } while (cursor is not null && titles.Count < 10);

        Assert.That(titles, Is.EqualTo(expected.Split(',')));
    }

    [Test]
    public async Task Counts_open_overdue_and_due_today_without_the_trash()
    {
        var now = _server.Clock.GetUtcNow();
        var midnight = new DateTimeOffset(now.Date, TimeSpan.Zero);
        await _server.CreateAsync(new TaskInput("Overdue", DueAt: now.AddMilliseconds(-1)));
        await _server.CreateAsync(new TaskInput("Due now", DueAt: now, Priority: TaskPriority.High));
        await _server.CreateAsync(
            new TaskInput("Tomorrow", Status: TaskItemStatus.InProgress, DueAt: midnight.AddDays(1))
        );
        await _server.CreateAsync(new TaskInput("Done", Status: TaskItemStatus.Done, DueAt: now.AddHours(-1)));
        await _server.DeleteAsync((await _server.CreateAsync(new TaskInput("Gone", DueAt: midnight))).Id);

        var today = (midnight, midnight.AddDays(1));
        var counts = await UseAsync(tasks => tasks.CountAsync(_owner, now, today, default));

        Assert.That((counts.Overdue, counts.DueToday), Is.EqualTo((1, 2)));
        Assert.That(counts.ByStatus.Values.Sum(), Is.EqualTo(4));
        Assert.That(counts.ByStatus[TaskItemStatus.Todo], Is.EqualTo(2));
        Assert.That(counts.ByPriority[TaskPriority.High], Is.EqualTo(1));
    }

    [Test]
    public async Task Refuses_a_cursor_of_another_order_filter_or_user()
    {
        await _server.CreateAsync();
        await _server.CreateAsync();
        var cursor = (await _server.ListAsync(limit: 1)).Value!.NextCursor!;

        Assert.That((await _server.ListAsync(cursor: cursor)).Value!.Items, Has.Count.EqualTo(1));
        TaskFilter[] others =
        [
            Sorted(TaskSortKey.CreatedAt, false),
            Sorted(TaskSortKey.UpdatedAt, true),
            Sorted(TaskSortKey.CreatedAt, true) with
            {
                Words = ["A"],
            },
            Sorted(TaskSortKey.CreatedAt, true) with
            {
                Labels = ["a"],
            },
            Sorted(TaskSortKey.CreatedAt, true) with
            {
                InTrash = true,
            },
        ];
        foreach (var other in others)
        {
            Assert.That((await _server.ListAsync(other, cursor: cursor)).Error, Is.EqualTo(CommonErrors.InvalidCursor));
        }

        await _server.SignInNewUserAsync();
        Assert.That((await _server.ListAsync(cursor: cursor)).Error, Is.EqualTo(CommonErrors.InvalidCursor));
    }

    private Task<Result<Page<TaskItem>>> ListAsync(Func<TaskFilter, TaskFilter> change) =>
        _server.ListAsync(change(Sorted(TaskSortKey.CreatedAt, true)));

    private Task<T> UseAsync<T>(Func<ITaskRepository, Task<T>> use) => _server.UseAsync(use);

    private async Task<Result> AddAsync(TaskItem task)
    {
        await using var scope = _server.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ITaskRepository>().Add(task);
        return await scope.ServiceProvider.GetRequiredService<IUnitOfWork>().SaveChangesAsync(default);
    }
}
