namespace Fitnessify.WebApi.Tests.Notifications;

/// <summary>What the owners of tasks are notified of, as they see it.</summary>
public sealed class RaiseAlertsTests
{
    // It is 07:08:09.123 in UTC on May 6.
    [TestCase("todo")]
    [TestCase("inProgress")]
    public async Task Notifies_of_a_task_once_its_due_time_has_passed(string status)
    {
        var clock = new ServerClock();
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
        var notification = (await client.ReadAsync(NotificationCalls.Notifications)).Items().Single();
        Assert.That(
            notification.ToString(),
            Is.EqualTo(
                $$"""{"id":"{{notification.GetProperty("id").GetGuid()}}","type":"taskOverdue","taskId":"{{task.Text("id")}}","title":"Buy milk","dueAt":"2031-05-06T07:08:10.123Z","minutesBefore":null,"createdAt":"2031-05-06T07:08:10.124Z","readAt":null,"snoozedUntil":null}"""
            )
        );
    }

    [TestCase("""{"title":"Run"}""")]
    [TestCase("""{"title":"Run","dueAt":"9999-12-31T00:00:00Z"}""")]
    [TestCase("""{"title":"Run","dueAt":"2020-01-01T00:00:00Z","status":"done"}""")]
    [TestCase("""{"title":"Run","dueAt":"2020-01-01T00:00:00Z","status":"cancelled"}""")]
    public async Task Does_not_notify_of_a_task_that_is_not_overdue(string body)
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
    public async Task Does_not_notify_of_a_task_that_was_finished_in_time(string change)
    {
        var clock = new ServerClock();
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
    public async Task Notifies_of_each_due_time_once_for_any_moves_of_the_task()
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
                .Select(notification =>
                    $"{notification.Text("title")} {notification.Text("dueAt")} {notification.Text("taskId")}"
                ),
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
    public async Task Keeps_the_notification_when_the_task_is_deleted()
    {
        var clock = new ServerClock();
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
}
