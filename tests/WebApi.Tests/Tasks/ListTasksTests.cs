using System.Globalization;

namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class ListTasksTests
{
    // The creations are one second apart, starting at 07:08:09 on the 6th; afterwards "b" is changed once more.
    private static readonly string[] Bodies =
    [
        """{"title":"c","priority":"low","labels":["leg"],"dueAt":"2031-05-06T07:08:10Z"}""",
        """{"title":"B","priority":"high","labels":["leg","arm"],"description":"50%_off"}""",
        """{"title":"a","status":"done","labels":["Leg"],"dueAt":"2031-05-06T07:08:10Z"}""",
        """{"title":"d","status":"inProgress","priority":"urgent","labels":["legs"],"dueAt":"2031-05-07T00:00:00Z"}""",
        """{"title":"É","status":"cancelled","description":"Straße\nleg"}""",
    ];

    private static Api _api = null!;
    private static ApiClient _reader = null!;

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        var clock = new ServerClock();
        _api = Api.Start(clock: clock);
        _reader = await GivenAsync(_api, clock);
    }

    [OneTimeTearDown]
    public static async Task StopAsync() => await _api.DisposeAsync();

    [TestCase("", "É d a B c")]
    [TestCase("status=todo", "B c")]
    [TestCase("status=todo&status=done", "a B c")]
    [TestCase("priority=low", "c")]
    [TestCase("priority=normal&priority=urgent", "É d a")]
    [TestCase("label=leg", "a B c")]
    [TestCase("label=%20leg%20", "a B c")]
    [TestCase("label=leg&label=arm", "B")]
    [TestCase("label=leg&label=LEG", "a B c")]
    [TestCase("label=le", "")]
    [TestCase("dueBefore=2031-05-06T07:08:10Z", "")]
    [TestCase("dueBefore=2031-05-06T07:08:10.001Z", "a c")]
    [TestCase("dueBefore=2031-05-06T09:08:10.001%2B02:00", "a c")]
    [TestCase("dueAfter=2031-05-06T07:08:10Z", "d")]
    [TestCase("dueAfter=2031-05-06T07:08:09Z&dueBefore=2031-05-06T23:00:00Z", "a c")]
    [TestCase("overdue=true", "c")]
    [TestCase("overdue=false", "É d a B")]
    [TestCase("q=b", "B")]
    [TestCase("q=LEG", "É")]
    [TestCase("q=é", "É")]
    [TestCase("q=%20leg%20e", "É")]
    [TestCase("q=%25_", "B")]
    [TestCase("q=%25", "B")]
    [TestCase("q=_", "B")]
    [TestCase("q=", "É d a B c")]
    [TestCase("q=%5B", "")]
    [TestCase("status=todo&priority=high&label=arm&q=off&overdue=false", "B")]
    [TestCase("status=todo&priority=urgent", "")]
    [TestCase("sort=createdAt", "c B a d É")]
    [TestCase("sort=-createdAt", "É d a B c")]
    [TestCase("sort=updatedAt", "c a d É B")]
    [TestCase("sort=-updatedAt", "B É d a c")]
    [TestCase("sort=title", "a B c d É")]
    [TestCase("sort=-title", "É d c B a")]
    [TestCase("sort=priority", "c a É B d")]
    [TestCase("sort=-priority", "d B É a c")]
    [TestCase("sort=dueAt", "c a d B É")]
    [TestCase("sort=-dueAt", "d a c É B")]
    [TestCase("sort=title&status=todo&label=leg", "B c")]
    public async Task Filters_and_orders(string query, string titles) =>
        Assert.That(await _reader.TitlesAsync($"?{query}"), Is.EqualTo(titles));

    [Test]
    public async Task Lists_all_tasks_in_each_order_page_by_page()
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var client = await api.SignedInAsync();
        string[] members = ["\"priority\":\"low\"", "\"dueAt\":\"2031-05-06T07:08:10Z\"", "\"labels\":[]"];
        for (var i = 0; i < 9; i++)
        {
            // Some values of each key are equal, so the order among those matters too.
            await client.CreatedAsync($$"""{"title":"{{"ab"[i % 2]}}",{{members[i % 3]}}}""");
            clock.Advance(TimeSpan.FromSeconds(i % 2));
        }

        string[] keys = ["createdAt", "updatedAt", "dueAt", "priority", "title"];
        foreach (var sort in keys.SelectMany(key => (string[])[key, $"-{key}"]))
        {
            var whole = await PagesAsync(client, $"sort={sort}&limit=200");
            Assert.That(whole.Distinct().Count(), Is.EqualTo(9));
            foreach (var limit in (int[])[1, 2, 7, 9])
            {
                Assert.That(
                    await PagesAsync(client, $"sort={sort}&limit={limit}"),
                    Is.EqualTo(whole),
                    $"{sort}, {limit}"
                );
            }
        }
    }

    [Test]
    public async Task A_cursor_is_valid_for_one_list_only()
    {
        var (client, other) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        await client.CreatedAsync();
        await client.CreatedAsync();
        var cursor = (await client.ReadAsync($"{TaskCalls.Tasks}?limit=1")).Text("nextCursor");
        var middle = cursor.Length / 2;
        var tampered = cursor[..middle] + (cursor[middle] == 'A' ? 'B' : 'A') + cursor[(middle + 1)..];
        string[] foreign =
        [
            $"sort=createdAt&cursor={cursor}",
            $"sort=title&cursor={cursor}",
            $"status=todo&cursor={cursor}",
            $"label=a&cursor={cursor}",
            $"overdue=false&cursor={cursor}",
            $"q=a&cursor={cursor}",
            $"dueAfter=2031-05-06T07:08:10Z&cursor={cursor}",
            $"cursor={tampered}",
            $"cursor={cursor[..^4]}",
            "cursor=garbage",
            "cursor=%00",
        ];
        foreach (var query in foreign)
        {
            Assert.That(
                await TaskCalls.OutcomeOfAsync(client.GetAsync($"{TaskCalls.Tasks}?{query}")),
                Is.EqualTo("400 invalid_cursor"),
                query
            );
        }

        using var stranger = await other.GetAsync($"{TaskCalls.Tasks}?cursor={cursor}");
        using var otherLimit = await client.GetAsync($"{TaskCalls.Tasks}?sort=-createdAt&limit=5&cursor={cursor}");
        Assert.That(await stranger.OutcomeAsync(), Is.EqualTo("400 invalid_cursor"));
        Assert.That((await otherLimit.JsonAsync()).Items().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Continues_when_the_last_listed_task_was_deleted()
    {
        var client = await Api.Shared.SignedInAsync();
        var tasks = new[] { await TitledAsync("a"), await TitledAsync("b"), await TitledAsync("c") };
        var page = await client.ReadAsync($"{TaskCalls.Tasks}?sort=title&limit=2");
        await client.TrashedAsync(tasks[1]);
        await TitledAsync("aa");
        await TitledAsync("bb");
        Assert.That(
            await client.TitlesAsync($"?sort=title&limit=2&cursor={page.Text("nextCursor")}"),
            Is.EqualTo("bb c")
        );

        Task<System.Text.Json.JsonElement> TitledAsync(string title) =>
            client.CreatedAsync($$"""{"title":"{{title}}"}""");
    }

    [TestCase("status=Todo", "status not_allowed")]
    [TestCase("status=", "status not_allowed")]
    [TestCase("status=todo&status=1", "status not_allowed")]
    [TestCase("status=todo,done", "status not_allowed")]
    [TestCase("priority=low&priority=none", "priority not_allowed")]
    [TestCase("label=", "label required")]
    [TestCase("label=a&label=%20", "label required")]
    [TestCase("label=leg%0A%0Aarm", "label invalid_format")]
    [TestCase("dueBefore=2031-05-06T07:08:10", "dueBefore invalid_format")]
    [TestCase("dueBefore=tomorrow", "dueBefore invalid_format")]
    [TestCase("dueAfter=2031-05-06", "dueAfter invalid_format")]
    [TestCase("dueAfter=9999-12-31T23:59:59-01:00", "dueAfter invalid_format")]
    [TestCase("overdue=maybe", "overdue invalid_type")]
    [TestCase("q=a%00", "q invalid_format")]
    [TestCase("sort=id", "sort not_allowed")]
    [TestCase("sort=CreatedAt", "sort not_allowed")]
    [TestCase("sort=createdAt,title", "sort not_allowed")]
    [TestCase("limit=0", "limit out_of_range")]
    [TestCase("limit=201", "limit out_of_range")]
    [TestCase("limit=-1", "limit out_of_range")]
    [TestCase("limit=x", "limit invalid_type")]
    [TestCase("limit=99999999999", "limit invalid_type")]
    [TestCase("limit=0&sort=x", "sort not_allowed", "limit out_of_range")]
    public async Task Names_the_invalid_parameter(string query, params string[] errors)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync($"{TaskCalls.Tasks}?{query}");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo(errors));
    }

    [Test]
    public async Task Names_a_parameter_that_is_too_long()
    {
        var client = await Api.Shared.SignedInAsync();
        var labels = string.Join('&', Enumerable.Range(0, 21).Select(i => $"label={i}"));
        using var response = await client.GetAsync($"{TaskCalls.Tasks}?q={new string('q', 201)}&{labels}");
        Assert.That(await response.ErrorsAsync(), Is.EquivalentTo((string[])["q too_long", "label too_long"]));
    }

    private static async Task<ApiClient> GivenAsync(Api api, ServerClock clock)
    {
        var (client, stranger) = (await api.SignedInAsync(), await api.SignedInAsync());
        foreach (var body in Bodies)
        {
            var task = await client.CreatedAsync(body);
            await stranger.CreatedAsync(body);
            clock.Advance(TimeSpan.FromSeconds(1));
            if (task.Text("title") == "É")
            {
                var b = (await client.ReadAsync(TaskCalls.Tasks)).Items().Single(of => of.Text("title") == "B");
                await client.PatchedAsync(b, """{"dueAt":null,"description":"50%_off!"}""");
            }
        }

        await client.TrashedAsync(await client.CreatedAsync("""{"title":"gone","labels":["leg"]}"""));
        return client;
    }

    private static async Task<IReadOnlyList<string>> PagesAsync(ApiClient client, string query)
    {
        List<string> ids = [];
        string? cursor = null;
        do
        {
            var page = await client.ReadAsync(
                $"{TaskCalls.Tasks}?{query}{(cursor is null ? "" : $"&cursor={cursor}")}"
            );
            ids.AddRange(page.Items().Select(task => task.Text("id")));
            Assert.That(
                ids,
                Has.Count.LessThan(100).And.Not.Empty,
                string.Create(CultureInfo.InvariantCulture, $"{query}")
            );
            cursor = page.Text("nextCursor");
        } while (cursor is not null);

        return ids;
    }
}
