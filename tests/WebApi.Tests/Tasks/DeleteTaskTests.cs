namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class DeleteTaskTests
{
    [Test]
    public async Task Moves_the_task_to_the_trash()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var deleted = await client.DeleteAsync(task.Path());
        string[] afterwards =
        [
            await TaskCalls.OutcomeOfAsync(client.GetAsync(task.Path())),
            await TaskCalls.OutcomeOfAsync(client.SendJsonAsync("PATCH", task.Path(), """{"title":"Swim"}""")),
            await TaskCalls.OutcomeOfAsync(client.DeleteAsync(task.Path())),
        ];
        Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await deleted.Content.ReadAsStringAsync(), Is.Empty);
        Assert.That(afterwards, Has.All.EqualTo("404 not_found"));
        Assert.That(await client.TitlesAsync(), Is.Empty);
        Assert.That((await client.ReadAsync(TaskCalls.Trash)).Items().Count(), Is.EqualTo(1));
    }

    [TestCase("\"1\"", "204")]
    [TestCase("*", "204")]
    [TestCase("\"2\"", "412 precondition_failed")]
    public async Task Deletes_only_the_expected_version(string ifMatch, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var response = await client.SendAsync("DELETE", task.Path(), ("If-Match", ifMatch));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(await client.TitlesAsync(), Is.EqualTo(outcome == "204" ? "" : "Run"));
        if (outcome != "204")
        {
            var current = (await response.JsonAsync()).GetProperty("current");
            Assert.That(current.ToString(), Is.EqualTo(task.ToString()));
        }
    }
}
