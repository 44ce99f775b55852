namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class ReplaceTaskTests
{
    private const string Body = """{"title":"Run","description":"Far","labels":["legs"],"priority":"high"}""";

    private readonly string _path = $"{TaskCalls.Tasks}/{Guid.NewGuid()}";

    [Test]
    public async Task Creates_a_task_once_for_any_number_of_requests()
    {
        var client = await Api.Shared.SignedInAsync();
        using var first = await client.SendJsonAsync("PUT", _path, Body);
        using var again = await client.SendJsonAsync("PUT", _path, Body);
        var task = await first.JsonAsync();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await first.OutcomeAsync(), Is.EqualTo("201"));
            Assert.That(first.Header("Location"), Is.EqualTo(_path));
            Assert.That(first.Header("ETag"), Is.EqualTo("\"1\""));
            Assert.That(task.Path(), Is.EqualTo(_path));
            Assert.That(await again.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(again.Header("Location"), Is.Null);
            Assert.That(again.Header("ETag"), Is.EqualTo("\"1\""));
            Assert.That((await again.JsonAsync()).ToString(), Is.EqualTo(task.ToString()));
        });
    }

    [Test]
    public async Task Creates_a_task_once_for_concurrent_retries()
    {
        var client = await Api.Shared.SignedInAsync();
        var responses = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => client.SendJsonAsync("PUT", _path, Body))
        );
        var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
        Assert.That(outcomes.Order(), Is.EqualTo((string[])[.. Enumerable.Repeat("200", 9), "201"]));
        Assert.That((await client.ReadAsync(_path)).Version(), Is.EqualTo(1));
    }

    [Test]
    public async Task Replaces_exactly_the_members_that_clients_write()
    {
        var client = await Api.Shared.SignedInAsync();
        using var first = await client.SendJsonAsync("PUT", _path, Body);
        using var second = await client.SendJsonAsync("PUT", _path, """{"title":"Swim"}""");
        var (before, after) = (await first.JsonAsync(), await second.JsonAsync());
        Assert.Multiple(() =>
        {
            Assert.That(second.Header("ETag"), Is.EqualTo("\"2\""));
            Assert.That(after.Text("title"), Is.EqualTo("Swim"));
            Assert.That(after.Text("description"), Is.Null);
            Assert.That(after.Text("priority"), Is.EqualTo("normal"));
            Assert.That(after.Texts("labels"), Is.Empty);
            Assert.That(after.Text("createdAt"), Is.EqualTo(before.Text("createdAt")));
        });
    }

    [Test]
    public async Task Restores_a_task_of_the_caller_from_the_trash()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        await client.TrashedAsync(task);
        using var response = await client.SendJsonAsync("PUT", task.Path(), """{"title":"Run"}""");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(response.Header("ETag"), Is.EqualTo("\"3\""));
        Assert.That(await client.TitlesAsync(), Is.EqualTo("Run"));
    }

    [Test]
    public async Task Leaves_a_task_in_the_trash_that_cannot_change_to_the_status()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync("""{"title":"Run","status":"cancelled"}""");
        await client.TrashedAsync(task);
        using var response = await client.SendJsonAsync("PUT", task.Path(), """{"title":"Run","status":"done"}""");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("409 state_conflict"));
        Assert.That((await client.ReadAsync(TaskCalls.Trash)).Items().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Only_creates_when_requested()
    {
        var client = await Api.Shared.SignedInAsync();
        using var first = await client.SendJsonAsync("PUT", _path, Body, ("If-None-Match", "*"));
        using var second = await client.SendJsonAsync("PUT", _path, """{"title":"Swim"}""", ("If-None-Match", "*"));
        Assert.That(await first.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That(await second.OutcomeAsync(), Is.EqualTo("412 precondition_failed"));
        Assert.That(
            (await second.JsonAsync()).GetProperty("current").ToString(),
            Is.EqualTo((await first.JsonAsync()).ToString())
        );
        Assert.That(await client.TitlesAsync(), Is.EqualTo("Run"));
    }

    [Test]
    public async Task A_repeated_create_undoes_nothing()
    {
        var client = await Api.Shared.SignedInAsync();
        using var first = await client.SendJsonAsync("PUT", _path, Body, ("If-None-Match", "*"));
        using var lost = await client.SendJsonAsync("PUT", _path, Body, ("If-None-Match", "*"));
        var task = await first.JsonAsync();
        var done = await client.PatchedAsync(task, """{"title":"Run far","status":"done"}""");
        using var late = await client.SendJsonAsync("PUT", _path, Body, ("If-None-Match", "*"));
        await client.PatchedAsync(task, """{"title":"Run","status":"todo"}""");
        await client.TrashedAsync(task);
        using var gone = await client.SendJsonAsync("PUT", _path, Body, ("If-None-Match", "*"));
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await first.OutcomeAsync(), Is.EqualTo("201"));
            Assert.That(await lost.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That((await lost.JsonAsync()).ToString(), Is.EqualTo(task.ToString()));
            Assert.That(await late.OutcomeAsync(), Is.EqualTo("412 precondition_failed"));
            Assert.That((await late.JsonAsync()).GetProperty("current").ToString(), Is.EqualTo(done.ToString()));
            Assert.That(await gone.OutcomeAsync(), Is.EqualTo("412 precondition_failed"));
            Assert.That((await gone.JsonAsync()).GetProperty("current").Text("deletedAt"), Is.Not.Null);
            Assert.That(await client.TitlesAsync(), Is.Empty);
        });
    }

    [TestCase("\"1\"", "200")]
    [TestCase("\"7\", \"1\"", "200")]
    [TestCase("*", "200")]
    [TestCase("W/\"1\"", "412 precondition_failed")]
    [TestCase("\"2\"", "412 precondition_failed")]
    [TestCase("garbage", "412 precondition_failed")]
    public async Task Replaces_only_the_expected_version(string ifMatch, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var response = await client.SendJsonAsync("PUT", task.Path(), Body, ("If-Match", ifMatch));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That((await client.ReadAsync(task.Path())).Version(), Is.EqualTo(outcome == "200" ? 2 : 1));
    }

    [TestCase("\"1\"")]
    [TestCase("*")]
    public async Task Creates_nothing_where_a_task_is_expected(string ifMatch)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.SendJsonAsync("PUT", _path, Body, ("If-Match", ifMatch));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await client.TitlesAsync(), Is.Empty);
    }

    [TestCase("5")]
    [TestCase("0190a5c0-0000-7000-8000-00000000000")]
    [TestCase("0190a5c0-0000-7000-8000-00000000000g")]
    public async Task An_id_that_is_not_a_UUID_is_not_found(string id)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.SendJsonAsync("PUT", $"{TaskCalls.Tasks}/{id}", Body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
    }

    [TestCase("{}", "400 validation_failed", "#/title required")]
    [TestCase("""{"title":"Run","status":"Done"}""", "400 validation_failed", "#/status not_allowed")]
    [TestCase("""{"title":"Run","labels":["a","a"]}""", "400 validation_failed", "#/labels duplicate")]
    [TestCase("""{"title":"Run","version":1}""", "400 unknown_member", "#/version not_allowed")]
    public async Task Names_the_invalid_value(string body, string outcome, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.SendJsonAsync("PUT", _path, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }
}
