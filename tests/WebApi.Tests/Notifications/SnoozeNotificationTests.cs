using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class SnoozeNotificationTests
{
    [Test]
    public async Task Tells_again_when_the_time_has_passed_as_a_notification_of_its_own()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        var task = await client.CreatedAsync("""{"title":"Run","dueAt":"2031-05-06T08:00:00Z","reminders":[60]}""");
        await api.NotifyAsync();
        var first = (await client.ReadAsync(NotificationCalls.Notifications)).Items().Single();

        using var snoozed = await client.PostAsync(first.SnoozePath(), new { minutes = 10 });

        Assert.That(await snoozed.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(
            (await snoozed.JsonAsync()).ToString(),
            Is.EqualTo(
                $$"""
                {"id":"{{first.Text("id")}}","type":"taskReminder","taskId":"{{task.Text(
                    "id"
                )}}","title":"Run","dueAt":"2031-05-06T08:00:00.000Z",
                "minutesBefore":60,"createdAt":"2031-05-06T07:08:09.123Z","readAt":"2031-05-06T07:08:09.123Z",
                "snoozedUntil":"2031-05-06T07:18:09.123Z"}
                """.Replace(
                    "\n",
                    "",
                    StringComparison.Ordinal
                )
            )
        );
        clock.Advance(TimeSpan.FromMinutes(10));
        await api.NotifyAsync();
        Assert.That(await client.UnreadCountAsync(), Is.Zero);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await api.NotifyAsync();
        await api.NotifyAsync();
        var all = (await client.ReadAsync(NotificationCalls.Notifications)).Items().ToList();
        Assert.That(all, Has.Count.EqualTo(2));
        Assert.That(Told(all[0]), Is.EqualTo(Told(first)));
        Assert.That((all[0].Text("readAt"), all[0].Text("snoozedUntil")), Is.EqualTo((null as string, null as string)));
        Assert.That((await client.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
    }

    [Test]
    public async Task Another_snooze_replaces_the_one_before()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        var notification = await api.NotifiedAsync(client);
        foreach (var minutes in (int[])[1, 1, 30])
        {
            using var response = await client.PostAsync(notification.SnoozePath(), new { minutes });
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        }

        foreach (var expected in (int[])[1, 2, 2])
        {
            clock.Advance(TimeSpan.FromMinutes(20));
            await client.SignInAsync(client.Person);
            await api.NotifyAsync();
            Assert.That(
                (await client.ReadAsync(NotificationCalls.Notifications)).Items().Count(),
                Is.EqualTo(expected)
            );
        }
    }

    [Test]
    public async Task Each_snooze_tells_once_more()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        await api.NotifiedAsync(client);
        for (var told = 1; told <= 4; told++)
        {
            var all = (await client.ReadAsync(NotificationCalls.Notifications)).Items().ToList();
            Assert.That(all, Has.Count.EqualTo(told));
            using var response = await client.PostAsync(all[0].SnoozePath(), new { minutes = 10080 });
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
            clock.Advance(TimeSpan.FromMinutes(10081));
            await client.SignInAsync(client.Person);
            await api.NotifyAsync();
        }
    }

    [TestCase("""{"status":"done"}""")]
    [TestCase("""{"status":"cancelled"}""")]
    [TestCase("""{"due":null}""")]
    [TestCase("""{"dueAt":"2031-01-01T00:00:00Z"}""")]
    [TestCase("trash")]
    public async Task Refuses_when_there_is_nothing_to_tell_again(string change)
    {
        var client = await Api.Shared.SignedInAsync();
        var notification = await Api.Shared.NotifiedAsync(client);
        await ChangeAsync(client, notification, change);

        using var response = await client.PostAsync(notification.SnoozePath(), new { minutes = 10 });

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That(
            (await client.ReadAsync(NotificationCalls.Notifications)).Items().Single().ToString(),
            Is.EqualTo(notification.ToString())
        );
    }

    [TestCase("""{"status":"done"}""")]
    [TestCase("""{"dueAt":"2030-12-31T00:00:00Z"}""")]
    [TestCase("trash")]
    public async Task Tells_nothing_that_does_not_hold_any_more(string change)
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        var notification = await api.NotifiedAsync(client);
        using var response = await client.PostAsync(notification.SnoozePath(), new { minutes = 10 });
        await ChangeAsync(client, notification, change);
        await api.NotifyAsync();
        var before = await client.ReadAsync(NotificationCalls.Notifications);

        clock.Advance(TimeSpan.FromMinutes(11));
        await api.NotifyAsync();

        Assert.That(
            (await client.ReadAsync(NotificationCalls.Notifications)).ToString(),
            Is.EqualTo(before.ToString())
        );
    }

    [TestCase("{}", "#/minutes required")]
    [TestCase("""{"minutes":0}""", "#/minutes out_of_range")]
    [TestCase("""{"minutes":10081}""", "#/minutes out_of_range")]
    [TestCase("""{"minutes":"10"}""", "#/minutes invalid_type")]
    public async Task Checks_the_minutes(string body, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        var notification = await Api.Shared.NotifiedAsync(client);
        using var response = await client.PostRawAsync(notification.SnoozePath(), body);
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task A_notification_of_another_user_is_not_found()
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var notification = await Api.Shared.NotifiedAsync(owner);
        using var response = await stranger.PostAsync(notification.SnoozePath(), new { minutes = 10 });
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await owner.UnreadCountAsync(), Is.EqualTo(1));
    }

    private static async Task ChangeAsync(ApiClient client, JsonElement notification, string change)
    {
        var path = $"{TaskCalls.Tasks}/{notification.Text("taskId")}";
        using var response =
            change == "trash" ? await client.DeleteAsync(path) : await client.SendJsonAsync("PATCH", path, change);
        Assert.That(response.IsSuccessStatusCode);
    }

    private static string Told(JsonElement notification) =>
        string.Join(
            ' ',
            ((string[])["type", "taskId", "title", "dueAt", "minutesBefore"]).Select(name =>
                $"{notification.GetProperty(name)}"
            )
        );
}
