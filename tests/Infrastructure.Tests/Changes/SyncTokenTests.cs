using Fitnessify.Application.Tasks;
using Fitnessify.Domain.Changes;
using Fitnessify.Domain.Common;
using Fitnessify.Infrastructure.Changes;
using Fitnessify.Infrastructure.Persistence.Paging;
using Fitnessify.Infrastructure.Tests.Lists;
using static Fitnessify.Infrastructure.Tests.Tasks.TaskRequests;

namespace Fitnessify.Infrastructure.Tests.Changes;

/// <summary>These tests have their own database, because a purge covers the tasks of all users.</summary>
public sealed class SyncTokenTests : IAsyncDisposable
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
    public async Task A_sync_token_older_than_a_purged_deletion_has_expired_and_a_full_sync_equals_the_list()
    {
        var task = await _server.CreateAsync();
        await _server.CreateAsync();
        var before = await TokenAsync();
        await _server.DeleteAsync(task.Id);
        var after = await TokenAsync();
        var kept = await _server.CreateAsync();

        await PurgeAfterAsync(Week + TimeSpan.FromMilliseconds(1));

        var error = (await _server.ChangesAsync(before)).Error;
        Assert.That(error, Is.EqualTo(ChangeErrors.SyncTokenExpired));
        Assert.That((error!.Kind, error.Code), Is.EqualTo((ErrorKind.Gone, "sync_token_expired")));
        var changes = (await _server.ChangesAsync(after)).Value!;
        Assert.That(changes.Items.Select(item => item.Id), Is.EqualTo([kept.Id]));
        var fresh = (await _server.ChangesAsync()).Value!;
        var list = (await _server.ListAsync()).Value!.Items;
        Assert.That(list, Has.Count.EqualTo(2));
        Assert.That(fresh.Items.Select(Describe), Is.EquivalentTo(list.Select(Describe)));
    }

    [Test]
    public async Task A_full_sync_in_small_pages_is_not_affected_by_earlier_purges()
    {
        var tasks = new List<TaskDto>();
        for (var i = 0; i < 4; i++)
        {
            tasks.Add(await _server.CreateAsync());
        }

        await _server.DeleteAsync(tasks[1].Id);
        await PurgeAfterAsync(Week * 2);
        await _server.CreateAsync();

        List<Guid> seen = [];
        string? since = null;
        bool hasMore;
        do
        {
            var page = (await _server.ChangesAsync(since, 1)).Value!;
            seen.AddRange(page.Items.Select(item => item.Id));
            (since, hasMore) = (page.Next, page.HasMore);
        } while (hasMore);

        var list = (await _server.ListAsync()).Value!.Items;
        Assert.That(list, Has.Count.EqualTo(4));
        Assert.That(seen, Is.EquivalentTo(list.Select(item => item.Id)));
    }

    [Test]
    public async Task A_full_sync_that_a_purge_interrupts_has_to_start_over()
    {
        var first = await _server.CreateAsync();
        var second = await _server.CreateAsync();
        var page = (await _server.ChangesAsync(null, 1)).Value!;
        await _server.DeleteAsync(second.Id);

        await PurgeAfterAsync(Week * 2);

        Assert.That(page.Items.Single().Id, Is.EqualTo(first.Id));
        Assert.That((await _server.ChangesAsync(page.Next)).Error, Is.EqualTo(ChangeErrors.SyncTokenExpired));
    }

    [Test]
    public async Task A_sync_without_changes_takes_one_query_and_one_with_changes_three_or_four()
    {
        await _server.CreateAsync();
        var since = await TokenAsync();

        var queries = _server.Commands.Listen();
        await _server.ChangesAsync(since);
        Assert.That(queries, Has.Count.EqualTo(1));
        await _server.CreateAsync();
        queries = _server.Commands.Listen();
        await _server.ChangesAsync(since);
        Assert.That(queries, Has.Count.EqualTo(3));
        await _server.CreateListAsync();
        queries = _server.Commands.Listen();
        var changes = await _server.ChangesAsync(since);
        Assert.That((queries.Count, changes.Value!.Items.Count), Is.EqualTo((4, 2)));
    }

    [TestCase("another user's")]
    [TestCase("tampered")]
    [TestCase("truncated")]
    [TestCase("empty")]
    [TestCase("garbage")]
    [TestCase("no base64")]
    [TestCase("a cursor")]
    [TestCase("another server's")]
    public async Task Refuses_a_sync_token_that_is(string kind)
    {
        await _server.CreateAsync();
        var (owner, token) = (_server.Caller.Session!.OwnerId, await TokenAsync());
        var middle = token.Length / 2;
        await using var elsewhere = await TestDatabase.MigratedAsync();
        await using var stranger = elsewhere.Start();
        var forged = kind switch
        {
            "another user's" => _server.Get<SyncTokens>().Write(Guid.CreateVersion7(), default),
            "tampered" => $"{token[..middle]}{(token[middle] == 'A' ? 'B' : 'A')}{token[(middle + 1)..]}",
            "truncated" => token[..middle],
            "empty" => "",
            "garbage" => "abcd",
            "no base64" => "\u00e9!" + token,
            "a cursor" => _server.Get<CursorFormat>().Write("tasks", owner, new CursorPosition("1", "1")),
            _ => stranger.Get<SyncTokens>().Write(owner, default),
        };

        Assert.That((await _server.ChangesAsync(token)).IsSuccess, Is.True);
        Assert.That((await _server.ChangesAsync(forged)).Error, Is.EqualTo(ChangeErrors.InvalidSyncToken));
    }

    private async Task<string> TokenAsync() => (await _server.ChangesAsync()).Value!.Next;

    private async Task PurgeAfterAsync(TimeSpan time)
    {
        _server.Clock.Advance(time);
        Assert.That((await _server.SendAsync(new PurgeTrashCommand())).Error, Is.Null);
    }
}
