using Fitnessify.Application.Lists;
using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Tests.Tasks;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Lists;

/// <summary>The tasks of an archived list only show where the list is asked for.</summary>
public sealed class ArchivedListsTests : IAsyncDisposable
{
    private readonly Instance _server = TestRun.Database.Start();
    private ListDto _archived = null!;
    private ListDto _open = null!;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [SetUp]
    public async Task SignInNewUserWithLists()
    {
        await _server.SignInNewUserAsync();
        _archived = await _server.CreateListAsync();
        _open = await _server.CreateListAsync();
        var due = _server.Clock.GetUtcNow().AddDays(-1);
        await _server.CreateAsync(new TaskInput("Archived", DueAt: due, Labels: ["x"], ListId: _archived.Id));
        await _server.CreateAsync(new TaskInput("Open", DueAt: due, Labels: ["x"], ListId: _open.Id));
        await _server.CreateAsync(new TaskInput("Inbox", DueAt: due, Labels: ["x"]));
        await _server.PatchListAsync(
            _archived.Id,
            ListRequests.Nothing with
            {
                ArchivedAt = new(_server.Clock.GetUtcNow()),
            }
        );
    }

    [Test]
    public async Task No_order_or_filter_shows_them([Values] TaskSortKey key, [Values] bool descending)
    {
        TaskFilter[] filters =
        [
            Sorted(key, descending),
            Sorted(key, descending) with
            {
                IsOverdue = true,
                OverdueAt = _server.Clock.GetUtcNow(),
            },
            Sorted(key, descending) with
            {
                Labels = ["X"],
            },
        ];
        foreach (var filter in filters)
        {
            Assert.That(await TitlesAsync(filter), Is.EquivalentTo(["Inbox", "Open"]));
        }
    }

    [Test]
    public async Task They_show_in_their_list_and_each_list_shows_only_its_own([Values] TaskSortKey key)
    {
        Assert.That(await TitlesAsync(Sorted(key, true) with { List = new(_archived.Id) }), Is.EqualTo(["Archived"]));
        Assert.That(await TitlesAsync(Sorted(key, true) with { List = new(_open.Id) }), Is.EqualTo(["Open"]));
        Assert.That(await TitlesAsync(Sorted(key, true) with { List = new(null) }), Is.EqualTo(["Inbox"]));
    }

    [Test]
    public async Task They_count_only_by_list()
    {
        var summary = (await _server.SendAsync(new GetTaskSummaryQuery(null))).Value!;

        Assert.That((summary.ByStatus["todo"], summary.ByPriority["normal"], summary.Overdue), Is.EqualTo((2, 2, 2)));
        Assert.That(
            summary.ByList,
            Is.EquivalentTo(
                new Dictionary<string, int>
                {
                    ["inbox"] = 1,
                    [$"{_archived.Id}"] = 1,
                    [$"{_open.Id}"] = 1,
                }
            )
        );
    }

    [Test]
    public async Task They_show_again_when_the_list_leaves_the_archive()
    {
        await _server.PatchListAsync(_archived.Id, ListRequests.Nothing with { ArchivedAt = new(null) });

        Assert.That(await TitlesAsync(Sorted(TaskSortKey.CreatedAt, true)), Is.EqualTo(["Inbox", "Open", "Archived"]));
    }

    private async Task<IEnumerable<string>> TitlesAsync(TaskFilter filter) =>
        (await _server.ListAsync(filter)).Value!.Items.Select(task => task.Title);
}
