using System.Text.Json;

namespace Fitnessify.Cluster;

/// <summary>Processes that create notifications share a database, are killed and stopped.</summary>
public sealed class NotificationTests
{
    private readonly Instances _own = new();

    [TearDown]
    public void CleanUp() => _own.Dispose();

    [Test]
    public async Task A_stream_on_one_instance_receives_a_notification_created_on_another()
    {
        // The scans of the first two have already run before there is a task; only the third one runs later.
        var a = await _own.StartAsync("--Jobs:OverdueScanSeconds=3600");
        var b = await _own.StartAsync("--Jobs:OverdueScanSeconds=3600");
        var client = await a.SignedInAsync();
        using var stream = await EventStream.OpenAsync(b.Of(client));
        var created = await CreatedAsync(client, 1, DateTimeOffset.UnixEpoch);
        await _own.StartAsync();
        Assert.That((await stream.NotificationAsync()).Text("taskId"), Is.EqualTo(created.Single()));
    }

    [Test]
    public async Task Three_concurrent_scans_notify_of_each_task_once()
    {
        var client = await Instances.Three[0].SignedInAsync();
        using var stream = await EventStream.OpenAsync(Instances.Three[1].Of(client));
        // All three find some tasks in the same scan, and a later scan finds one more.
        var created = await CreatedAsync(client, 100, DateTimeOffset.UtcNow.AddSeconds(2));
        var received = new List<JsonElement>(await stream.NotificationsAsync(100));
        created.AddRange(await CreatedAsync(client, 1, DateTimeOffset.UnixEpoch));
        received.AddRange(await stream.NotificationsAsync(1));
        Assert.That(received.Select(item => item.Text("taskId")), Is.EquivalentTo(created));
        Assert.That(await ListedAsync(client), Is.EqualTo(received.Select(item => item.ToString()).Reverse()));
    }

    [Test]
    public async Task A_thousand_tasks_are_notified_once_each_even_when_an_instance_is_killed()
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

        var received = new List<JsonElement> { await stream.NotificationAsync() };
        await killed.KillAsync();
        received.AddRange(await stream.NotificationsAsync(999));
        // A later scan finds this task, so any duplicate notification would have arrived by then.
        created.AddRange(await CreatedAsync(client, 1, DateTimeOffset.UnixEpoch));
        received.AddRange(await stream.NotificationsAsync(1));

        Assert.That(received.Select(item => item.Text("taskId")), Is.EquivalentTo(created));
        Assert.That(await ListedAsync(client), Is.EqualTo(received.Select(item => item.ToString()).Reverse()));
    }

    [Test]
    public async Task Tasks_are_notified_at_once_even_if_they_became_overdue_while_no_instance_ran()
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
        JsonElement[] received = [first, second, third];
        Assert.That(received.Select(item => item.Text("taskId")), Is.EqualTo(created));
        Assert.That(await ListedAsync(again), Is.EqualTo(received.Select(item => item.ToString()).Reverse()));
    }

    [Test]
    public async Task A_broken_stream_resumes_on_another_instance_and_ends_with_its_session()
    {
        ServerProcess[] servers = [await _own.StartAsync(), await _own.StartAsync()];
        var client = await servers[0].SignedInAsync();
        var received = new List<JsonElement>();
        for (var round = 0; round < 4; round++)
        {
            var there = servers[round % 2].Of(client);
            using var stream = await EventStream.OpenAsync(
                there,
                received.LastOrDefault() is { ValueKind: JsonValueKind.Object } last ? last.Text("id") : null
            );
            // The owner is notified of fifteen tasks here, while others are still being created.
            var creating = CreatedAsync(servers[(round + 1) % 2].Of(client), 20, DateTimeOffset.UnixEpoch);
            received.AddRange(await stream.NotificationsAsync(15));
            await creating;
        }

        using var rest = await EventStream.OpenAsync(servers[1].Of(client), received[^1].Text("id"));
        received.AddRange(await rest.NotificationsAsync(80 - received.Count));
        Assert.That(await ListedAsync(client), Is.EqualTo(received.Select(item => item.ToString()).Reverse()));

        using var logout = await client.PostAsync(ApiClient.Logout);
        await rest.EndAsync(within: TimeSpan.FromSeconds(10));
    }

    [Test]
    public async Task An_instance_stops_in_time_with_any_number_of_open_streams()
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
        using var response = await client.PostAsync(TaskCalls.Batch, new { atomic = true, operations });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        return
        [
            .. (await response.JsonAsync())
                .GetProperty("results")
                .EnumerateArray()
                .Select(result => result.GetProperty("task").Text("id")),
        ];
    }

    /// <summary>Returns all notifications, page by page, newest first.</summary>
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
