namespace Fitnessify.WebApi.Tests.Tasks;

/// <summary>If-Match and If-None-Match apply to everything that changes a task (RFC 9110, 13).</summary>
public sealed class PreconditionTests
{
    private const string Body = """{"title":"Swim"}""";

    [Test]
    public async Task An_empty_precondition_is_refused_and_nothing_is_written(
        [Values("PUT", "PATCH", "DELETE", "POST")] string method,
        [Values("If-Match", "If-None-Match")] string header,
        [Values("", " ", ",")] string value
    )
    {
        var (client, path) = await GivenAsync(method);
        using var response = await SendAsync(client, method, path, (header, value));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[$"{header} invalid_format"]));
        await AssertUnchangedAsync(client, method, path);
    }

    [TestCase("If-Match", "\"1\"", true)]
    [TestCase("If-Match", "\"0\", \"1.o\"", true)]
    [TestCase("If-Match", "*", true)]
    [TestCase("If-Match", "\"01\"", false)]
    [TestCase("If-Match", "\"001\"", false)]
    [TestCase("If-Match", "\"1.0\"", false)]
    [TestCase("If-Match", "\" 1\"", false)]
    [TestCase("If-Match", "\"+1\"", false)]
    [TestCase("If-Match", "\"1.o.o\"", false)]
    [TestCase("If-Match", "W/\"1\"", false)]
    [TestCase("If-Match", "1", false)]
    [TestCase("If-None-Match", "\"1\"", false)]
    [TestCase("If-None-Match", "W/\"1\"", false)]
    [TestCase("If-None-Match", "\"9\", \"1\"", false)]
    [TestCase("If-None-Match", "*", false)]
    [TestCase("If-None-Match", "\"9\"", true)]
    public async Task A_task_is_overwritten_only_when_the_precondition_holds(
        string header,
        string value,
        bool isWritten
    )
    {
        foreach (var method in (string[])["PUT", "PATCH", "DELETE"])
        {
            var (client, path) = await GivenAsync(method);
            using var response = await SendAsync(client, method, path, (header, value));
            var done = method == "DELETE" ? "204" : "200";
            Assert.That(
                await response.OutcomeAsync(),
                Is.EqualTo(isWritten ? done : "412 precondition_failed"),
                method
            );
            if (!isWritten)
            {
                var current = (await response.JsonAsync()).GetProperty("current");
                Assert.That(current.ToString(), Is.EqualTo((await client.ReadAsync(path)).ToString()));
                await AssertUnchangedAsync(client, method, path);
            }
        }
    }

    [TestCase("If-Match", "\"2\"", true)]
    [TestCase("If-Match", "\"1\"", false)]
    [TestCase("If-None-Match", "\"2\"", false)]
    [TestCase("If-None-Match", "\"1\"", true)]
    public async Task A_restore_respects_preconditions_too(string header, string value, bool isRestored)
    {
        var (client, path) = await GivenAsync("POST");
        using var response = await SendAsync(client, "POST", path, (header, value));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(isRestored ? "200" : "412 precondition_failed"));
        if (!isRestored)
        {
            var current = (await response.JsonAsync()).GetProperty("current");
            Assert.That(current.Text("deletedAt"), Is.Not.Null);
            await AssertUnchangedAsync(client, "POST", path);
        }
    }

    [Test]
    public async Task A_new_task_has_no_version_that_a_precondition_could_refuse()
    {
        var client = await Api.Shared.SignedInAsync();
        var path = $"{TaskCalls.Tasks}/{Guid.NewGuid()}";
        using var response = await client.SendJsonAsync("PUT", path, Body, ("If-None-Match", "\"1\""));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
    }

    private static async Task<(ApiClient Client, string Path)> GivenAsync(string method)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        if (method == "POST")
        {
            await client.TrashedAsync(task);
        }

        return (client, task.Path());
    }

    private static Task<HttpResponseMessage> SendAsync(
        ApiClient client,
        string method,
        string path,
        (string, string) header
    ) =>
        method switch
        {
            "DELETE" => client.SendAsync(method, path, header),
            "POST" => client.SendAsync(method, $"{path}/restore", header),
            _ => client.SendJsonAsync(method, path, Body, header),
        };

    private static async Task AssertUnchangedAsync(ApiClient client, string method, string path)
    {
        if (method == "POST")
        {
            Assert.That((await client.ReadAsync(TaskCalls.Trash)).Items().Single().Version(), Is.EqualTo(2));
        }
        else
        {
            Assert.That((await client.ReadAsync(path)).Version(), Is.EqualTo(1));
        }
    }
}
