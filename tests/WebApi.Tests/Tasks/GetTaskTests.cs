namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class GetTaskTests
{
    [Test]
    public async Task Returns_the_task_and_its_ETag()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var response = await client.GetAsync(task.Path());
        Assert.That((await response.JsonAsync()).ToString(), Is.EqualTo(task.ToString()));
        Assert.That(response.Header("ETag"), Is.EqualTo(task.ETag()));
    }

    [TestCase("\"1\"", "304")]
    [TestCase("W/\"1\"", "304")]
    [TestCase("*", "304")]
    [TestCase("\"7\", W/\"1\"", "304")]
    [TestCase("\"abc\",\"1\"", "304")]
    [TestCase("\"2\"", "200")]
    [TestCase("\"01x\"", "200")]
    [TestCase("1", "200")]
    [TestCase("garbage", "200")]
    public async Task Returns_not_modified_for_a_matching_ETag(string ifNoneMatch, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var response = await client.SendAsync("GET", task.Path(), ("If-None-Match", ifNoneMatch));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(response.Header("ETag"), Is.EqualTo("\"1\""));
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(body, outcome == "304" ? Is.Empty : Is.EqualTo(task.ToString()));
    }

    [Test]
    public async Task Answers_HEAD_like_GET_without_a_body()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var head = await client.SendAsync("HEAD", task.Path());
        using var same = await client.SendAsync("HEAD", task.Path(), ("If-None-Match", task.ETag()));
        Assert.That(await head.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(head.Header("ETag"), Is.EqualTo(task.ETag()));
        Assert.That(head.Header("Content-Type"), Does.StartWith("application/json"));
        Assert.That(await head.Content.ReadAsStringAsync(), Is.Empty);
        Assert.That(await same.OutcomeAsync(), Is.EqualTo("304"));
    }

    [Test]
    public async Task Does_not_find_a_task_in_the_trash()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        await client.TrashedAsync(task);
        using var response = await client.SendAsync("GET", task.Path(), ("If-None-Match", "*"));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
    }

    [Test]
    public async Task A_task_becomes_overdue_when_its_due_time_passes_without_a_change()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        var task = await client.CreatedAsync("""{"title":"Run","dueAt":"2031-05-06T07:09:00Z"}""");
        clock.Advance(TimeSpan.FromMinutes(1));
        var later = await client.ReadAsync(task.Path());
        var done = await client.PatchedAsync(task, """{"status":"done"}""");
        bool[] overdue = [.. new[] { task, later, done }.Select(of => of.GetProperty("isOverdue").GetBoolean())];
        Assert.That(overdue, Is.EqualTo((bool[])[false, true, false]));
        Assert.That(later.Version(), Is.EqualTo(task.Version()));
    }

    [Test]
    public async Task An_overdue_task_has_another_ETag_but_the_same_version()
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var client = await api.SignedInAsync();
        var due = clock.GetUtcNow().AddMinutes(1).ToString("O");
        var task = await client.CreatedAsync($$"""{"title":"Run","dueAt":"{{due}}"}""");
        using var before = await client.SendAsync("GET", task.Path(), ("If-None-Match", "\"1\""));
        clock.Advance(TimeSpan.FromMinutes(2));
        using var after = await client.SendAsync("GET", task.Path(), ("If-None-Match", "\"1\""));
        using var same = await client.SendAsync("GET", task.Path(), ("If-None-Match", "\"1.o\""));
        using var written = await client.SendJsonAsync(
            "PATCH",
            task.Path(),
            """{"status":"done"}""",
            ("If-Match", "\"1\"")
        );
        using var again = await client.SendJsonAsync("PATCH", task.Path(), "{}", ("If-Match", "\"2.o\""));
        Assert.That(await before.OutcomeAsync(), Is.EqualTo("304"));
        Assert.That(await after.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(after.Header("ETag"), Is.EqualTo("\"1.o\""));
        Assert.That(await same.OutcomeAsync(), Is.EqualTo("304"));
        Assert.That(await written.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(written.Header("ETag"), Is.EqualTo("\"2\""));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("200"));
    }
}
