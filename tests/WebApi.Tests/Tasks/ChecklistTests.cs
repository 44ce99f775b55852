using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class ChecklistTests
{
    [Test]
    public async Task Two_devices_that_change_different_steps_both_win()
    {
        var phone = await Api.Shared.SignedInAsync();
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        var task = await phone.CreatedAsync(
            """{"title":"Trip","checklist":{"pack":{"title":"Pack"},"Lock-1":{"title":"Lock the door"}}}"""
        );

        await Task.WhenAll(
            phone.PatchedAsync(task, """{"checklist":{"pack":{"done":true}}}"""),
            tablet.PatchedAsync(task, """{"checklist":{"Lock-1":{"title":"Lock both doors"},"car":{"title":"Fuel"}}}""")
        );

        Assert.That(
            (await phone.ReadAsync(task.Path())).GetProperty("checklist").ToString(),
            Is.EqualTo(
                """
                {"pack":{"title":"Pack","done":true,"position":"V1V"},
                "Lock-1":{"title":"Lock both doors","done":false,"position":"V1V00001"},
                "car":{"title":"Fuel","done":false,"position":"V1V00002"}}
                """.Replace("\n", "", StringComparison.Ordinal)
            )
        );
    }

    [TestCase("""{"a":null}""", """{"b":{"title":"B","done":true,"position":"aV"}}""")]
    [TestCase("""{"gone":{"done":true}}""", null)]
    [TestCase(
        """{"b":{"done":null}}""",
        """{"a":{"title":"A","done":false,"position":"V1V"},"b":{"title":"B","done":false,"position":"aV"}}"""
    )]
    [TestCase(
        """{"a":{"position":"z"}}""",
        """{"b":{"title":"B","done":true,"position":"aV"},"a":{"title":"A","done":false,"position":"z"}}"""
    )]
    [TestCase("{}", null)]
    [TestCase("null", "{}")]
    public async Task A_patch_is_merged_step_by_step(string patch, string? expected)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync(
            """{"title":"Trip","checklist":{"a":{"title":"A"},"b":{"title":"B","done":true,"position":"aV"}}}"""
        );

        var patched = await client.PatchedAsync(task, $$$"""{"checklist":{{{patch}}}}""");

        Assert.That(
            patched.GetProperty("checklist").ToString(),
            Is.EqualTo(expected ?? task.GetProperty("checklist").ToString())
        );
        Assert.That(patched.Version(), Is.EqualTo(expected is null ? 1 : 2));
    }

    [TestCase("""{"a":null}""", "#/checklist/a required")]
    [TestCase("""{"Ab":{"title":" "}}""", "#/checklist/Ab/title required")]
    [TestCase("""{"a":{}}""", "#/checklist/a/title required")]
    [TestCase("""{"a b":{"title":"x"}}""", "#/checklist/a%20b invalid_format")]
    [TestCase("""{"":{"title":"x"}}""", "#/checklist/ invalid_format")]
    [TestCase("""{"a":{"title":"x","position":"0"}}""", "#/checklist/a/position invalid_format")]
    [TestCase("""{"a":{"title":"x","done":"yes"}}""", "#/checklist/a/done invalid_type")]
    [TestCase("""{"a":{"title":"x","size":1}}""", "#/checklist/a/size not_allowed")]
    [TestCase("""{"']":1}""", "#/checklist/%27%5D invalid_type")]
    [TestCase("""{"a.b":{"title":1}}""", "#/checklist/a.b/title invalid_type")]
    [TestCase("""[]""", "#/checklist invalid_type")]
    public async Task Names_the_step_that_is_wrong(string checklist, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(
            TaskCalls.Tasks,
            $$$"""{"title":"Trip","checklist":{{{checklist}}}}"""
        );

        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [Test]
    public async Task Holds_a_hundred_steps_whose_keys_and_titles_are_as_long_as_they_may_be()
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync($$$"""{"title":"Trip","checklist":{{{Steps(0, 100)}}}}""");

        using var tooMany = await client.PostRawAsync(
            TaskCalls.Tasks,
            $$$"""{"title":"Trip","checklist":{{{Steps(0, 101)}}}}"""
        );
        using var oneMore = await client.SendJsonAsync(
            "PATCH",
            task.Path(),
            $$$"""{"checklist":{{{Steps(100, 1)}}}}"""
        );
        var swapped = await client.PatchedAsync(
            task,
            $$$"""{"checklist":{"{{{Key(0)}}}":null,{{{Steps(100, 1)[1..^1]}}}}}"""
        );

        Assert.That(task.GetProperty("checklist").EnumerateObject().Count(), Is.EqualTo(100));
        Assert.That(await tooMany.ErrorsAsync(), Is.EqualTo((string[])["#/checklist too_long"]));
        Assert.That(await oneMore.ErrorsAsync(), Is.EqualTo((string[])["#/checklist too_long"]));
        Assert.That(swapped.GetProperty("checklist").EnumerateObject().Count(), Is.EqualTo(100));
    }

    [Test]
    public async Task Accepts_256_KiB_and_not_one_byte_more([Values("POST", "PUT", "PATCH")] string method)
    {
        var client = await Api.Shared.SignedInAsync();
        var task = await client.CreatedAsync();
        var path = method == "POST" ? TaskCalls.Tasks : task.Path();
        const string Body = """{"title":"Run"}""";

        using var largest = await client.SendJsonAsync(method, path, Body.PadRight(256 * 1024));
        using var tooLarge = await client.SendJsonAsync(method, path, Body.PadRight((256 * 1024) + 1));

        Assert.That(await largest.OutcomeAsync(), Is.EqualTo(method == "POST" ? "201" : "200"));
        Assert.That(await tooLarge.OutcomeAsync(), Is.EqualTo("413 payload_too_large"));
    }

    [Test]
    public async Task A_batch_names_the_step_and_the_list_that_are_wrong()
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.PostRawAsync(
            TaskCalls.Batch,
            $$$$$"""
            {"operations":[{"op":"create","task":{"title":"a"}},
            {"op":"create","task":{"title":"b","checklist":{"Key":{"title":""}}}},
            {"op":"create","task":{"title":"c","listId":"{{{{{Guid.NewGuid()}}}}}"}}]}
            """
        );

        var results = (await response.JsonAsync()).GetProperty("results").EnumerateArray().ToList();
        Assert.That(
            results.Select(result => result.GetProperty("status").GetInt32()),
            Is.EqualTo((int[])[201, 400, 400])
        );
        Assert.That(
            results.Skip(1).Select(result => result.GetProperty("problem").GetProperty("errors")[0].Text("pointer")),
            Is.EqualTo((string[])["#/operations/1/task/checklist/Key/title", "#/operations/2/task/listId"])
        );
    }

    private static string Key(int i) => $"Key-{i:D32}";

    private static string Steps(int first, int count) =>
        JsonSerializer.Serialize(
            Enumerable
                .Range(first, count)
                .ToDictionary(Key, i => new { title = new string('x', 200), done = i % 2 == 0 })
        );
}
