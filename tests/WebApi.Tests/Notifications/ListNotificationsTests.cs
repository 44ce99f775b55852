using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class ListNotificationsTests
{
    [Test]
    public async Task The_list_is_empty_without_notifications()
    {
        var client = await Api.Shared.SignedInAsync();
        Assert.That(
            (await client.ReadAsync(NotificationCalls.Notifications)).ToString(),
            Is.EqualTo("""{"items":[],"nextCursor":null}""")
        );
    }

    [Test]
    public async Task Lists_the_notifications_of_the_caller_newest_first_page_by_page()
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
    public async Task Lists_only_unread_or_only_read_notifications()
    {
        var client = await Api.Shared.SignedInAsync();
        await Api.Shared.NotifiedAsync(client, "a");
        var read = await Api.Shared.NotifiedAsync(client, "b");
        await Api.Shared.NotifiedAsync(client, "c");
        using var response = await client.PostAsync(read.ReadPath());
        Assert.That(await client.NotifiedTitlesAsync("?unread=true"), Is.EqualTo("c a"));
        Assert.That(await client.NotifiedTitlesAsync("?unread=false"), Is.EqualTo("b"));
        Assert.That(await client.NotifiedTitlesAsync(), Is.EqualTo("c b a"));
    }

    [TestCase("limit=0", "400 validation_failed", "limit out_of_range")]
    [TestCase("limit=201", "400 validation_failed", "limit out_of_range")]
    [TestCase("limit=x", "400 validation_failed", "limit invalid_type")]
    [TestCase("unread=maybe", "400 validation_failed", "unread invalid_type")]
    [TestCase("cursor=garbage", "400 invalid_cursor")]
    public async Task Refuses_an_invalid_parameter(string query, string outcome, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync($"{NotificationCalls.Notifications}?{query}");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    [Test]
    public async Task Refuses_the_cursor_of_another_list()
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
