using System.Text.Json;

namespace Fitnessify.WebApi.Tests.Lists;

public sealed class ListRoutesTests
{
    [Test]
    public async Task A_created_list_has_its_location_and_its_ETag()
    {
        await using var api = Api.Start(clock: new ServerClock());
        var client = await api.SignedInAsync();
        using var response = await client.PostRawAsync(
            ListCalls.Lists,
            """{"name":" Home ","color":"#3fA7d6","archivedAt":"2031-01-02T03:04:05.6789+02:00"}"""
        );
        var list = await response.JsonAsync();
        using var found = await client.GetAsync(response.Header("Location")!);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("201"));
        Assert.That((response.Header("ETag"), found.Header("ETag")), Is.EqualTo(("\"1\"", "\"1\"")));
        Assert.That(
            list.ToString(),
            Is.EqualTo(
                $$"""
                {"id":"{{list.Text("id")}}","name":"Home","color":"#3fA7d6","position":"V1V",
                "archivedAt":"2031-01-02T01:04:05.678Z","createdAt":"2031-05-06T07:08:09.123Z",
                "updatedAt":"2031-05-06T07:08:09.123Z","version":1}
                """.Replace("\n", "", StringComparison.Ordinal)
            )
        );
        Assert.That((await found.JsonAsync()).ToString(), Is.EqualTo(list.ToString()));
    }

    [Test]
    public async Task A_put_creates_under_the_id_of_the_client_and_a_retry_is_harmless()
    {
        var client = await Api.Shared.SignedInAsync();
        var path = $"{ListCalls.Lists}/{Guid.NewGuid()}";
        (string Body, string IfNoneMatch, string Outcome)[] requests =
        [
            ("""{"name":"Home"}""", "*", "201"),
            ("""{"name":"Home"}""", "*", "200"),
            ("""{"name":"Work"}""", "*", "412 precondition_failed"),
            ("""{"name":"Work"}""", "\"9\"", "200"),
        ];
        foreach (var (body, ifNoneMatch, outcome) in requests)
        {
            using var response = await client.SendJsonAsync("PUT", path, body, ("If-None-Match", ifNoneMatch));
            Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome), body);
            if (outcome.StartsWith("412", StringComparison.Ordinal))
            {
                Assert.That((await response.JsonAsync()).GetProperty("current").Text("name"), Is.EqualTo("Home"));
            }
        }

        Assert.That((await client.ReadAsync(path)).GetProperty("version").GetInt64(), Is.EqualTo(2));
    }

    [Test]
    public async Task A_patch_changes_what_it_says_and_nothing_says_nothing()
    {
        var client = await Api.Shared.SignedInAsync();
        var list = await client.CreatedListAsync("""{"name":"Home","color":"#000000","position":"aV"}""");

        var renamed = await client.PatchedListAsync(list, """{"name":"Work"}""");
        var cleared = await client.PatchedListAsync(list, """{"color":null,"position":null}""");
        var same = await client.PatchedListAsync(list, "{}");

        Assert.That(
            (renamed.Text("name"), renamed.Text("color"), renamed.Text("position")),
            Is.EqualTo(("Work", "#000000", "aV"))
        );
        Assert.That(cleared.GetProperty("color").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(cleared.Text("position"), Is.EqualTo("V1V"));
        Assert.That(same.ToString(), Is.EqualTo(cleared.ToString()));
    }

    [TestCase("{}", "#/name required")]
    [TestCase("""{"name":" "}""", "#/name required")]
    [TestCase("""{"name":1}""", "#/name invalid_type")]
    [TestCase("""{"name":"a","color":"red"}""", "#/color invalid_format")]
    [TestCase("""{"name":"a","color":"#12345"}""", "#/color invalid_format")]
    [TestCase("""{"name":"a","position":""}""", "#/position invalid_format")]
    [TestCase("""{"name":"a","position":"a0"}""", "#/position invalid_format")]
    [TestCase("""{"name":"a","position":"ä"}""", "#/position invalid_format")]
    [TestCase("""{"name":"a","archivedAt":"today"}""", "#/archivedAt invalid_format")]
    [TestCase("""{"name":"a","archivedAt":true}""", "#/archivedAt invalid_type")]
    public async Task Names_the_member_that_is_wrong(string body, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        using var created = await client.PostRawAsync(ListCalls.Lists, body);
        using var put = await client.SendJsonAsync("PUT", $"{ListCalls.Lists}/{Guid.NewGuid()}", body);

        Assert.That(await created.ErrorsAsync(), Is.EqualTo((string[])[error]));
        Assert.That(await put.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [TestCase("""{"name":null}""", "#/name required")]
    [TestCase("""{"id":"x"}""", "#/id not_allowed")]
    public async Task A_patch_cannot_clear_the_name_or_set_what_is_read_only(string body, string error)
    {
        var client = await Api.Shared.SignedInAsync();
        var list = await client.CreatedListAsync();
        using var response = await client.SendJsonAsync("PATCH", list.ListPath(), body);

        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])[error]));
    }

    [TestCase("GET", null)]
    [TestCase("PATCH", "{}")]
    [TestCase("PATCH", """{"name":"Mine"}""")]
    [TestCase("DELETE", null)]
    [TestCase("PUT", """{"name":"Mine"}""")]
    public async Task The_list_of_another_user_is_not_found_like_a_deleted_one(string method, string? body)
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var list = await owner.CreatedListAsync();

        using var response = body is null
            ? await stranger.SendAsync(method, list.ListPath())
            : await stranger.SendJsonAsync(method, list.ListPath(), body);

        Assert.That(await response.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That((await owner.ReadAsync(list.ListPath())).ToString(), Is.EqualTo(list.ToString()));
    }

    [Test]
    public async Task Preconditions_apply_as_to_tasks()
    {
        var client = await Api.Shared.SignedInAsync();
        var list = await client.CreatedListAsync();

        using var unchanged = await client.SendAsync("GET", list.ListPath(), ("If-None-Match", "\"1\""));
        using var stale = await client.SendJsonAsync(
            "PATCH",
            list.ListPath(),
            """{"name":"x"}""",
            ("If-Match", "\"0\"")
        );
        using var deleted = await client.SendAsync("DELETE", list.ListPath(), ("If-Match", "\"9\""));
        using var empty = await client.SendAsync("DELETE", list.ListPath(), ("If-Match", ""));
        using var current = await client.SendJsonAsync(
            "PATCH",
            list.ListPath(),
            """{"name":"x"}""",
            ("If-Match", "\"1\"")
        );

        Assert.That(await unchanged.OutcomeAsync(), Is.EqualTo("304"));
        Assert.That(await stale.OutcomeAsync(), Is.EqualTo("412 precondition_failed"));
        Assert.That(await deleted.OutcomeAsync(), Is.EqualTo("412 precondition_failed"));
        Assert.That(await empty.ErrorsAsync(), Is.EqualTo((string[])["If-Match invalid_format"]));
        Assert.That((await current.OutcomeAsync(), current.Header("ETag")), Is.EqualTo(("200", "\"2\"")));
    }

    [Test]
    public async Task A_deleted_list_is_gone_at_once_and_its_tasks_within_seconds()
    {
        var client = await Api.Shared.SignedInAsync();
        var list = await client.CreatedListAsync();
        var task = await client.CreatedAsync($$"""{"title":"Run","listId":"{{list.Text("id")}}"}""");

        await client.DeletedListAsync(list);

        Assert.That((await client.ReadAsync(ListCalls.Lists)).Items(), Is.Empty);
        Assert.That(() => client.TitlesAsync().GetAwaiter().GetResult(), Is.Empty.After(20).Seconds.PollEvery(200));
        using var restored = await client.PostAsync($"{task.Path()}/restore");
        Assert.That((await restored.JsonAsync()).GetProperty("listId").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Tasks_are_filtered_by_list_and_hidden_with_an_archived_one()
    {
        var client = await Api.Shared.SignedInAsync();
        var list = await client.CreatedListAsync();
        await client.CreatedAsync($$"""{"title":"In","listId":"{{list.Text("id")}}"}""");
        await client.CreatedAsync("""{"title":"Out"}""");

        Assert.That(await client.TitlesAsync(), Is.EqualTo("Out In"));
        Assert.That(await client.TitlesAsync("?list=inbox"), Is.EqualTo("Out"));
        Assert.That(await client.TitlesAsync($"?list={list.Text("id")}"), Is.EqualTo("In"));
        Assert.That(await client.TitlesAsync($"?list={Guid.NewGuid()}"), Is.Empty);
        await client.PatchedListAsync(list, """{"archivedAt":"2031-01-01T00:00:00Z"}""");
        Assert.That(await client.TitlesAsync(), Is.EqualTo("Out"));
        Assert.That(await client.TitlesAsync($"?list={list.Text("id")}"), Is.EqualTo("In"));
        using var garbage = await client.GetAsync($"{TaskCalls.Tasks}?list=all");
        Assert.That(await garbage.ErrorsAsync(), Is.EqualTo((string[])["list invalid_format"]));
    }

    [Test]
    public async Task Changes_tell_of_tasks_and_lists_in_one_order()
    {
        var client = await Api.Shared.SignedInAsync();
        var since = (await client.ReadAsync(TaskCalls.Changes)).Text("next");
        var list = await client.CreatedListAsync();
        var task = await client.CreatedAsync($$"""{"title":"Run","listId":"{{list.Text("id")}}"}""");
        list = await client.PatchedListAsync(list, """{"name":"Work"}""");

        var changes = await client.ReadAsync($"{TaskCalls.Changes}?since={since}");
        var later = await client.ReadAsync($"{TaskCalls.Changes}?since={since}&limit=1");
        await client.DeletedListAsync(list);
        var deleted = await client.ReadAsync($"{TaskCalls.Changes}?since={changes.Text("next")}&limit=1");

        Assert.That(
            changes.Items().Select(item => item.ToString()),
            Is.EqualTo(
                (string[])
                    [
                        $$"""{"kind":"task","id":"{{task.Text("id")}}","deleted":false,"task":{{task}},"list":null}""",
                        $$"""{"kind":"list","id":"{{list.Text("id")}}","deleted":false,"task":null,"list":{{list}}}""",
                    ]
            )
        );
        Assert.That((later.Items().Count(), later.GetProperty("hasMore").GetBoolean()), Is.EqualTo((1, true)));
        Assert.That(
            deleted.Items().Single().ToString(),
            Is.EqualTo($$"""{"kind":"list","id":"{{list.Text("id")}}","deleted":true,"task":null,"list":null}""")
        );
    }
}
