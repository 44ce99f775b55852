using Microsoft.AspNetCore.Http;

namespace Fitnessify.Cluster;

/// <summary>Messages to devices from three processes with one database, through push services that fail, and a kill.</summary>
public sealed class PushTests : IAsyncDisposable
{
    private const int Tasks = 20;

    private readonly Instances _own = new();
    private TestPushService _push = null!;

    [SetUp]
    public async Task Start() => _push = await TestPushService.StartAsync();

    public async ValueTask DisposeAsync()
    {
        _own.Dispose();
        await _push.DisposeAsync();
    }

    [Test]
    public async Task Each_device_shows_each_notification_once_whatever_its_push_service_does()
    {
        var three = await _own.StartThreeAsync([.. TestPushService.Arguments]);
        var client = await three[0].SignedInAsync();
        Dictionary<string, TestPushSubscription> devices = new()
        {
            ["healthy"] = await SubscribeAsync(client, null),
            ["limited"] = await SubscribeAsync(client, Once(TestPushFaults.Status(429, "1"))),
            ["failing"] = await SubscribeAsync(client, Once(TestPushFaults.Status(500))),
            ["silent"] = await SubscribeAsync(client, Once(TestPushFaults.Silence)),
            ["half a refusal"] = await SubscribeAsync(client, Once(TestPushFaults.Half(503))),
            ["half an answer"] = await SubscribeAsync(client, Once(AcceptWithHalfAnAnswer)),
            ["lost answer"] = await SubscribeAsync(client, Once(TestPushFaults.LostAnswer)),
        };
        var gone = await SubscribeAsync(client, TestPushFaults.Gone);

        var created = await CreateAsync(client, DateTimeOffset.UtcNow.AddSeconds(1));
        // A silent service has ten seconds, and the pause after it takes ten more.
        await _push.WaitForAsync(
            () => devices.Values.All(device => device.Shown.Count == Tasks),
            TimeSpan.FromMinutes(2)
        );

        var counts = devices.ToDictionary(device => device.Key, device => CountsOf(device.Value));
        await TestContext.Out.WriteLineAsync(
            string.Join(
                '\n',
                counts.Select(of => $"{of.Key}: {of.Value.Count} notifications in {of.Value.Values.Sum()} messages")
            )
        );
        foreach (var (name, device) in devices)
        {
            Assert.That(
                device.Shown.Values.Select(push => push.Message.Text("taskId")),
                Is.EquivalentTo(created),
                name
            );
            // The second message that follows a lost answer replaces the first one on the device.
            Assert.That(
                counts[name].Values,
                name == "lost answer" ? Has.All.InRange(1, 2).And.Some.EqualTo(2) : Has.All.EqualTo(1),
                name
            );
        }

        Assert.That(_push.Refusals, Is.Empty);
        Assert.That(gone.Shown, Is.Empty);
        Assert.That((await client.ReadAsync(DeviceCalls.Devices)).Items().Count(), Is.EqualTo(devices.Count));
    }

    [Test]
    public async Task A_message_that_was_sent_but_not_marked_before_a_kill_is_sent_once_more_under_its_topic()
    {
        var killed = await _own.StartAsync([.. TestPushService.Arguments]);
        var client = await killed.SignedInAsync();
        // The device has the message, but the server never learns that.
        var device = await SubscribeAsync(
            client,
            async (call, accept) =>
            {
                await accept();
                await Task.Delay(Timeout.InfiniteTimeSpan, call.RequestAborted);
            }
        );
        var created = await CreateAsync(client, DateTimeOffset.UnixEpoch);
        await _push.WaitForAsync(() => device.Shown.Count == Tasks);

        await killed.KillAsync();
        device.Fault = null;
        await _own.StartAsync([.. TestPushService.Arguments]);
        // The leases of the killed process have to end first.
        await _push.WaitForAsync(() => CountsOf(device).Values.All(count => count == 2), TimeSpan.FromMinutes(2));

        var counts = CountsOf(device);
        await TestContext.Out.WriteLineAsync($"{counts.Count} notifications in {counts.Values.Sum()} messages");
        Assert.That(device.Shown.Values.Select(push => push.Message.Text("taskId")), Is.EquivalentTo(created));
        Assert.That(counts, Has.Count.EqualTo(Tasks));
    }

    // Messages are counted by topic: a push service and a device replace one by another with the same.
    private Dictionary<string, int> CountsOf(TestPushSubscription device) =>
        _push
            .Received.Where(push => push.Subscription == device)
            .CountBy(push => push.Topic)
            .ToDictionary(of => of.Key, of => of.Value);

    private async Task<TestPushSubscription> SubscribeAsync(ApiClient client, TestPushFault? fault)
    {
        var subscription = _push.Subscribe((await client.ReadAsync(DeviceCalls.Config)).Text("webPushPublicKey"));
        subscription.Fault = fault;
        await client.DeviceAsync(subscription);
        return subscription;
    }

    // The status says that the message was accepted, and nothing else of the answer matters.
    private static async Task AcceptWithHalfAnAnswer(HttpContext call, Func<Task> accept)
    {
        await accept();
        await TestPushFaults.Half(StatusCodes.Status201Created)(call, accept);
    }

    // The first request of a device fails, and those that come later are answered.
    private static TestPushFault Once(TestPushFault fault)
    {
        var isFirst = 1;
        return (call, accept) => Interlocked.Exchange(ref isFirst, 0) == 1 ? fault(call, accept) : accept();
    }

    private static async Task<IReadOnlyList<string>> CreateAsync(ApiClient client, DateTimeOffset dueAt)
    {
        var operations = Enumerable
            .Range(1, Tasks)
            .Select(i => new { op = "create", task = new { title = $"Task {i}", dueAt } });
        using var created = await client.PostAsync($"{TaskCalls.Tasks}/batch", new { atomic = true, operations });
        Assert.That(await created.OutcomeAsync(), Is.EqualTo("200"));
        return
        [
            .. (await created.JsonAsync())
                .GetProperty("results")
                .EnumerateArray()
                .Select(result => result.GetProperty("task").Text("id")),
        ];
    }
}
