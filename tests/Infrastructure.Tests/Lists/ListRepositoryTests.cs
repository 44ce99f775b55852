using Fitnessify.Application.Common;
using Fitnessify.Application.Lists;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Lists;
using static Fitnessify.Infrastructure.Tests.Lists.ListRequests;

namespace Fitnessify.Infrastructure.Tests.Lists;

public sealed class ListRepositoryTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Archived = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly Instance _server = TestRun.Database.Start();
    private Guid _owner;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task SignInNewUser() => _owner = await _server.SignInNewUserAsync();

    [Test]
    public async Task Returns_what_was_stored()
    {
        var created = await _server.CreateListAsync(new ListInput("Café", "#3fA7d6", "aB1", Archived));

        var found = await _server.UseAsync((IListRepository lists) => lists.ReadAsync(_owner, created.Id, default));

        Assert.That(found!.Fields, Is.EqualTo(new ListFields("Café", "#3fA7d6", "aB1", Archived)));
        Assert.That(
            (found.CreatedAt, found.UpdatedAt, found.DeletedAt, found.Version, found.CreatedVersion),
            Is.EqualTo((created.CreatedAt, created.CreatedAt, (DateTimeOffset?)null, 1L, 1L))
        );
    }

    [Test]
    public async Task No_method_finds_the_list_of_another_user()
    {
        var list = await _server.CreateListAsync();
        var stranger = await _server.SignInNewUserAsync();

        Assert.That(
            await _server.UseAsync((IListRepository lists) => lists.FindAsync(stranger, list.Id, default)),
            Is.Null
        );
        Assert.That(
            await _server.UseAsync((IListRepository lists) => lists.ReadAsync(stranger, list.Id, default)),
            Is.Null
        );
        Assert.That(await _server.ListsAsync(), Is.Empty);
    }

    [Test]
    public async Task An_id_of_another_user_cannot_be_added_and_uses_no_version()
    {
        var theirs = await _server.CreateListAsync(new ListInput("Theirs"));
        await _server.SignInNewUserAsync();

        var saved = await _server.PutListAsync(theirs.Id, new ListInput("Mine"));

        Assert.That(saved.Error, Is.EqualTo(CommonErrors.NotFound));
        Assert.That((await _server.CreateListAsync()).Version, Is.EqualTo(1));
    }

    [Test]
    public async Task Lists_are_in_the_order_of_the_bytes_of_their_positions_and_ids()
    {
        string[] positions = ["b", "a1", "a", "B", "Zz", "a", "0z"];
        List<ListDto> created = [];
        foreach (var position in positions)
        {
            created.Add(await _server.CreateListAsync(new ListInput("List", Position: position)));
        }

        Assert.That(
            (await _server.ListsAsync()).Select(list => (list.Position, $"{list.Id}")),
            Is.EqualTo(
                created
                    .Select(list => (list.Position, $"{list.Id}"))
                    .OrderBy(list => list.Position, StringComparer.Ordinal)
                    .ThenBy(list => list.Item2, StringComparer.Ordinal)
            )
        );
    }

    [Test]
    public async Task Lists_that_nobody_has_placed_are_in_the_order_of_their_creation()
    {
        List<Guid> created = [];
        for (var i = 0; i < 70; i++)
        {
            created.Add((await _server.CreateListAsync()).Id);
        }

        Assert.That((await _server.ListsAsync()).Select(list => list.Id), Is.EqualTo(created));
    }

    [Test]
    public async Task A_change_that_is_saved_twice_at_once_loses_nothing()
    {
        var list = await _server.CreateListAsync();

        var changes = await Task.WhenAll(
            Task.Run(() => _server.PatchListAsync(list.Id, Nothing with { Name = new("Renamed") })),
            Task.Run(() => _server.PatchListAsync(list.Id, Nothing with { Color = new("#000000") }))
        );

        Assert.That(changes.Select(change => change.Error), Is.All.Null);
        var saved = (await _server.ListsAsync()).Single();
        Assert.That((saved.Name, saved.Color, saved.Version), Is.EqualTo(("Renamed", "#000000", 3L)));
    }

    [Test]
    public async Task A_list_beyond_the_limit_is_refused_also_to_concurrent_requests()
    {
        await FillAsync(TaskList.MaxPerUser - 1);

        var results = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => Task.Run(() => _server.SendAsync(new CreateListCommand(new ListInput("One more")))))
        );

        Assert.That(results.Count(result => result.IsSuccess), Is.EqualTo(1));
        Assert.That(
            results.Where(result => !result.IsSuccess).Select(result => result.Error),
            Is.All.EqualTo(CommonErrors.LimitReached)
        );
        Assert.That(await _server.ListsAsync(), Has.Count.EqualTo(TaskList.MaxPerUser));
    }

    [Test]
    public async Task A_deleted_list_makes_room_for_another_one_but_cannot_come_back_then()
    {
        await FillAsync(TaskList.MaxPerUser);
        var first = (await _server.ListsAsync())[0];

        await _server.DeleteListAsync(first.Id);
        var other = await _server.SendAsync(new CreateListCommand(new ListInput("Other")));
        var back = await _server.PutListAsync(first.Id, new ListInput("Back"));

        Assert.That((other.Error, back.Error), Is.EqualTo(((Error?)null, CommonErrors.LimitReached)));
    }

    [Test]
    public async Task Deleted_lists_cannot_pile_up_without_end()
    {
        await FillAsync(TaskList.MaxPerUserWithDeleted, isDeleted: true);

        var created = await _server.SendAsync(new CreateListCommand(new ListInput("One more")));

        Assert.That(created.Error, Is.EqualTo(CommonErrors.LimitReached));
    }

    [Test]
    public async Task A_deleted_list_is_not_created_again_by_a_late_retry_but_by_a_put_without_a_precondition()
    {
        var list = await _server.CreateListAsync();
        await _server.DeleteListAsync(list.Id);

        var retried = await _server.PutListAsync(
            list.Id,
            new ListInput("List"),
            new Precondition(IfNoneMatch: NamedVersions.Any)
        );
        Assert.That(retried.Error, Is.EqualTo(CommonErrors.NotFound));
        var put = await _server.PutListAsync(list.Id, new ListInput("Back"));

        Assert.That((put.Value!.IsNew, put.Value.Item.Name), Is.EqualTo((false, "Back")));
        Assert.That((await _server.ListsAsync()).Single().Name, Is.EqualTo("Back"));
    }

    private async Task FillAsync(int count, bool isDeleted = false)
    {
        var saved = await _server.SaveAsync(context =>
        {
            for (var i = 0; i < count; i++)
            {
                var list = TaskList.Create(
                    Guid.CreateVersion7(),
                    _owner,
                    new ListFields("List", null, "V", null),
                    Archived
                );
                if (isDeleted)
                {
                    list.Delete(Archived);
                }

                context.Set<TaskList>().Add(list);
            }
        });
        Assert.That(saved.Error, Is.Null);
    }
}
