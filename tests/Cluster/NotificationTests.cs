using System.Text.Json;

namespace Fitnessify.Cluster;

/// <summary>Notifications of processes that share a database, are killed and stopped.</summary>
public sealed class NotificationTests
{
    private readonly Instances _own = new();

    [TearDown]
    public void CleanUp() => _own.Dispose();

    [Test]
    public async Task The_stream_of_one_tells_of_a_task_that_another_has_found()
    {
        // The scan of an hour has been before there is a task; only the third looks afterwards.
        var a = await _own.StartAsync("--Jobs:OverdueScanSeconds=3600");
        var b = await _own.StartAsync("--Jobs:OverdueScanSeconds=3600");
        var client = await a.SignedInAsync();
        using var stream = await EventStream.OpenAsync(b.Of(client));
        var created = await CreatedAsync(client, 1, DateTimeOffset.UnixEpoch);
        await _own.StartAsync();
        Assert.That((await stream.NotificationAsync()).Text("taskId"), Is.EqualTo(created.Single()));
    }

    [Test]
    public async Task Three_that_look_at_the_same_time_tell_of_each_task_once()
    {
        var client = await Instances.Three[0].SignedInAsync();
        using var stream = await EventStream.OpenAsync(Instances.Three[1].Of(client));
        // Some that all three find in the same scan, and one that a later scan finds.
        var created = await CreatedAsync(client, 100, DateTimeOffset.UtcNow.AddSeconds(2));
        var told = new List<JsonElement>(await stream.NotificationsAsync(100));
        created.AddRange(await CreatedAsync(client, 1, DateTimeOffset.UnixEpoch));
        told.AddRange(await stream.NotificationsAsync(1));
        Assert.That(told.Select(item => item.Text("taskId")), Is.EquivalentTo(created));
        Assert.That(await ListedAsync(client), Is.EqualTo(told.Select(item => item.ToString()).Reverse()));
    }

    [Test]
    public async Task Tell_of_a_thousand_tasks_once_each_though_one_is_killed_meanwhile()
    {
        var (killed, other) = (await _own.StartAsync(), await _own.StartAsync());
        var client = await other.SignedInAsync();
        using var stream = await EventStream.OpenAsync(client);
        var dueAt = DateTimeOffset.UtcNow.AddSeconds(3);
        var created = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            created.AddRange(await CreatedAsync(client, 100, dueAt));
        }

        var told = new List<JsonElement> { await stream.NotificationAsync() };
        await killed.KillAsync();
        told.AddRange(await stream.NotificationsAsync(999));
        // One that a later scan finds: whatever is told twice has been by then.
        created.AddRange(await CreatedAsync(client, 1, DateTimeOffset.UnixEpoch));
        told.AddRange(await stream.NotificationsAsync(1));

        Assert.That(told.Select(item => item.Text("taskId")), Is.EquivalentTo(created));
        Assert.That(await ListedAsync(client), Is.EqualTo(told.Select(item => item.ToString()).Reverse()));
    }

    [Test]
    public async Task Tell_of_a_task_at_once_and_of_one_that_fell_due_when_there_was_none_of_them()
    {
        var server = await _own.StartAsync();
        var client = await server.SignedInAsync();
        using var before = await EventStream.OpenAsync(client);
        var created = await CreatedAsync(client, 1, DateTimeOffset.UtcNow.AddSeconds(2));
        var first = await before.NotificationAsync();
        Assert.That(await ListedAsync(client), Is.EqualTo((string[])[first.ToString()]));

        created.AddRange(await CreatedAsync(client, 1, DateTimeOffset.UtcNow.AddSeconds(1)));
        await server.KillAsync();
        var again = (await _own.StartAsync()).Of(client);
        using var after = await EventStream.OpenAsync(again, first.Text("id"));
        var second = await after.NotificationAsync();
        created.AddRange(await CreatedAsync(again, 1, DateTimeOffset.UnixEpoch));
        var third = await after.NotificationAsync();
        JsonElement[] told = [first, second, third];
        Assert.That(told.Select(item => item.Text("taskId")), Is.EqualTo(created));
        Assert.That(await ListedAsync(again), Is.EqualTo(told.Select(item => item.ToString()).Reverse()));
    }

    [Test]
    public async Task Resume_a_stream_that_broke_on_another_and_end_it_with_its_session()
    {
        ServerProcess[] servers = [await _own.StartAsync(), await _own.StartAsync()];
        var client = await servers[0].SignedInAsync();
        var told = new List<JsonElement>();
        for (var round = 0; round < 4; round++)
        {
            var there = servers[round % 2].Of(client);
            using var stream = await EventStream.OpenAsync(
                there,
                told.LastOrDefault() is { ValueKind: JsonValueKind.Object } last ? last.Text("id") : null
            );
            // Fifteen of them are told of here, while others are still being created.
            var creating = CreatedAsync(servers[(round + 1) % 2].Of(client), 20, DateTimeOffset.UnixEpoch);
            told.AddRange(await stream.NotificationsAsync(15));
            await creating;
        }

        using var rest = await EventStream.OpenAsync(servers[1].Of(client), told[^1].Text("id"));
        told.AddRange(await rest.NotificationsAsync(80 - told.Count));
        Assert.That(await ListedAsync(client), Is.EqualTo(told.Select(item => item.ToString()).Reverse()));

        using var logout = await client.PostAsync(ApiClient.Logout);
        await rest.EndAsync(within: TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task Stop_in_time_however_many_streams_are_open()
    {
        var server = await _own.StartAsync();
        var client = await server.SignedInAsync();
        var streams = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => EventStream.OpenAsync(client)));
        var exitCode = await server.TerminateAsync().WaitAsync(TimeSpan.FromSeconds(5));
        foreach (var stream in streams)
        {
            await stream.EndAsync();
            stream.Dispose();
        }

        Assert.That(exitCode, Is.Zero);
    }

    private static async Task<List<string>> CreatedAsync(ApiClient client, int count, DateTimeOffset dueAt)
    {
        var operations = Enumerable.Repeat(new { op = "create", task = new { title = "Run", dueAt } }, count);
        using var answer = await client.PostAsync(TaskCalls.Batch, new { atomic = true, operations });
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        return
        [
            .. (await answer.JsonAsync())
                .GetProperty("results")
                .EnumerateArray()
                .Select(result => result.GetProperty("task").Text("id")),
        ];
    }

    /// <summary>All notifications, page by page, newest first.</summary>
    private static async Task<IReadOnlyList<string>> ListedAsync(ApiClient client)
    {
        var all = new List<string>();
        for (string? query = ""; query is not null; )
        {
            var page = await client.ReadAsync($"{NotificationCalls.Notifications}?limit=200{query}");
            all.AddRange(page.Items().Select(item => item.ToString()));
            query = page.Text("nextCursor") is { } cursor ? $"&cursor={cursor}" : null;
        }

        return all;
    }
}
