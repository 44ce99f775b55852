namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class CompleteNotificationTests
{
    [Test]
    public async Task Moves_the_task_to_done_and_reads_the_notification()
    {
        var client = await Api.Shared.SignedInAsync();
        var notification = await Api.Shared.NotifiedAsync(client);
        var path = $"{TaskCalls.Tasks}/{notification.Text("taskId")}";

        using var first = await client.PostAsync(notification.CompletePath());
        using var again = await client.PostAsync(notification.CompletePath());

        var stored = await client.ReadAsync(path);
        Assert.That(await first.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((stored.Text("status"), stored.Version()), Is.EqualTo(("done", 2)));
        Assert.That((await first.JsonAsync()).ToString(), Is.EqualTo(stored.ToString()));
        Assert.That((await again.JsonAsync()).ToString(), Is.EqualTo(stored.ToString()));
        Assert.That(await client.UnreadCountAsync(), Is.Zero);
    }

    [Test]
    public async Task Completes_only_one_of_many_parallel_requests_and_answers_all()
    {
        var client = await Api.Shared.SignedInAsync();
        var notification = await Api.Shared.NotifiedAsync(client);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => TaskCalls.OutcomeOfAsync(client.PostAsync(notification.CompletePath())))
        );

        var stored = await client.ReadAsync($"{TaskCalls.Tasks}/{notification.Text("taskId")}");
        Assert.That(outcomes, Is.All.EqualTo("200"));
        Assert.That((stored.Text("status"), stored.Version()), Is.EqualTo(("done", 2)));
    }

    [Test]
    public async Task A_canceled_task_stays_canceled()
    {
        var client = await Api.Shared.SignedInAsync();
        var notification = await Api.Shared.NotifiedAsync(client);
        using var canceled = await client.SendJsonAsync(
            "PATCH",
            $"{TaskCalls.Tasks}/{notification.Text("taskId")}",
            """{"status":"cancelled"}"""
        );

        using var response = await client.PostAsync(notification.CompletePath());

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That(await client.UnreadCountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_task_in_the_trash_is_not_found()
    {
        var client = await Api.Shared.SignedInAsync();
        var notification = await Api.Shared.NotifiedAsync(client);
        using var trashed = await client.DeleteAsync($"{TaskCalls.Tasks}/{notification.Text("taskId")}");

        using var response = await client.PostAsync(notification.CompletePath());

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await client.UnreadCountAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_notification_of_another_user_is_not_found()
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var notification = await Api.Shared.NotifiedAsync(owner);
        using var response = await stranger.PostAsync(notification.CompletePath());
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
        var task = await owner.ReadAsync($"{TaskCalls.Tasks}/{notification.Text("taskId")}");
        Assert.That(task.Text("status"), Is.EqualTo("todo"));
    }
}
