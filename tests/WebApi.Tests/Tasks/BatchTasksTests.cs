using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class BatchTasksTests
{
    [Test]
    public async Task Applies_all_operations_in_order([Values] bool atomic)
    {
        var client = await Api.Shared.SignedInAsync();
        var (kept, gone) = (await client.CreatedAsync(), await client.CreatedAsync());
        var id = Guid.NewGuid();
        using var response = await BatchAsync(
            client,
            atomic,
            $$"""{"op":"create","id":"{{id}}","task":{"title":"New","labels":["a"]} }""",
            $$"""{"op":"patch","id":"{{id}}","task":{"status":"done","labels":null} }""",
            $$"""{"op":"patch","id":"{{kept.Text("id")}}","ifMatch":1,"task":{"title":"Kept"} }""",
            $$"""{"op":"delete","id":"{{gone.Text("id")}}","ifMatch":2}""",
            """{"op":"create","task":{"title":"Last"}}"""
        );
        var results = (await response.JsonAsync()).GetProperty("results").EnumerateArray().ToList();
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
            Assert.That(Statuses(results), Is.EqualTo((int[])[201, 200, 200, 204, 201]));
            Assert.That(results.Select(of => of.GetProperty("problem").ValueKind), Has.All.EqualTo(JsonValueKind.Null));
            Assert.That(results[3].GetProperty("task").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(await client.TitlesAsync("?sort=title"), Is.EqualTo("Kept Last New"));
        });
        foreach (var task in new[] { results[1], results[2], results[4] }.Select(of => of.GetProperty("task")))
        {
            Assert.That((await client.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
        }

        Assert.That((await client.ReadAsync($"{TaskCalls.Tasks}/{id}")).Text("status"), Is.EqualTo("done"));
    }

    // The second of five operations fails.
    [TestCase("""{"op":"patch","id":"<unknown>","task":{"title":"x"}}""", 404, "not_found", null)]
    [TestCase("""{"op":"delete","id":"<unknown>"}""", 404, "not_found", null)]
    [TestCase("""{"op":"patch","id":"<done>","task":{"status":"inProgress"}}""", 409, "state_conflict", null)]
    [TestCase("""{"op":"patch","id":"<done>","ifMatch":7,"task":{"title":"x"}}""", 412, "precondition_failed", null)]
    [TestCase("""{"op":"delete","id":"<done>","ifMatch":7}""", 412, "precondition_failed", null)]
    [TestCase("""{"op":"create","task":{}}""", 400, "validation_failed", "#/operations/1/task/title required")]
    [TestCase(
        """{"op":"create","task":{"title":" "}}""",
        400,
        "validation_failed",
        "#/operations/1/task/title required"
    )]
    [TestCase(
        """{"op":"patch","id":"<done>","task":{"title":null}}""",
        400,
        "validation_failed",
        "#/operations/1/task/title required"
    )]
    public async Task Reports_failed_operations_and_applies_all_others_or_none(
        string bad,
        int status,
        string code,
        string? error
    )
    {
        foreach (var atomic in (bool[])[true, false])
        {
            var client = await Api.Shared.SignedInAsync();
            var done = await client.CreatedAsync("""{"title":"Done","status":"done"}""");
            var first = await client.CreatedAsync("""{"title":"First"}""");
            var before = (await client.ReadAsync(TaskCalls.Changes)).GetProperty("items").ToString();
            using var response = await BatchAsync(
                client,
                atomic,
                $$"""{"op":"patch","id":"{{first.Text("id")}}","task":{"title":"Changed"} }""",
                bad.Replace("<unknown>", $"{Guid.NewGuid()}", StringComparison.Ordinal)
                    .Replace("<done>", done.Text("id"), StringComparison.Ordinal),
                """{"op":"create","task":{"title":"New"}}""",
                $$"""{"op":"create","id":"{{Guid.NewGuid()}}","task":{"title":"New"} }""",
                $$"""{"op":"delete","id":"{{first.Text("id")}}"}"""
            );
            var results = (await response.JsonAsync()).GetProperty("results").EnumerateArray().ToList();
            var problem = results[1].GetProperty("problem");
            Assert.That(await response.OutcomeAsync(), Is.EqualTo(atomic ? "409 batch_failed" : "200"));
            Assert.That(results[1].GetProperty("status").GetInt32(), Is.EqualTo(status));
            Assert.That(problem.Text("code"), Is.EqualTo(code));
            if (status == 412)
            {
                Assert.That(problem.GetProperty("current").ToString(), Is.EqualTo(done.ToString()));
            }

            if (error is not null)
            {
                var of = problem.GetProperty("errors").EnumerateArray().Single();
                Assert.That($"{of.Text("pointer")} {of.Text("code")}", Is.EqualTo(error));
            }

            if (atomic)
            {
                results.RemoveAt(1);
                Assert.That(Statuses(results), Has.All.EqualTo(409));
                Assert.That(
                    (await client.ReadAsync(TaskCalls.Changes)).GetProperty("items").ToString(),
                    Is.EqualTo(before)
                );
                Assert.That((await client.CreatedAsync()).Version(), Is.EqualTo(3), "No number is lost.");
            }
            else
            {
                Assert.That(Statuses(results), Is.EqualTo((int[])[200, status, 201, 201, 204]));
                Assert.That(await client.TitlesAsync("?sort=title"), Is.EqualTo("Done New New"));
            }
        }
    }

    [Test]
    public async Task A_repeated_create_neither_duplicates_nor_undoes_anything()
    {
        var client = await Api.Shared.SignedInAsync();
        var operation = $$"""{"op":"create","id":"{{Guid.NewGuid()}}","task":{"title":"Run"} }""";
        using var first = await BatchAsync(client, atomic: false, operation, operation);
        var results = (await first.JsonAsync()).GetProperty("results").EnumerateArray().ToList();
        var task = await client.PatchedAsync(results[0].GetProperty("task"), """{"description":"Far"}""");
        using var late = await BatchAsync(client, atomic: false, operation);
        var problem = (await late.JsonAsync()).GetProperty("results")[0].GetProperty("problem");
        Assert.That(Statuses(results), Is.EqualTo((int[])[201, 200]));
        Assert.That(problem.Text("code"), Is.EqualTo("precondition_failed"));
        Assert.That(problem.GetProperty("current").ToString(), Is.EqualTo(task.ToString()));
        Assert.That((await client.ReadAsync(task.Path())).ToString(), Is.EqualTo(task.ToString()));
    }

    [Test]
    public async Task A_repeated_create_leaves_a_deleted_task_in_the_trash()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync("""{"title":"Run"}""");
        await client.TrashedAsync(task);
        using var response = await BatchAsync(
            client,
            atomic: false,
            $$"""{"op":"create","id":"{{task.Text("id")}}","task":{"title":"Run"} }""",
            """{"op":"create","task":{"title":"New"}}"""
        );
        var results = (await response.JsonAsync()).GetProperty("results").EnumerateArray().ToList();
        Assert.That(Statuses(results), Is.EqualTo((int[])[412, 201]));
        Assert.That(await client.TitlesAsync(), Is.EqualTo("New"));
    }

    [Test]
    public async Task A_repeated_batch_changes_nothing([Values] bool atomic)
    {
        var client = await Api.Shared.SignedInAsync();
        var operation = $$"""{"op":"create","id":"{{Guid.NewGuid()}}","task":{"title":"Run"} }""";
        using var first = await BatchAsync(client, atomic, operation, operation);
        using var again = await BatchAsync(client, atomic, operation);
        var task = (await again.JsonAsync()).GetProperty("results")[0].GetProperty("task");
        Assert.That(await first.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(task.Version(), Is.EqualTo(1));
        Assert.That(await client.TitlesAsync(), Is.EqualTo("Run"));
    }

    [Test]
    public async Task Accepts_a_hundred_operations_and_not_one_more()
    {
        var client = await Api.Shared.SignedInAsync();
        var operations = Enumerable.Repeat("""{"op":"create","task":{"title":"Run"}}""", 101).ToArray();
        using var most = await BatchAsync(client, true, operations[..100]);
        using var tooMany = await BatchAsync(client, true, operations);
        using var none = await BatchAsync(client, true);
        var versions = (await most.JsonAsync())
            .GetProperty("results")
            .EnumerateArray()
            .Select(result => result.GetProperty("task").Version());
        await Assert.MultipleAsync(async () =>
        {
            Assert.That(versions, Is.EqualTo(Enumerable.Range(1, 100).Select(n => (long)n)));
            Assert.That(await tooMany.ErrorsAsync(), Is.EqualTo((string[])["#/operations too_long"]));
            Assert.That(await none.ErrorsAsync(), Is.EqualTo((string[])["#/operations required"]));
        });
    }

    [Test]
    public async Task Accepts_one_MiB_and_not_one_byte_more()
    {
        var client = await Api.Shared.SignedInAsync();
        const string Body = """{"operations":[{"op":"create","task":{"title":"Run"}}]}""";
        using var largest = await client.PostRawAsync(TaskCalls.Batch, Body.PadRight(1024 * 1024));
        using var tooLarge = await client.PostRawAsync(TaskCalls.Batch, Body.PadRight(1024 * 1024 + 1));
        using var elsewhere = await client.PostRawAsync(ListCalls.Lists, """{"name":"Run"}""".PadRight(64 * 1024 + 1));
        Assert.That(await largest.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(await tooLarge.OutcomeAsync(), Is.EqualTo("413 payload_too_large"));
        Assert.That(await elsewhere.OutcomeAsync(), Is.EqualTo("413 payload_too_large"));
    }

    [TestCase("{}", "400 validation_failed", "#/operations required")]
    [TestCase("""{"operations":null}""", "400 validation_failed", "#/operations required")]
    [TestCase("""{"operations":{}}""", "400 validation_failed", "#/operations invalid_type")]
    [TestCase("""{"operations":[null]}""", "400 validation_failed", "#/operations/0 required")]
    [TestCase(
        """{"operations":[{}]}""",
        "400 validation_failed",
        "#/operations/0/op required",
        "#/operations/0/id required",
        "#/operations/0/task required"
    )]
    [TestCase("""{"operations":[{"op":"move"}]}""", "400 validation_failed", "#/operations/0/op not_allowed")]
    [TestCase("""{"operations":[{"op":"Create"}]}""", "400 validation_failed", "#/operations/0/op not_allowed")]
    [TestCase("""{"operations":[{"op":"create"}]}""", "400 validation_failed", "#/operations/0/task required")]
    [TestCase("""{"operations":[{"op":"delete"}]}""", "400 validation_failed", "#/operations/0/id required")]
    [TestCase(
        """{"operations":[{"op":"delete","id":"5"}]}""",
        "400 validation_failed",
        "#/operations/0/id invalid_format"
    )]
    [TestCase(
        """{"operations":[{"op":"create","task":{"id":"x"}}]}""",
        "400 unknown_member",
        "#/operations/0/task/id not_allowed"
    )]
    [TestCase(
        """{"operations":[{"op":"create","task":{"status":"Done"}}]}""",
        "400 validation_failed",
        "#/operations/0/task/status not_allowed"
    )]
    [TestCase("""{"operations":[],"atomic":"true"}""", "400 validation_failed", "#/atomic invalid_type")]
    public async Task Refuses_a_malformed_batch(string body, string outcome, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(TaskCalls.Batch, body);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    private static IEnumerable<int> Statuses(IEnumerable<JsonElement> results) =>
        results.Select(result => result.GetProperty("status").GetInt32());

    private static Task<HttpResponseMessage> BatchAsync(ApiClient client, bool atomic, params string[] operations) =>
        client.PostRawAsync(
            TaskCalls.Batch,
            $$"""{"atomic":{{(atomic ? "true" : "false")}},"operations":[{{string.Join(',', operations)}}]}"""
        );
}
