using Fitnessify.Application.Accounts;
using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Tests.Tasks;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Lists;

/// <summary>These tests have their own database, because emptying and purging cover the lists of all users.</summary>
public sealed class DeletedListsTests : IAsyncDisposable
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private TestDatabase _database = null!;
    private Instance _server = null!;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(("Tasks:TrashDays", "7"));
        await _server.SignInNewUserAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task The_tasks_of_a_deleted_list_go_into_the_trash_in_batches()
    {
        var (list, other) = (await _server.CreateListAsync(), await _server.CreateListAsync());
        for (var i = 0; i < 5; i++)
        {
            await _server.CreateAsync(new TaskInput("Gone", ListId: list.Id));
        }

        await _server.CreateAsync(new TaskInput("In another list", ListId: other.Id));
        await _server.CreateAsync(new TaskInput("In the inbox"));
        await _server.DeleteListAsync(list.Id);

        List<int> left = [];
        var now = _server.Clock.GetUtcNow();
        while (await _server.UseAsync((IDeletedLists lists) => lists.EmptyAsync(now, 2, default)))
        {
            left.Add((await _server.ListAsync()).Value!.Items.Count(task => task.Title == "Gone"));
        }

        Assert.That(left, Is.EqualTo([3, 1, 0]));
        Assert.That(await TitlesAsync(), Is.EquivalentTo(["In another list", "In the inbox"]));
        var trash = (await _server.ListAsync(TaskFilter.Trash)).Value!.Items;
        Assert.That(trash.Select(task => (task.Title, task.ListId)), Is.All.EqualTo(("Gone", (Guid?)null)));
        Assert.That(trash, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Each_task_that_goes_is_a_change_of_its_own_for_sync()
    {
        var list = await _server.CreateListAsync();
        var task = await _server.CreateAsync(new TaskInput("Gone", ListId: list.Id));
        var since = (await _server.ChangesAsync()).Value!.Next;

        await _server.DeleteListAsync(list.Id);
        await _server.EmptyDeletedListsAsync();

        var changes = (await _server.ChangesAsync(since)).Value!.Items;
        Assert.That(
            changes.Select(change => (change.Id, change.DeletedAt is not null)),
            Is.EqualTo([(list.Id, true), (task.Id, true)])
        );
    }

    [Test]
    public async Task A_task_that_was_in_the_trash_before_is_restored_into_the_inbox()
    {
        var list = await _server.CreateListAsync();
        var trashed = await _server.CreateAsync(new TaskInput("Trashed before", ListId: list.Id));
        var later = await _server.CreateAsync(new TaskInput("Trashed with the list", ListId: list.Id));
        await _server.DeleteAsync(trashed.Id);
        await _server.DeleteListAsync(list.Id);
        await _server.EmptyDeletedListsAsync();

        var restored = new[] { await _server.RestoreAsync(trashed.Id), await _server.RestoreAsync(later.Id) };

        Assert.That(restored.Select(result => result.Value!.ListId), Is.All.Null);
        Assert.That(await TitlesAsync(new ListFilter(null)), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_list_that_still_exists_gets_its_restored_task_back()
    {
        var list = await _server.CreateListAsync();
        var task = await _server.CreateAsync(new TaskInput("Back", ListId: list.Id));
        await _server.DeleteAsync(task.Id);

        Assert.That((await _server.RestoreAsync(task.Id)).Value!.ListId, Is.EqualTo(list.Id));
    }

    [Test]
    public async Task Nothing_can_be_put_into_a_deleted_list_or_one_of_another_user()
    {
        var deleted = await _server.CreateListAsync();
        await _server.DeleteListAsync(deleted.Id);
        var own = await _server.CreateListAsync();
        await _server.SignInNewUserAsync();
        var task = await _server.CreateAsync();

        foreach (var id in (Guid[])[deleted.Id, own.Id, Guid.NewGuid()])
        {
            Result[] results =
            [
                Outcome(await _server.SendAsync(new CreateTaskCommand(new TaskInput("Task", ListId: id)))),
                Outcome(await _server.PutAsync(Guid.NewGuid(), new TaskInput("Task", ListId: id))),
                Outcome(await _server.PutAsync(task.Id, new TaskInput("Task", ListId: id))),
                Outcome(await _server.PatchAsync(task.Id, TaskRequests.Nothing with { ListId = new(id) })),
            ];
            Assert.That(results.Select(result => result.Error), Is.All.EqualTo(TaskErrors.ListNotAllowed));
        }

        Assert.That((await _server.GetAsync(task.Id)).Version, Is.EqualTo(1));

        static Result Outcome<T>(Result<T> result) => result.IsSuccess ? Result.Success : result.Error;
    }

    [Test]
    public async Task A_task_is_never_left_in_a_list_that_is_deleted_at_the_same_moment()
    {
        for (var round = 0; round < 10; round++)
        {
            var list = await _server.CreateListAsync();
            var adding = Enumerable
                .Range(0, 3)
                .Select(i =>
                    Task.Run(() => _server.SendAsync(new CreateTaskCommand(new TaskInput($"{i}", ListId: list.Id))))
                )
                .ToList();

            await Task.WhenAll([.. adding, Task.Run(() => _server.DeleteListAsync(list.Id))]);
            await _server.EmptyDeletedListsAsync();

            Assert.That(await TitlesAsync(new ListFilter(list.Id)), Is.Empty);
        }
    }

    [Test]
    public async Task A_list_that_came_back_keeps_what_has_been_put_into_it_since()
    {
        var list = await _server.CreateListAsync();
        await _server.CreateAsync(new TaskInput("From before", ListId: list.Id));
        await _server.DeleteListAsync(list.Id);
        await _server.PutListAsync(list.Id, new ListInput("Back"));
        await _server.CreateAsync(new TaskInput("New", ListId: list.Id));

        await _server.EmptyDeletedListsAsync();

        Assert.That(await TitlesAsync(new ListFilter(list.Id)), Is.EqualTo(["New"]));
    }

    [Test]
    public async Task A_list_that_comes_back_while_it_is_emptied_keeps_what_is_put_into_it()
    {
        var list = await _server.CreateListAsync();
        await _server.CreateAsync(new TaskInput("From before", ListId: list.Id));
        await _server.DeleteListAsync(list.Id);
        _server.Commands.OnceAfter(
            command =>
                command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && Commands.Names(command, "Lists"),
            () => _database.Start().PutIntoRestoredListAsync(_server, list.Id)
        );

        Assert.That((await _server.EmptyDeletedListsAsync()).Error, Is.Null);

        Assert.That(await TitlesAsync(new ListFilter(list.Id)), Is.EqualTo(["New"]));
        Assert.That(await TitlesAsync(), Is.EqualTo(["New"]));
    }

    [Test]
    public async Task A_long_list_does_not_delay_those_of_others()
    {
        for (var owner = 0; owner < 2; owner++)
        {
            await _server.SignInNewUserAsync();
            var list = await _server.CreateListAsync();
            for (var i = 0; i < 3; i++)
            {
                await _server.CreateAsync(new TaskInput("Task", ListId: list.Id));
            }

            await _server.DeleteListAsync(list.Id);
        }

        var now = _server.Clock.GetUtcNow();
        await _server.UseAsync((IDeletedLists lists) => lists.EmptyAsync(now, 1, default));

        Assert.That(
            await _server.UseAsync(
                (AppDbContext context) =>
                    context
                        .Set<TaskItem>()
                        .Where(task => task.DeletedAt != null)
                        .Select(task => task.OwnerId)
                        .Distinct()
                        .CountAsync()
            ),
            Is.EqualTo(2)
        );
    }

    [Test]
    public async Task A_put_that_restores_a_task_into_a_deleted_list_is_refused_each_time()
    {
        var list = await _server.CreateListAsync();
        var task = await _server.CreateAsync(new TaskInput("Task", ListId: list.Id));
        await _server.DeleteAsync(task.Id);
        await _server.DeleteListAsync(list.Id);

        for (var attempt = 0; attempt < 2; attempt++)
        {
            var put = await _server.PutAsync(task.Id, new TaskInput("Task", ListId: list.Id));
            Assert.That(put.Error, Is.EqualTo(TaskErrors.ListNotAllowed));
        }
    }

    [Test]
    public async Task A_deleted_list_has_no_version_that_a_put_could_match()
    {
        var list = await _server.CreateListAsync();
        await _server.DeleteListAsync(list.Id);

        var put = await _server.PutListAsync(
            list.Id,
            new ListInput("Back"),
            new Precondition(IfMatch: NamedVersions.Any)
        );

        Assert.That(put.Error, Is.EqualTo(CommonErrors.NotFound));
    }

    [Test]
    public async Task A_task_that_is_edited_while_its_list_is_emptied_goes_too()
    {
        var list = await _server.CreateListAsync();
        var task = await _server.CreateAsync(new TaskInput("Task", ListId: list.Id));
        await _server.DeleteListAsync(list.Id);
        _server.Commands.OnceAfter(
            command =>
                command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && Commands.Names(command, "Tasks"),
            () => _database.Start().PatchForAsync(_server, task.Id, TaskRequests.Title("Edited"))
        );

        Assert.That((await _server.EmptyDeletedListsAsync()).Error, Is.Null);

        Assert.That(await TitlesAsync(), Is.Empty);
        Assert.That((await _server.ListAsync(TaskFilter.Trash)).Value!.Items.Single().Title, Is.EqualTo("Edited"));
    }

    [Test]
    public async Task A_list_of_a_deleted_account_is_left_to_the_erasure_of_the_account()
    {
        const string Password = "Violet-Kettle-93-Umbrella";
        var user = await _server.SignUpAsync(Password);
        _server.Caller.Session = await _server.SignInAsync(user.Id);
        var list = await _server.CreateListAsync();
        await _server.CreateAsync(new TaskInput("Task", ListId: list.Id));
        await _server.DeleteListAsync(list.Id);
        Assert.That((await _server.SendAsync(new DeleteMeCommand(Password))).Error, Is.Null);

        Assert.That(
            await _server.UseAsync((IDeletedLists lists) => lists.EmptyAsync(_server.Clock.GetUtcNow(), 10, default)),
            Is.False
        );
    }

    [Test]
    public async Task The_summary_does_not_count_tasks_that_are_about_to_go()
    {
        var list = await _server.CreateListAsync();
        await _server.CreateAsync(new TaskInput("Going", ListId: list.Id));
        await _server.CreateAsync(new TaskInput("Staying"));
        await _server.DeleteListAsync(list.Id);

        var summary = (await _server.SendAsync(new GetTaskSummaryQuery(null))).Value!;

        Assert.That(
            (summary.ByStatus["todo"], summary.ByList.Values.Sum(), summary.ByList.Count),
            Is.EqualTo((1, 1, 1))
        );
    }

    [TestCase(-1, false)]
    [TestCase(1, true)]
    public async Task A_deletion_is_remembered_as_long_as_configured(int milliseconds, bool isForgotten)
    {
        var since = (await _server.ChangesAsync()).Value!.Next;
        var list = await _server.CreateListAsync();
        var known = (await _server.ChangesAsync(since)).Value!.Next;
        await _server.DeleteListAsync(list.Id);
        await _server.EmptyDeletedListsAsync();

        _server.Clock.Advance(Week + TimeSpan.FromMilliseconds(milliseconds));
        Assert.That((await _server.SendAsync(new PurgeListsCommand())).Error, Is.Null);

        Assert.That(
            (await _server.ChangesAsync(known)).Error?.Code,
            Is.EqualTo(isForgotten ? "sync_token_expired" : null)
        );
        Assert.That(
            await _server.UseAsync((AppDbContext context) => context.Set<TaskList>().CountAsync()),
            Is.EqualTo(isForgotten ? 0 : 1)
        );
    }

    [Test]
    public async Task A_list_is_not_forgotten_before_its_tasks_are_in_the_trash()
    {
        var list = await _server.CreateListAsync();
        await _server.CreateAsync(new TaskInput("Task", ListId: list.Id));
        await _server.DeleteListAsync(list.Id);
        _server.Clock.Advance(Week * 2);

        await _server.SendAsync(new PurgeListsCommand());
        Assert.That(
            await _server.UseAsync((AppDbContext context) => context.Set<TaskList>().CountAsync()),
            Is.EqualTo(1)
        );
        await _server.EmptyDeletedListsAsync();
        await _server.SendAsync(new PurgeListsCommand());

        Assert.That(await _server.UseAsync((AppDbContext context) => context.Set<TaskList>().CountAsync()), Is.Zero);
        Assert.That((await _server.ListAsync(TaskFilter.Trash)).Value!.Items, Has.Count.EqualTo(1));
    }

    private async Task<IReadOnlyList<string>> TitlesAsync(ListFilter? list = null) =>
        [
            .. (
                await _server.ListAsync(TaskRequests.Sorted(TaskSortKey.CreatedAt, true) with { List = list })
            ).Value!.Items.Select(task => task.Title),
        ];
}

/// <summary>Requests of the same user to another server.</summary>
file static class OtherServer
{
    public static async Task PatchForAsync(this Instance other, Instance server, Guid id, TaskPatch patch)
    {
        await using (other)
        {
            other.Caller.Session = server.Caller.Session;
            Assert.That((await other.PatchAsync(id, patch)).Error, Is.Null);
        }
    }

    public static async Task PutIntoRestoredListAsync(this Instance other, Instance server, Guid list)
    {
        await using (other)
        {
            other.Caller.Session = server.Caller.Session;
            Assert.That((await other.PutListAsync(list, new ListInput("Back"))).Error, Is.Null);
            await other.CreateAsync(new TaskInput("New", ListId: list));
        }
    }
}
