using System.Text.Json;
using Fitnessify.WebApi.Tests.Support;
using Fitnessify.WebApi.Tests.Tasks;

namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class ListNotificationsTests
{
    [Test]
    public async Task Lists_nothing_where_nothing_is()
    {
        var client = await Api.Shared.SignedInAsync();
        Assert.That(
            (await client.ReadAsync(NotificationCalls.Notifications)).ToString(),
            Is.EqualTo("""{"items":[],"nextCursor":null}""")
        );
    }

    // It is 07:08:09.123 in UTC on the 6th of May.
    [TestCase("todo")]
    [TestCase("inProgress")]
    public async Task Tells_of_a_task_once_it_has_passed_its_due_time(string status)
    {
        var clock = new ManualClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        var task = await client.CreatedAsync(
            $$"""{"title":"Buy milk","status":"{{status}}","dueAt":"2031-05-06T09:08:10.123+02:00"}"""
        );
        clock.Advance(TimeSpan.FromSeconds(1));
        await api.NotifyAsync();
        Assert.That(await client.NotifiedTitlesAsync(), Is.Empty);

        clock.Advance(TimeSpan.FromMilliseconds(1));
        await api.NotifyAsync();
        await api.NotifyAsync();
        var told = (await client.ReadAsync(NotificationCalls.Notifications)).Items().Single();
        Assert.That(
            told.ToString(),
            Is.EqualTo(
                $$"""{"id":"{{told.GetProperty("id").GetGuid()}}","type":"taskOverdue","taskId":"{{task.Text("id")}}","title":"Buy milk","dueAt":"2031-05-06T07:08:10.123Z","createdAt":"2031-05-06T07:08:10.124Z","readAt":null}"""
            )
        );
    }

    [TestCase("""{"title":"Run"}""")]
    [TestCase("""{"title":"Run","dueAt":"9999-12-31T00:00:00Z"}""")]
    [TestCase("""{"title":"Run","dueAt":"2020-01-01T00:00:00Z","status":"done"}""")]
    [TestCase("""{"title":"Run","dueAt":"2020-01-01T00:00:00Z","status":"cancelled"}""")]
    public async Task Tells_nothing_of_a_task_that_is_not_overdue(string body)
    {
        var client = await Api.Shared.SignedInAsync();
        await client.CreatedAsync(body);
        await Api.Shared.NotifyAsync();
        Assert.That(await client.NotifiedTitlesAsync(), Is.Empty);
    }

    [TestCase("""{"status":"done"}""")]
    [TestCase("""{"status":"cancelled"}""")]
    [TestCase("""{"dueAt":null}""")]
    [TestCase("""{"dueAt":"2031-05-07T00:00:00Z"}""")]
    [TestCase("trash")]
    public async Task Tells_nothing_of_a_task_that_was_settled_in_time(string change)
    {
        var clock = new ManualClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        var task = await client.CreatedAsync("""{"title":"Run","dueAt":"2031-05-06T07:09:00Z"}""");
        if (change == "trash")
        {
            await client.TrashedAsync(task);
        }
        else
        {
            await client.PatchedAsync(task, change);
        }

        clock.Advance(TimeSpan.FromMinutes(1));
        await api.NotifyAsync();
        Assert.That(await client.NotifiedTitlesAsync(), Is.Empty);
    }

    [Test]
    public async Task Tells_of_each_due_time_once_wherever_the_task_is_moved_to()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync("""{"title":"Run","dueAt":"2020-01-01T00:00:00Z","status":"done"}""");
        string[] changes =
        [
            """{"status":"todo"}""",
            """{"dueAt":"9999-12-31T00:00:00Z"}""",
            """{"dueAt":"2020-01-01T01:00:00+01:00"}""",
            """{"status":"done"}""",
            """{"status":"todo"}""",
            """{"title":"Walk"}""",
            """{"dueAt":"2020-01-02T00:00:00Z"}""",
            """{"dueAt":"2020-01-01T00:00:00Z"}""",
        ];
        foreach (var change in changes)
        {
            await client.PatchedAsync(task, change);
            await Api.Shared.NotifyAsync();
        }

        await client.TrashedAsync(task);
        using var restored = await client.PostAsync($"{task.Path()}/restore");
        await Api.Shared.NotifyAsync();
        Assert.That(await restored.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(
            (await client.ReadAsync(NotificationCalls.Notifications))
                .Items()
                .Select(told => $"{told.Text("title")} {told.Text("dueAt")} {told.Text("taskId")}"),
            Is.EqualTo(
                (string[])
                    [
                        $"Walk 2020-01-02T00:00:00.000Z {task.Text("id")}",
                        $"Run 2020-01-01T00:00:00.000Z {task.Text("id")}",
                    ]
            )
        );
    }

    [Test]
    public async Task Lists_own_ones_newest_first_page_by_page()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        foreach (var title in (string[])["a", "b", "c", "d", "e"])
        {
            await Api.Shared.NotifiedAsync(client, title);
            await Api.Shared.NotifiedAsync(stranger, "foreign");
        }

        var first = await client.ReadAsync($"{NotificationCalls.Notifications}?limit=3");
        await Api.Shared.NotifiedAsync(client, "f");
        var last = await client.ReadAsync(
            $"{NotificationCalls.Notifications}?limit=3&cursor={first.Text("nextCursor")}"
        );
        Assert.Multiple(() =>
        {
            Assert.That(Titles(first), Is.EqualTo("e d c"));
            Assert.That(Titles(last), Is.EqualTo("b a"));
            Assert.That(last.Text("nextCursor"), Is.Null);
        });
    }

    [Test]
    public async Task Lists_unread_or_read_ones_only()
    {
        var client = await Api.Shared.SignedInAsync();
        await Api.Shared.NotifiedAsync(client, "a");
        var read = await Api.Shared.NotifiedAsync(client, "b");
        await Api.Shared.NotifiedAsync(client, "c");
        using var answer = await client.PostAsync(read.ReadPath());
        Assert.That(await client.NotifiedTitlesAsync("?unread=true"), Is.EqualTo("c a"));
        Assert.That(await client.NotifiedTitlesAsync("?unread=false"), Is.EqualTo("b"));
        Assert.That(await client.NotifiedTitlesAsync(), Is.EqualTo("c b a"));
    }

    [Test]
    public async Task Keeps_what_was_told_when_the_task_has_gone()
    {
        var clock = new ManualClock();
        await using var api = Api.Start(new() { ["Tasks:TrashDays"] = "1" }, clock: clock);
        var client = await api.SignedInAsync();
        var task = await client.CreatedOverdueAsync();
        await api.NotifyAsync();
        await client.TrashedAsync(task);
        clock.Advance(TimeSpan.FromDays(2));
        await TaskCalls.PurgeAsync(api);
        await client.SignInAsync(client.Person);
        Assert.That(await client.NotifiedTitlesAsync(), Is.EqualTo("Run"));
        Assert.That(await TaskCalls.OutcomeOfAsync(client.GetAsync(task.Path())), Is.EqualTo("404 not_found"));
    }

    [TestCase("limit=0", "400 validation_failed", "limit out_of_range")]
    [TestCase("limit=201", "400 validation_failed", "limit out_of_range")]
    [TestCase("limit=x", "400 validation_failed", "limit invalid_type")]
    [TestCase("unread=maybe", "400 validation_failed", "unread invalid_type")]
    [TestCase("cursor=garbage", "400 invalid_cursor")]
    public async Task Refuses_a_wrong_parameter(string query, string outcome, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        using var answer = await client.GetAsync($"{NotificationCalls.Notifications}?{query}");
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(await answer.ErrorsAsync(), Is.EqualTo(errors));
    }

    [Test]
    public async Task Refuses_a_cursor_of_another_list()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        await Api.Shared.NotifiedAsync(client);
        await Api.Shared.NotifiedAsync(client);
        var page = await client.ReadAsync($"{NotificationCalls.Notifications}?limit=1");
        var path = $"{NotificationCalls.Notifications}?cursor={page.Text("nextCursor")}";
        string[] outcomes =
        [
            await TaskCalls.OutcomeOfAsync(client.GetAsync(path)),
            await TaskCalls.OutcomeOfAsync(client.GetAsync($"{path}&unread=true")),
            await TaskCalls.OutcomeOfAsync(stranger.GetAsync(path)),
        ];
        Assert.That(outcomes, Is.EqualTo((string[])["200", "400 invalid_cursor", "400 invalid_cursor"]));
    }

    private static string Titles(JsonElement page) =>
        string.Join(' ', page.Items().Select(notification => notification.Text("title")));
}
