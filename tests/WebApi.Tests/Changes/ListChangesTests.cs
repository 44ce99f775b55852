using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Changes;

public sealed class ListChangesTests
{
    [Test]
    public async Task Lists_each_kind_of_change_once()
    {
        var client = await Api.Shared.SignedInAsync();
        var start = await client.ReadAsync(TaskCalls.Changes);
        Assert.That(start.Items(), Is.Empty);
        Assert.That(start.GetProperty("hasMore").GetBoolean(), Is.False);

        var since = start.Text("next");
        var task = await client.CreatedAsync();
        await AssertChangeAsync("create", deleted: false);
        task = await client.PatchedAsync(task, """{"title":"Swim"}""");
        await AssertChangeAsync("patch", deleted: false);
        await client.PatchedAsync(task, """{"title":"Swim"}""");
        Assert.That((await client.ReadAsync($"{TaskCalls.Changes}?since={since}")).Items(), Is.Empty, "No change.");
        using var put = await client.SendJsonAsync("PUT", task.Path(), """{"title":"Walk"}""");
        task = await put.JsonAsync();
        await AssertChangeAsync("put", deleted: false);
        await client.TrashedAsync(task);
        await AssertChangeAsync("delete", deleted: true);
        using var restored = await client.PostAsync($"{task.Path()}/restore");
        task = await restored.JsonAsync();
        await AssertChangeAsync("restore", deleted: false);

        async Task AssertChangeAsync(string kind, bool deleted)
        {
            var changes = await client.ReadAsync($"{TaskCalls.Changes}?since={since}");
            since = changes.Text("next");
            Assert.That(
                changes.Items().Select(item => item.ToString()),
                Is.EqualTo(
                    (string[])
                        [
                            $$"""{"kind":"task","id":"{{task.Text("id")}}","deleted":{{(deleted ? "true" : "false")}},"task":{{(
                                deleted ? "null" : task
                            )}},"list":null}""",
                        ]
                ),
                kind
            );
        }
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    public async Task Lists_all_changes_in_order_page_by_page(int limit)
    {
        var client = await Api.Shared.SignedInAsync();
        List<JsonElement> tasks = [];
        for (var i = 0; i < 7; i++)
        {
            tasks.Add(await client.CreatedAsync());
        }

        await client.TrashedAsync(tasks[1]);
        await client.PatchedAsync(tasks[0], """{"title":"Swim"}""");
        List<string> seen = [];
        var path = $"{TaskCalls.Changes}?limit={limit}";
        JsonElement part;
        do
        {
            part = await client.ReadAsync(path);
            var items = part.Items().ToList();
            Assert.That(items, Has.Count.EqualTo(Math.Min(limit, tasks.Count - seen.Count)));
            seen.AddRange(items.Select(item => item.Text("id")));
            path = $"{TaskCalls.Changes}?limit={limit}&since={part.Text("next")}";
        } while (part.GetProperty("hasMore").GetBoolean());

        int[] order = [2, 3, 4, 5, 6, 1, 0];
        Assert.That(seen, Is.EqualTo(order.Select(i => tasks[i].Text("id"))));
    }

    [Test]
    public async Task Accepts_only_its_own_tokens()
    {
        var (client, other) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        await other.CreatedAsync();
        await other.CreatedAsync();
        var token = (await other.ReadAsync(TaskCalls.Changes)).Text("next");
        var cursor = (await client.ReadAsync($"{TaskCalls.Changes}")).Text("next");
        var page = (await other.ReadAsync($"{TaskCalls.Tasks}?limit=1")).Text("nextCursor");
        var middle = cursor.Length / 2;
        var tampered = cursor[..middle] + (cursor[middle] == 'A' ? 'B' : 'A') + cursor[(middle + 1)..];
        foreach (var since in (string[])[token, tampered, "garbage", "0", "1", "%00", page, cursor[..^4]])
        {
            using var response = await client.GetAsync($"{TaskCalls.Changes}?since={since}");
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 invalid_sync_token"), since);
        }
    }

    [TestCase("limit=0", "limit out_of_range")]
    [TestCase("limit=201", "limit out_of_range")]
    public async Task Names_the_invalid_parameter(string query, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync($"{TaskCalls.Changes}?{query}");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task A_client_has_to_start_over_when_deletions_have_been_purged()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(new() { ["Tasks:TrashDays"] = "2" }, clock: clock);
        var client = await api.SignedInAsync();
        await client.CreatedAsync("""{"title":"Kept"}""");
        var task = await client.CreatedAsync();
        var before = (await client.ReadAsync(TaskCalls.Changes)).Text("next");
        await client.TrashedAsync(task);
        var after = (await client.ReadAsync(TaskCalls.Changes)).Text("next");

        clock.Advance(TimeSpan.FromDays(2));
        await client.SignInAsync(client.Person);
        await TaskCalls.PurgeAsync(api);
        using var inTime = await client.GetAsync($"{TaskCalls.Changes}?since={before}");
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await TaskCalls.PurgeAsync(api);
        using var late = await client.GetAsync($"{TaskCalls.Changes}?since={before}");
        using var current = await client.GetAsync($"{TaskCalls.Changes}?since={after}");
        var all = await client.ReadAsync(TaskCalls.Changes);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That((await inTime.JsonAsync()).Items().Count(), Is.EqualTo(1));
            Assert.That(await late.OutcomeAsync(), Is.EqualTo("410 sync_token_expired"));
            Assert.That(await current.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(
                all.Items().Select(item => item.GetProperty("task").ToString()),
                Is.EqualTo((await client.ReadAsync(TaskCalls.Tasks)).Items().Select(item => item.ToString()))
            );
        });
        Assert.That(
            await TaskCalls.OutcomeOfAsync(client.PostAsync($"{task.Path()}/restore")),
            Is.EqualTo("404 not_found")
        );
    }
}
