namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class RestoreTaskTests
{
    [Test]
    public async Task Brings_the_task_back_as_it_was()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync("""{"title":"Run","status":"done","labels":["legs"]}""");
        await client.TrashedAsync(task);
        using var answer = await client.PostAsync($"{task.Path()}/restore");
        var restored = await answer.JsonAsync();
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(answer.Header("ETag"), Is.EqualTo("\"3\""));
        Assert.That(restored.Text("status"), Is.EqualTo("done"));
        Assert.That(restored.Text("completedAt"), Is.EqualTo(task.Text("completedAt")));
        Assert.That(restored.Texts("labels"), Is.EqualTo((string[])["legs"]));
        Assert.That(await client.TitlesAsync(), Is.EqualTo("Run"));
        Assert.That((await client.ReadAsync(TaskCalls.Trash)).Items(), Is.Empty);
    }

    [Test]
    public async Task Changes_nothing_about_a_task_that_is_not_in_the_trash()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var answer = await client.PostAsync($"{task.Path()}/restore");
        Assert.That(await answer.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That((await answer.JsonAsync()).ToString(), Is.EqualTo(task.ToString()));
    }
}
