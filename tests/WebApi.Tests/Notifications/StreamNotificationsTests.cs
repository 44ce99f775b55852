using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Fitnessify.WebApi.Tests.Notifications;

public sealed class StreamNotificationsTests
{
    [Test]
    public async Task Sends_ready_and_then_each_notification_as_in_the_list()
    {
        var client = await Api.Shared.SignedInAsync();
        await Api.Shared.NotifiedAsync(client, "before");
        using var stream = await EventStream.OpenAsync(client);
        foreach (var title in (string[])["Buy <milk> & \"Brötchen\"", "b"])
        {
            var notification = await Api.Shared.NotifiedAsync(client, title);
            Assert.That(
                await stream.NextAsync(),
                Is.EqualTo($"event: taskOverdue\ndata: {notification}\nid: 0.{notification.Text("id")}\n\n")
            );
        }
    }

    [Test]
    public async Task Proxies_neither_cache_nor_buffer_the_stream()
    {
        using var stream = await EventStream.OpenAsync(await Api.Shared.SignedInAsync());
        Assert.Multiple(() =>
        {
            Assert.That(stream.Answer.Header("Content-Type"), Is.EqualTo("text/event-stream"));
            Assert.That(stream.Answer.Header("Cache-Control"), Does.Contain("no-store"));
            Assert.That(stream.Answer.Header("X-Accel-Buffering"), Is.EqualTo("no"));
            Assert.That(stream.Answer.Header("X-Content-Type-Options"), Is.EqualTo("nosniff"));
            Assert.That(stream.Answer.Header("Content-Length"), Is.Null);
        });
    }

    [Test]
    public async Task Sends_a_heartbeat_every_fifteen_seconds()
    {
        await using var api = Api.Start(clock: new FastClock());
        using var stream = await EventStream.OpenAsync(await api.SignedInAsync());
        await stream.HeartbeatAsync();
        await stream.HeartbeatAsync();
    }

    [Test]
    public async Task Resumes_after_the_last_event()
    {
        var client = await Api.Shared.SignedInAsync();
        await Api.Shared.NotifiedAsync(client, "a");
        var last = await Api.Shared.NotifiedAsync(client, "b");
        await Api.Shared.NotifiedAsync(client, "c");
        await Api.Shared.NotifiedAsync(client, "d");
        using var stream = await EventStream.OpenAsync(client, $"0.{last.Text("id")}");
        var missed = await stream.NotificationsAsync(2);
        await Api.Shared.NotifiedAsync(client, "e");
        var next = await stream.NotificationAsync();
        Assert.That(
            missed.Append(next).Select(notification => notification.Text("title")),
            Is.EqualTo((string[])["c", "d", "e"])
        );
    }

    /// <summary>This is more than one page of a replay, and more than the queue of a slow reader.</summary>
    [Test]
    public async Task Replays_all_unread_notifications_after_an_unknown_event()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var foreign = await Api.Shared.NotifiedAsync(stranger, "foreign");
        const int Count = 401;
        for (var i = 0; i < Count; i += 100)
        {
            var operations = Enumerable
                .Range(i, Math.Min(100, Count - i))
                .Select(n => new
                {
                    op = "create",
                    task = new { title = $"{n}", dueAt = DateTimeOffset.UnixEpoch.AddDays(n) },
                });
            using var response = await client.PostAsync(TaskCalls.Batch, new { atomic = true, operations });
            Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        }

        await Api.Shared.NotifyAsync();
        foreach (var id in (string[])[EventStream.FromTheBeginning, foreign.Text("id")])
        {
            using var stream = await EventStream.OpenAsync(client, id);
            var all = await stream.NotificationsAsync(Count);
            Assert.That(
                all.Select(notification => notification.Text("title")),
                Is.EquivalentTo(Enumerable.Range(0, Count).Select(n => $"{n}"))
            );
        }
    }

    [TestCase("x")]
    [TestCase("0")]
    [TestCase("0197a000-0000-7000-8000-00000000000g")]
    public async Task Refuses_an_invalid_event_id(string id)
    {
        using var response = await OpenAsync(await Api.Shared.SignedInAsync(), ("Last-Event-ID", id));
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("400 validation_failed"));
        Assert.That(await response.ErrorsAsync(), Is.EqualTo((string[])["lastEventId invalid_format"]));
    }

    [TestCase(null, "200")]
    [TestCase("text/event-stream", "200")]
    [TestCase("text/event-stream; charset=utf-8", "200")]
    [TestCase("text/*", "200")]
    [TestCase("*/*", "200")]
    [TestCase("application/json, text/event-stream;q=0.1", "200")]
    [TestCase("application/json", "406 not_acceptable")]
    [TestCase("application/json, text/event-stream;q=0", "406 not_acceptable")]
    public async Task Responds_to_clients_that_accept_event_streams(string? accept, string outcome)
    {
        using var response = await OpenAsync(
            await Api.Shared.SignedInAsync(),
            accept is null ? [] : [("Accept", accept)]
        );
        Assert.That(await response.OutcomeAsync(), Is.EqualTo(outcome));
    }

    [Test]
    public async Task Responds_to_HEAD_at_once()
    {
        var client = await Api.Shared.SignedInAsync();
        using var response = await client.SendAsync("HEAD", NotificationCalls.Stream);
        Assert.That(await response.OutcomeAsync(), Is.EqualTo("200"));
        Assert.That(response.Header("Content-Type"), Is.EqualTo("text/event-stream"));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.Empty);
    }

    [Test]
    public async Task Sends_each_user_their_own_notifications_on_every_device()
    {
        var (phone, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var tablet = await Api.Shared.SignedInAsync(phone.Person);
        using var onPhone = await EventStream.OpenAsync(phone);
        using var onTablet = await EventStream.OpenAsync(tablet);
        using var onStrangers = await EventStream.OpenAsync(stranger);
        await Api.Shared.NotifiedAsync(phone, "a");
        await Api.Shared.NotifiedAsync(stranger, "b");
        await Api.Shared.NotifiedAsync(phone, "c");
        await Api.Shared.NotifiedAsync(stranger, "d");
        foreach (
            var (stream, titles) in ((EventStream, string)[])[(onPhone, "a c"), (onTablet, "a c"), (onStrangers, "b d")]
        )
        {
            var notification = await stream.NotificationsAsync(2);
            Assert.That(string.Join(' ', notification.Select(item => item.Text("title"))), Is.EqualTo(titles));
        }
    }

    [Test]
    public async Task Ends_with_its_own_session_only()
    {
        await using var api = Api.Start(new() { ["Sessions:RevocationSeconds"] = "1" });
        var phone = await api.SignedInAsync();
        var (tablet, laptop) = (await api.SignedInAsync(phone.Person), await api.SignedInAsync(phone.Person));
        using var onPhone = await EventStream.OpenAsync(phone);
        using var onTablet = await EventStream.OpenAsync(tablet);
        using var onLaptop = await EventStream.OpenAsync(laptop);
        using var logout = await tablet.PostAsync(ApiClient.Logout);
        using var ended = await phone.DeleteAsync($"{ApiClient.Sessions}/{laptop.SessionId}");
        Assert.That(await logout.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await ended.OutcomeAsync(), Is.EqualTo("204"));
        await onTablet.EndAsync();
        await onLaptop.EndAsync();
        var notification = await api.NotifiedAsync(phone);
        Assert.That((await onPhone.NotificationAsync()).ToString(), Is.EqualTo(notification.ToString()));
    }

    [Test]
    public async Task Ends_when_the_server_stops()
    {
        await using var api = Api.Start();
        var client = await api.SignedInAsync();
        using var stream = await EventStream.OpenAsync(client);
        api.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await stream.EndAsync();
    }

    [Test]
    public async Task Requires_a_valid_token()
    {
        var clock = new ServerClock();
        await using var api = Api.Rent(clock);
        var client = await api.SignedInAsync();
        clock.Advance(TimeSpan.FromMinutes(15));
        using var expired = await OpenAsync(client, ("Accept", "text/event-stream"));
        using var absent = await OpenAsync(api.Anonymous(), ("Accept", "text/event-stream"));
        Assert.That(await expired.OutcomeAsync(), Is.EqualTo("401 token_expired"));
        Assert.That(await absent.OutcomeAsync(), Is.EqualTo("401 unauthenticated"));
        Assert.That(absent.Header("WWW-Authenticate"), Does.StartWith("Bearer"));
    }

    [Test]
    public async Task Survives_a_client_that_disconnects()
    {
        var api = Api.Start();
        var client = await api.SignedInAsync();
        using (var stream = await EventStream.OpenAsync(client))
        {
            await api.NotifiedAsync(client);
            await stream.NotificationAsync();
        }

        // A completed request is logged before the server has stopped.
        await api.DisposeAsync();
        Assert.That(api.Log.Lines, Has.None.Contains("Unhandled exception").And.None.Contains("cannot be read"));
        Assert.That(api.Log.Lines, Has.Some.Contains("GET /api/v1/notifications/stream"));
    }

    private static Task<HttpResponseMessage> OpenAsync(
        ApiClient client,
        params (string Name, string Value)[] headers
    ) => client.OpenAsync(NotificationCalls.Stream, headers);

    /// <summary>A timer of fifteen seconds runs a hundred times as fast.</summary>
    private sealed class FastClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, SpeedUp(dueTime), SpeedUp(period));

        private static TimeSpan SpeedUp(TimeSpan time) => time == TimeSpan.FromSeconds(15) ? time / 100 : time;
    }
}
