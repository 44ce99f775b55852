namespace Fitnessify.WebApi.Tests.Tasks;

public sealed class GetTaskSummaryTests
{
    private static Api _api = null!;

    [OneTimeSetUp]
    public static void Start() => _api = Api.Start(clock: new ServerClock());

    [OneTimeTearDown]
    public static async Task StopAsync() => await _api.DisposeAsync();

    [Test]
    public async Task All_counts_are_zero_without_tasks()
    {
        var client = await Api.Shared.SignedInAsync();
        Assert.That(
            (await client.ReadAsync(TaskCalls.Summary)).ToString(),
            Is.EqualTo(
                """{"byStatus":{"todo":0,"inProgress":0,"done":0,"cancelled":0},"byPriority":{"low":0,"normal":0,"high":0,"urgent":0},"byList":{"inbox":0},"overdue":0,"dueToday":0}"""
            )
        );
    }

    // It is 07:08:09 in UTC on May 6.
    [TestCase("", 3)]
    [TestCase("?timeZone=UTC", 3)]
    [TestCase("?timeZone=Europe/Berlin", 5)]
    [TestCase("?timeZone=Pacific/Kiritimati", 4)]
    [TestCase("?timeZone=Pacific/Pago_Pago", 4)]
    public async Task Counts_the_tasks_of_the_caller_outside_the_trash_by_the_day_of_the_time_zone(
        string query,
        int dueToday
    )
    {
        var (client, stranger) = (await _api.SignedInAsync(), await _api.SignedInAsync());
        string[] bodies =
        [
            """{"title":"a","dueAt":"2031-05-05T23:30:00Z"}""",
            """{"title":"a2","dueAt":"2031-05-05T23:40:00Z"}""",
            """{"title":"b","dueAt":"2031-05-06T00:30:00Z","status":"inProgress","priority":"urgent"}""",
            """{"title":"c","dueAt":"2031-05-06T07:08:09.123Z","priority":"low"}""",
            """{"title":"d","dueAt":"2031-05-06T21:30:00Z"}""",
            """{"title":"e","dueAt":"2031-05-06T00:30:00Z","status":"done"}""",
            """{"title":"f","dueAt":"2031-05-06T00:30:00Z","status":"cancelled"}""",
            """{"title":"g"}""",
        ];
        foreach (var body in bodies)
        {
            await client.CreatedAsync(body);
        }

        await client.TrashedAsync(await client.CreatedAsync(bodies[2]));
        await stranger.CreatedAsync(bodies[2]);
        Assert.That(
            (await client.ReadAsync(TaskCalls.Summary + query)).ToString(),
            Is.EqualTo(
                $$$"""{"byStatus":{"todo":5,"inProgress":1,"done":1,"cancelled":1},"byPriority":{"low":1,"normal":6,"high":0,"urgent":1},"byList":{"inbox":8},"overdue":3,"dueToday":{{{dueToday}}}}"""
            )
        );
    }

    [Test]
    public async Task Counts_by_the_day_of_the_user_unless_another_time_zone_is_asked_for()
    {
        var client = await _api.SignedInAsync();
        // It is still May 6 in Berlin, and already May 7 in Kiritimati.
        await client.CreatedAsync("""{"title":"Late","dueAt":"2031-05-06T10:30:00Z"}""");
        using var moved = await client.PatchAsync(ApiClient.Me, new { timeZone = "Pacific/Kiritimati" });
        Assert.That(await moved.OutcomeAsync(), Is.EqualTo("200"));

        var own = await client.ReadAsync(TaskCalls.Summary);
        var asked = await client.ReadAsync($"{TaskCalls.Summary}?timeZone=Europe/Berlin");

        Assert.That(own.GetProperty("dueToday").GetInt32(), Is.Zero);
        Assert.That(asked.GetProperty("dueToday").GetInt32(), Is.EqualTo(1));
    }

    [TestCase("Mars/Olympus")]
    [TestCase("W. Europe Standard Time")]
    [TestCase("../../etc/passwd")]
    [TestCase("%00")]
    public async Task Accepts_only_IANA_time_zones(string timeZone)
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.GetAsync($"{TaskCalls.Summary}?timeZone={timeZone}");
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["timeZone invalid_format"]));
    }
}
