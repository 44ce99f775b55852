namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class ListTrashTests
{
    [Test]
    public async Task Lists_the_trash_of_the_caller_latest_first_page_by_page()
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var (client, stranger) = (await api.SignedInAsync(), await api.SignedInAsync());
        foreach (var title in (string[])["a", "b", "c", "d", "kept"])
        {
            var task = await client.CreatedAsync($$"""{"title":"{{title}}"}""");
            clock.Advance(TimeSpan.FromSeconds(1));
            if (title != "kept")
            {
                await client.TrashedAsync(task);
            }
        }

        var first = await client.ReadAsync($"{TaskCalls.Trash}?limit=3");
        var last = await client.ReadAsync($"{TaskCalls.Trash}?limit=3&cursor={first.Text("nextCursor")}");
        Assert.Multiple(() =>
        {
            Assert.That(first.Items().Select(task => task.Text("title")), Is.EqualTo((string[])["d", "c", "b"]));
            Assert.That(last.Items().Select(task => task.Text("title")), Is.EqualTo((string[])["a"]));
            Assert.That(last.Text("nextCursor"), Is.Null);
        });
        Assert.That((await stranger.ReadAsync(TaskCalls.Trash)).Items(), Is.Empty);
        var cursor = first.Text("nextCursor");
        string[] elsewhere =
        [
            await TaskCalls.OutcomeOfAsync(client.GetAsync($"{TaskCalls.Tasks}?cursor={cursor}")),
            await TaskCalls.OutcomeOfAsync(client.GetAsync($"{TaskCalls.Tasks}?sort=-updatedAt&cursor={cursor}")),
            await TaskCalls.OutcomeOfAsync(stranger.GetAsync($"{TaskCalls.Trash}?cursor={cursor}")),
        ];
        Assert.That(elsewhere, Has.All.EqualTo("400 invalid_cursor"));
    }

    [TestCase("limit=0", "limit out_of_range")]
    [TestCase("limit=201", "limit out_of_range")]
    [TestCase("limit=x", "limit invalid_type")]
    public async Task Names_the_invalid_parameter(string query, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync($"{TaskCalls.Trash}?{query}");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }
}
