using System.Text;
using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class PatchTaskTests
{
    private const string Full = """
        {"title":"Run","description":"Far","status":"inProgress","priority":"high","dueAt":"2031-05-06T07:08:09Z","reminders":[30],"labels":["a","b"]}
        """;

    // These are the cases of RFC 7396 that apply to a task: the value in the patch, and the value of the member afterwards.
    [TestCase("""{"title":" Swim "}""", "title", "Swim")]
    [TestCase("""{"description":null}""", "description", "")]
    [TestCase("""{"description":""}""", "description", "")]
    [TestCase("""{"status":"done"}""", "status", "done")]
    [TestCase("""{"priority":"low"}""", "priority", "low")]
    [TestCase("""{"dueAt":null}""", "due", "")]
    [TestCase("""{"due":null}""", "due", "")]
    [TestCase(
        """{"dueAt":"2031-01-01T00:00:00+01:00"}""",
        "due",
        """{"date":"2030-12-31","time":"23:00","timeZone":"UTC"}"""
    )]
    [TestCase(
        """{"due":{"time":"09:00:30.500"}}""",
        "due",
        """{"date":"2031-05-06","time":"09:00:30.500","timeZone":"UTC"}"""
    )]
    [TestCase(
        """{"due":{"time":null,"timeZone":"Asia/Tokyo"}}""",
        "due",
        """{"date":"2031-05-06","time":null,"timeZone":"Asia/Tokyo"}"""
    )]
    [TestCase("""{"reminders":[60,0]}""", "reminders", "[60,0]")]
    [TestCase("""{"reminders":null}""", "reminders", "[]")]
    [TestCase("""{"labels":["c"]}""", "labels", """["c"]""")]
    [TestCase("""{"labels":[]}""", "labels", "[]")]
    [TestCase("""{"labels":null}""", "labels", "[]")]
    public async Task Changes_only_the_named_members(string patch, string member, string value)
    {
        var client = await Api.Shared.SignedInAsync();
        var before = await client.CreatedAsync(Full);
        var after = await client.PatchedAsync(before, patch);
        string[] follow = [member, "dueAt", "updatedAt", "version", "isOverdue", "completedAt"];
        Assert.That(after.GetProperty(member).ToString(), Is.EqualTo(value));
        Assert.That(after.Version(), Is.EqualTo(2));
        Assert.That(Rest(after), Is.EqualTo(Rest(before)));
        Assert.That((await client.ReadAsync(before.Path())).ToString(), Is.EqualTo(after.ToString()));

        string Rest(JsonElement task) =>
            string.Join(',', task.EnumerateObject().Where(of => !follow.Contains(of.Name)).Select(of => $"{of}"));
    }

    [TestCase("{}")]
    [TestCase(Full)]
    [TestCase("""{"dueAt":"2031-05-06T09:08:09.0001+02:00"}""")]
    [TestCase("""{"due":{}}""")]
    [TestCase("""{"due":{"date":"2031-05-06","timeZone":"UTC"}}""")]
    [TestCase("""{"title":" Run "}""")]
    public async Task A_patch_without_changes_does_not_update_the_task(string patch)
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var client = await api.SignedInAsync();
        var before = await client.CreatedAsync(Full);
        clock.Advance(TimeSpan.FromSeconds(1));
        using var response = await client.SendJsonAsync("PATCH", before.Path(), patch);
        Assert.That(response.Header("ETag"), Is.EqualTo(before.ETag()));
        Assert.That((await response.JsonAsync()).ToString(), Is.EqualTo(before.ToString()));
        Assert.That((await client.CreatedAsync()).Version(), Is.EqualTo(2));
    }

    [TestCase("application/json", "200")]
    [TestCase("application/merge-patch+json", "200")]
    [TestCase("application/json-patch+json", "415 unsupported_media_type")]
    [TestCase("text/plain", "415 unsupported_media_type")]
    public async Task Accepts_merge_patches(string type, string outcome)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        var body = Encoding.UTF8.GetBytes("""{"title":"Swim"}""");
        using var response = await client.SendRawAsync("PATCH", task.Path(), body, type);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
    }

    [TestCase("""{"title":null}""", "400 validation_failed", "#/title required")]
    [TestCase("""{"title":""}""", "400 validation_failed", "#/title required")]
    [TestCase("""{"title":5}""", "400 validation_failed", "#/title invalid_type")]
    [TestCase("""{"status":null}""", "400 validation_failed", "#/status required")]
    [TestCase("""{"status":"Done"}""", "400 validation_failed", "#/status not_allowed")]
    [TestCase("""{"priority":null}""", "400 validation_failed", "#/priority required")]
    [TestCase("""{"priority":1}""", "400 validation_failed", "#/priority invalid_type")]
    [TestCase("""{"dueAt":"2031-05-06T07:08:09"}""", "400 validation_failed", "#/dueAt invalid_format")]
    [TestCase("""{"description":"\u0000"}""", "400 validation_failed", "#/description invalid_format")]
    [TestCase("""{"labels":["a","a"]}""", "400 validation_failed", "#/labels duplicate")]
    [TestCase("""{"labels":"a"}""", "400 validation_failed", "#/labels invalid_type")]
    [TestCase("""{"title":null,"status":null}""", "400 validation_failed", "#/title required", "#/status required")]
    [TestCase("""{"id":"0190a5c0-0000-7000-8000-000000000000"}""", "400 unknown_member", "#/id not_allowed")]
    [TestCase("""{"ownerId":null}""", "400 unknown_member", "#/ownerId not_allowed")]
    [TestCase("""{"version":9}""", "400 unknown_member", "#/version not_allowed")]
    [TestCase("""{"createdAt":null}""", "400 unknown_member", "#/createdAt not_allowed")]
    [TestCase("""[{"title":"x"}]""", "400 validation_failed", "# invalid_type")]
    [TestCase("null", "400 validation_failed", "# invalid_type")]
    [TestCase("", "400 malformed_json")]
    public async Task Names_the_invalid_value(string patch, string outcome, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync(Full);
        using var response = await client.SendJsonAsync("PATCH", task.Path(), patch);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
        Assert.That((await client.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
    }

    [Test]
    public async Task Allows_only_valid_status_changes(
        [Values("todo", "inProgress", "done", "cancelled")] string from,
        [Values("todo", "inProgress", "done", "cancelled")] string to
    )
    {
        string[] illegal = ["done inProgress", "done cancelled", "cancelled inProgress", "cancelled done"];
        var isLegal = !illegal.Contains($"{from} {to}");
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync($$"""{"title":"Run","status":"{{from}}"}""");
        using var response = await client.SendJsonAsync(
            "PATCH",
            task.Path(),
            $$"""{"title":"Swim","status":"{{to}}"}"""
        );
        var now = await client.ReadAsync(task.Path());
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(isLegal ? "200" : "409 state_conflict"));
        Assert.That(now.Text("title"), Is.EqualTo(isLegal ? "Swim" : "Run"));
        Assert.That(now.Text("completedAt") is not null, Is.EqualTo(now.Text("status") == "done"));
    }

    [Test]
    public async Task Keeps_the_completion_time_while_the_task_is_done()
    {
        var clock = new ServerClock();
        await using var api = Api.Start(clock: clock);
        var client = await api.SignedInAsync();
        var task = await client.CreatedAsync();
        clock.Advance(TimeSpan.FromSeconds(1));
        var done = await client.PatchedAsync(task, """{"status":"done"}""");
        clock.Advance(TimeSpan.FromSeconds(1));
        var edited = await client.PatchedAsync(task, """{"title":"Swim"}""");
        var todo = await client.PatchedAsync(task, """{"status":"todo"}""");
        Assert.That(done.Text("completedAt"), Is.EqualTo("2031-05-06T07:08:10.123Z"));
        Assert.That(edited.Text("completedAt"), Is.EqualTo("2031-05-06T07:08:10.123Z"));
        Assert.That(edited.Text("updatedAt"), Is.EqualTo("2031-05-06T07:08:11.123Z"));
        Assert.That(todo.Text("completedAt"), Is.Null);
    }

    [TestCase("\"1\"", true)]
    [TestCase("\"1\", \"2\"", true)]
    [TestCase("*", true)]
    [TestCase("\"2\"", false)]
    [TestCase("W/\"1\"", false)]
    [TestCase("1", false)]
    public async Task Changes_only_the_expected_version(string ifMatch, bool isCurrent)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        using var response = await client.SendJsonAsync(
            "PATCH",
            task.Path(),
            """{"title":"Swim"}""",
            ("If-Match", ifMatch)
        );
        var body = await response.JsonAsync();
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(isCurrent ? "200" : "412 precondition_failed"));
        Assert.That(response.Header("ETag"), Is.EqualTo(isCurrent ? "\"2\"" : null));
        Assert.That(
            (isCurrent ? body : body.GetProperty("current")).ToString(),
            Is.EqualTo((await client.ReadAsync(task.Path())).ToString())
        );
    }

    [Test]
    public async Task Applies_all_concurrent_patches()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        string[] members =
        [
            "\"title\":\"Swim\"",
            "\"description\":\"Far\"",
            "\"status\":\"done\"",
            "\"priority\":\"urgent\"",
            "\"dueAt\":\"2031-05-06T07:08:09Z\"",
            "\"labels\":[\"a\"]",
        ];
        var patches = Enumerable.Range(0, 20).Select(i => $"{{{members[i % members.Length]}}}");
        var responses = await Task.WhenAll(patches.Select(patch => client.SendJsonAsync("PATCH", task.Path(), patch)));
        var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
        var after = (await client.ReadAsync(task.Path())).ToString();
        Assert.That(outcomes, Has.All.EqualTo("200"));
        Assert.That(
            members.Select(of => of.Replace("09Z", "09.000Z", StringComparison.Ordinal)),
            Has.All.Matches<string>(after.Contains)
        );
        Assert.That((await client.ReadAsync(task.Path())).Version(), Is.EqualTo(1 + members.Length));
    }

    [Test]
    public async Task One_of_the_concurrent_patches_with_the_same_version_succeeds()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        var responses = await Task.WhenAll(
            Enumerable
                .Range(0, 20)
                .Select(i =>
                    client.SendJsonAsync("PATCH", task.Path(), $$"""{"title":"Run {{i}}"}""", ("If-Match", task.ETag()))
                )
        );
        var outcomes = await Task.WhenAll(responses.Select(response => response.OutcomeAsync()));
        var winner = await responses[Array.IndexOf(outcomes, "200")].JsonAsync();
        Assert.That(
            outcomes.Order(),
            Is.EqualTo((string[])["200", .. Enumerable.Repeat("412 precondition_failed", 19)])
        );
        foreach (var loser in responses.Where((_, i) => outcomes[i] != "200"))
        {
            Assert.That((await loser.JsonAsync()).GetProperty("current").ToString(), Is.EqualTo(winner.ToString()));
        }
    }
}
