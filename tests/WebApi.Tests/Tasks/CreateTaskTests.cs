using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class CreateTaskTests
{
    private const string Full = """
        {"title":" Run 10 km ","description":"Along the river\n\tslowly ","status":"inProgress","priority":"high",
        "dueAt":"2031-05-06T09:08:07.1239+02:00","labels":[" legs ","Arms"]}
        """;

    [Test]
    public async Task Returns_the_whole_task_its_location_and_its_ETag()
    {
        await using var api = Api.Start(clock: new ServerClock());
        var client = await api.SignedInAsync();
        using var response = await client.PostRawAsync(TaskCalls.Tasks, Full);
        var task = await response.JsonAsync();
        using var found = await client.GetAsync(response.Header("Location")!);
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
            Assert.That(response.Header("Location"), Is.EqualTo(task.Path()));
            Assert.That(response.Header("ETag"), Is.EqualTo("\"1.o\""));
            Assert.That(
                task.ToString(),
                Is.EqualTo(
                    $$"""
                    {"id":"{{task.Text("id")}}","title":"Run 10 km","description":"Along the river\n\tslowly ",
                    "status":"inProgress","priority":"high",
                    "due":{"date":"2031-05-06","time":"07:08:07.123","timeZone":"UTC"},"dueAt":"2031-05-06T07:08:07.123Z","reminders":[],"recurrence":null,"seriesId":null,"occurrence":null,"labels":["legs","Arms"],
                    "listId":null,"position":"V1V","checklist":{},"createdAt":"2031-05-06T07:08:09.123Z","updatedAt":"2031-05-06T07:08:09.123Z","completedAt":null,
                    "deletedAt":null,"version":1,"isOverdue":true}
                    """.Replace("\n", "", StringComparison.Ordinal)
                )
            );
            Assert.That((await found.JsonAsync()).ToString(), Is.EqualTo(task.ToString()));
        });
    }

    [Test]
    public async Task Requires_only_a_title()
    {
        var task = await (await Api.Shared.SignedInAsync()).CreatedAsync();
        Assert.Multiple(() =>
        {
            Assert.That(task.GetProperty("description").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(task.Text("status"), Is.EqualTo("todo"));
            Assert.That(task.Text("priority"), Is.EqualTo("normal"));
            Assert.That(task.GetProperty("dueAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(task.Texts("labels"), Is.Empty);
            Assert.That(task.GetProperty("isOverdue").GetBoolean(), Is.False);
        });
    }

    [TestCase("todo", false)]
    [TestCase("inProgress", false)]
    [TestCase("done", true)]
    [TestCase("cancelled", false)]
    public async Task Accepts_any_initial_status(string status, bool isCompleted)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync($$"""{"title":"Run","status":"{{status}}"}""");
        Assert.That(task.Text("status"), Is.EqualTo(status));
        Assert.That(task.Text("completedAt"), Is.EqualTo(isCompleted ? task.Text("createdAt") : null));
    }

    [TestCase(199)]
    [TestCase(200)]
    public async Task Accepts_values_at_the_limits(int titleLength)
    {
        var client = await Api.Shared.SignedInAsync();
        var labels = Enumerable.Range(10, 20).Select(number => $"{number}".PadRight(50, 'x')).ToList();
        var (title, description) = (new string('t', titleLength), new string('d', 4000));
        var body = JsonSerializer.Serialize(
            new
            {
                title = $"  {title}  ",
                description,
                labels,
            }
        );
        var task = await client.CreatedAsync(body);
        Assert.That(task.Text("title"), Is.EqualTo(title));
        Assert.That(task.Text("description"), Is.EqualTo(description));
        Assert.That(task.Texts("labels"), Is.EqualTo(labels));
    }

    public static readonly TestCaseData[] WrongBodies =
    [
        Wrong("{}", "#/title required"),
        Wrong("""{"title":null}""", "#/title required"),
        Wrong("""{"title":" "}""", "#/title required"),
        Wrong($$"""{"title":"{{new string('t', 201)}}"}""", "#/title too_long"),
        Wrong("""{"title":"a\nb"}""", "#/title invalid_format"),
        Wrong("""{"title":"a\u0000b"}""", "#/title invalid_format"),
        Wrong("""{"title":"a\u0007b"}""", "#/title invalid_format"),
        Wrong("""{"title":"\u200b"}""", "#/title required"),
        Wrong("""{"title":5}""", "#/title invalid_type"),
        With($"\"description\":\"{new string('d', 4001)}\"", "#/description too_long"),
        With("\"description\":\"a\\u0001\"", "#/description invalid_format"),
        With("\"status\":\"Todo\"", "#/status not_allowed"),
        With("\"status\":\"in_progress\"", "#/status not_allowed"),
        With("\"status\":\"todo, done\"", "#/status not_allowed"),
        With("\"status\":\"0\"", "#/status not_allowed"),
        With("\"status\":0", "#/status invalid_type"),
        With("\"priority\":\"HIGH\"", "#/priority not_allowed"),
        With("\"priority\":[]", "#/priority invalid_type"),
        With("\"dueAt\":\"2031-05-06T07:08:09\"", "#/dueAt invalid_format"),
        With("\"dueAt\":\"2031-05-06\"", "#/dueAt invalid_format"),
        With("\"dueAt\":\"2031-02-30T07:08:09Z\"", "#/dueAt invalid_format"),
        With("\"dueAt\":\"tomorrow\"", "#/dueAt invalid_format"),
        With("\"dueAt\":1", "#/dueAt invalid_type"),
        With("\"labels\":\"legs\"", "#/labels invalid_type"),
        With("\"labels\":[1]", "#/labels/0 invalid_type"),
        With("\"labels\":[null]", "#/labels required"),
        With("\"labels\":[\" \"]", "#/labels required"),
        With("\"labels\":[\"a\",\" a\"]", "#/labels duplicate"),
        With("\"labels\":[\"a\\nb\"]", "#/labels invalid_format"),
        With($"\"labels\":[\"{new string('l', 51)}\"]", "#/labels too_long"),
        With($"\"labels\":[{string.Join(',', Enumerable.Range(0, 21).Select(n => $"\"{n}\""))}]", "#/labels too_long"),
    ];

    [TestCaseSource(nameof(WrongBodies))]
    public async Task Names_the_invalid_value(string body, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(TaskCalls.Tasks, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
        Assert.That(await client.TitlesAsync(), Is.Empty);
    }

    [TestCase("id", "\"0190a5c0-0000-7000-8000-000000000000\"")]
    [TestCase("ownerId", "\"0190a5c0-0000-7000-8000-000000000000\"")]
    [TestCase("version", "5")]
    [TestCase("createdAt", "\"2031-05-06T07:08:09Z\"")]
    [TestCase("seriesId", "null")]
    [TestCase("occurrence", "\"2031-05-06\"")]
    [TestCase("isOverdue", "true")]
    [TestCase("Title", "\"Run\"")]
    public async Task Refuses_members_that_clients_may_not_set(string member, string value)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(TaskCalls.Tasks, $$"""{"title":"Run","{{member}}":{{value}}}""");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 unknown_member"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[$"#/{member} not_allowed"]));
        Assert.That(await client.TitlesAsync(), Is.Empty);
    }

    [TestCase("2031-05-06T07:08:09Z", "2031-05-06T07:08:09.000Z")]
    [TestCase("2031-05-06T07:08:09.9999999Z", "2031-05-06T07:08:09.999Z")]
    [TestCase("2031-05-06T00:08:09.5-14:00", "2031-05-06T14:08:09.500Z")]
    [TestCase("2031-05-06T00:00:00+05:45", "2031-05-05T18:15:00.000Z")]
    [TestCase("9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59.999Z")]
    [TestCase("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z")]
    public async Task Stores_times_in_UTC_and_milliseconds(string sent, string kept)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync($$"""{"title":"Run","dueAt":"{{sent}}"}""");
        Assert.That((await client.ReadAsync(task.Path())).Text("dueAt"), Is.EqualTo(kept));
    }

    [TestCase("9999-12-31T23:59:59-01:00")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    public async Task Refuses_times_that_do_not_exist_in_UTC(string time)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(TaskCalls.Tasks, $$"""{"title":"Run","dueAt":"{{time}}"}""");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["#/dueAt invalid_format"]));
    }

    [Test]
    public async Task Numbers_the_changes_of_each_user_separately()
    {
        var (ann, bob) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var versions = new[] { await ann.CreatedAsync(), await bob.CreatedAsync(), await ann.CreatedAsync() };
        Assert.That(versions.Select(task => task.Version()), Is.EqualTo((long[])[1, 1, 2]));
    }

    private static TestCaseData Wrong(string body, string error) =>
        new TestCaseData(body, error).SetArgDisplayNames(body.Length > 60 ? body[..60] : body, error);

    private static TestCaseData With(string member, string error) => Wrong($$"""{"title":"Run",{{member}}}""", error);
}
