namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class RestoreTaskTests
{
    [Test]
    public async Task Restores_the_task_unchanged()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync("""{"title":"Run","status":"done","labels":["legs"]}""");
        await client.TrashedAsync(task);
        using var response = await client.PostAsync($"{task.Path()}/restore");
        var restored = await response.JsonAsync();
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(response.Header("ETag"), Is.EqualTo("\"3\""));
        Assert.That(restored.Text("status"), Is.EqualTo("done"));
        Assert.That(restored.Text("completedAt"), Is.EqualTo(task.Text("completedAt")));
        Assert.That(restored.Texts("labels"), Is.EqualTo((string[])["legs"]));
        Assert.That(await client.TitlesAsync(), Is.EqualTo("Run"));
        Assert.That((await client.ReadAsync(TaskCalls.Trash)).Items(), Is.Empty);
    }

    [Test]
    public async Task Does_not_change_a_task_that_is_not_in_the_trash()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var response = await client.PostAsync($"{task.Path()}/restore");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await response.JsonAsync()).ToString(), Is.EqualTo(task.ToString()));
    }
}
