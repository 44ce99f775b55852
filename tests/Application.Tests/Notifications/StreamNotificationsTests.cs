using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Fitnessify.Application.Notifications;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Notifications;

namespace Fitnessify.Application.Tests.Notifications;

public sealed class StreamNotificationsTests
{
    // Without the timeout, a stream that stalls would block the test forever.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly StoredNotifications _stored = new();
    private readonly Feed _feed = new();
    private readonly ManualTimers _timers = new();

    [Test]
    public async Task Starts_with_ready_and_sends_only_newer_notifications()
    {
        _stored.Store("Before");
        _feed.StartsAfter = 1;
        await using var stream = await OpenAsync();

        Assert.That(await NextAsync(stream), Is.EqualTo(NotificationEvent.Ready));
        Assert.That(_feed.Listener, Is.EqualTo((_stored.Id, _stored.SessionId)));

        var next = NextAsync(stream);
        Assert.That(next.IsCompleted, Is.False);
        var notification = _stored.Store("Then");
        _feed.Publish(notification);
        var notified = await next;
        Assert.That(notified?.Name, Is.EqualTo("taskOverdue"));
        Assert.That(notified?.Id?.ToString(), Is.EqualTo($"fffffffffffffff9.{notification.Id}"));
        Assert.That(notified?.Notification, Is.EqualTo(Given.Mapper.Map<NotificationDto>(notification)));
        Assert.That(_stored.Parts, Is.Empty);
    }

    [Test]
    public async Task Does_not_subscribe_before_the_stream_is_read()
    {
        var result = await HandleAsync(null);

        Assert.That(result, Is.Not.Null);
        Assert.That(_feed.Listener, Is.Null);
    }

    [TestCase(1, "")]
    [TestCase(200, "1")]
    [TestCase(201, "1")]
    [TestCase(202, "1,201")]
    [TestCase(450, "1,201,401")]
    public async Task Replays_in_pages_what_came_after_the_last_event(int stored, string parts)
    {
        var all = Enumerable.Range(1, stored).Select(i => _stored.Store($"{i}")).ToList();
        _feed.StartsAfter = stored;

        await using var stream = await OpenAsync(EventOf(all[0]));

        Assert.That(await NextAsync(stream), Is.EqualTo(NotificationEvent.Ready));
        Assert.That(await ReadAsync(stream, stored - 1), Is.EqualTo(all.Skip(1).Select(notified => notified.Id)));
        var live = _stored.Store("Live");
        _feed.Publish(live);
        Assert.That(await ReadAsync(stream, 1), Is.EqualTo([live.Id]));
        Assert.That(_stored.Parts.Select(part => $"{part.After}"), Is.EqualTo(parts.Split(',', Clean)));
        Assert.That(_stored.Parts.Select(part => part.Limit), Is.All.EqualTo(200));
    }

    [Test]
    public async Task Neither_repeats_nor_misses_a_notification_between_replay_and_live_events()
    {
        var all = Enumerable.Range(1, 6).Select(i => _stored.Store($"{i}")).ToList();
        // Two notifications arrived after the subscription, so they are both stored and queued.
        _feed.StartsAfter = 4;
        all[4..].ForEach(_feed.Publish);
        await using var stream = await OpenAsync(EventOf(all[0]));
        await NextAsync(stream);

        Assert.That(await ReadAsync(stream, 5), Is.EqualTo(all[1..].Select(notified => notified.Id)));
        _feed.End();
        Assert.That(await NextAsync(stream), Is.Null);
    }

    [Test]
    public async Task Accepts_the_bare_id_of_a_notification()
    {
        var all = Enumerable.Range(1, 3).Select(i => _stored.Store($"{i}")).ToList();
        _feed.StartsAfter = 3;
        await using var stream = await OpenAsync($"{all[0].Id}");
        await NextAsync(stream);

        Assert.That(await ReadAsync(stream, 2), Is.EqualTo([all[1].Id, all[2].Id]));
    }

    [Test]
    public async Task Replays_only_the_notifications_of_the_caller()
    {
        var last = _stored.Store("1");
        _stored.Store("Of another user", ownerId: Guid.NewGuid());
        var own = _stored.Store("3");
        _feed.StartsAfter = 3;
        await using var stream = await OpenAsync(EventOf(last));
        await NextAsync(stream);
        _feed.End();

        Assert.That((await NextAsync(stream))?.Notification?.Id, Is.EqualTo(own.Id));
        Assert.That(await NextAsync(stream), Is.Null);
    }

    [TestCase("unknown")]
    [TestCase("foreign")]
    [TestCase("of another epoch")]
    public async Task Starts_with_the_unread_notifications_when_the_last_event_is_unknown(string last)
    {
        var foreign = _stored.Store("Of another user", ownerId: Guid.NewGuid());
        var own = _stored.Store("Own");
        _stored.Store("Read").Read(Given.Now);
        var other = _stored.Store("Other");
        _feed.StartsAfter = 4;
        await using var stream = await OpenAsync(
            last switch
            {
                "unknown" => EventOf(Guid.NewGuid()),
                "foreign" => EventOf(foreign),
                _ => new NotificationEventId(7, own.Id).ToString(),
            }
        );
        await NextAsync(stream);

        Assert.That(await ReadAsync(stream, 2), Is.EqualTo([own.Id, other.Id]));
        var live = _stored.Store("Live");
        _feed.Publish(live);
        Assert.That(await ReadAsync(stream, 1), Is.EqualTo([live.Id]));
    }

    [Test]
    public async Task Sends_a_heartbeat_every_15_seconds()
    {
        await using var stream = await OpenAsync();
        await NextAsync(stream);

        for (var i = 0; i < 2; i++)
        {
            var next = NextAsync(stream);
            Assert.That(next.IsCompleted, Is.False);
            Assert.That(_timers.Periods, Is.EqualTo([TimeSpan.FromSeconds(15)]));
            _timers.Fire();
            Assert.That(await next, Is.EqualTo(new NotificationEvent("heartbeat", null)));
        }

        var notification = _stored.Store("Between two of them");
        _feed.Publish(notification);
        Assert.That(await ReadAsync(stream, 1), Is.EqualTo([notification.Id]));
        _timers.Fire();
        Assert.That(await NextAsync(stream), Is.EqualTo(NotificationEvent.Heartbeat));
    }

    [Test]
    public async Task Ends_with_the_subscription_after_sending_what_is_queued()
    {
        await using var stream = await OpenAsync();
        await NextAsync(stream);
        Notification[] waiting = [_stored.Store("1"), _stored.Store("2")];
        Array.ForEach(waiting, _feed.Publish);
        _feed.End();

        Assert.That(await ReadAsync(stream, 2), Is.EqualTo(waiting.Select(notified => notified.Id)));
        Assert.That(await NextAsync(stream), Is.Null);
        Assert.That(_feed.IsDisposed, Is.True);
        Assert.That(_timers.Periods, Is.Empty);
    }

    [Test]
    public async Task Ends_while_waiting_for_a_notification()
    {
        await using var stream = await OpenAsync();
        await NextAsync(stream);

        var next = NextAsync(stream);
        _feed.End();

        Assert.That(await next, Is.Null);
        Assert.That(_feed.IsDisposed, Is.True);
    }

    [Test]
    public async Task Unsubscribes_when_the_reader_stops_reading()
    {
        var stream = await OpenAsync();
        await NextAsync(stream);
        Assert.That(_feed.IsDisposed, Is.False);

        await stream.DisposeAsync();

        Assert.That(_feed.IsDisposed, Is.True);
    }

    [Test]
    public async Task Unsubscribes_when_the_reader_cancels_while_waiting()
    {
        using var reader = new CancellationTokenSource();
        await using var stream = await OpenAsync(null, reader.Token);
        await NextAsync(stream);
        var next = NextAsync(stream);

        await reader.CancelAsync();

        Assert.That(() => next, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_feed.IsDisposed, Is.True);
        Assert.That(_timers.Periods, Is.Empty);
    }

    [TestCase(null, "")]
    [TestCase("0198c0de-0000-7000-8000-000000000000", "")]
    [TestCase("fffffffffffffff9.0198c0de-0000-7000-8000-000000000000", "")]
    [TestCase("1.2.0198c0de-0000-7000-8000-000000000000", "lastEventId: invalid_format")]
    [TestCase("x.0198c0de-0000-7000-8000-000000000000", "lastEventId: invalid_format")]
    [TestCase("1.", "lastEventId: invalid_format")]
    [TestCase("", "lastEventId: invalid_format")]
    [TestCase("7", "lastEventId: invalid_format")]
    [TestCase("0198c0de-0000-7000-8000-00000000000", "lastEventId: invalid_format")]
    [TestCase("0198c0de-0000-7000-8000-0000000000000", "lastEventId: invalid_format")]
    public void Checks_the_last_event(string? id, string error) =>
        Assert.That(
            new StreamNotificationsValidator().ErrorTextOf(new StreamNotificationsQuery(id)),
            Is.EqualTo(error)
        );

    private static string EventOf(Notification notification) => EventOf(notification.Id);

    private static string EventOf(Guid id) => new NotificationEventId(StoredNotifications.Epoch, id).ToString();

    private const StringSplitOptions Clean = StringSplitOptions.RemoveEmptyEntries;

    private async Task<IAsyncEnumerable<NotificationEvent>> HandleAsync(string? lastEventId)
    {
        var handler = new StreamNotificationsHandler(_stored, _stored, _feed, Given.Mapper, _timers);
        var result = await handler.Handle(new StreamNotificationsQuery(lastEventId), CancellationToken.None);
        return result.Value!.Stream;
    }

    private async Task<IAsyncEnumerator<NotificationEvent>> OpenAsync(
        string? lastEventId = null,
        CancellationToken cancellationToken = default
    ) => (await HandleAsync(lastEventId)).GetAsyncEnumerator(cancellationToken);

    /// <summary>Returns the next event, or null at the end.</summary>
    private static async Task<NotificationEvent?> NextAsync(IAsyncEnumerator<NotificationEvent> stream) =>
        await stream.MoveNextAsync().AsTask().WaitAsync(Timeout) ? stream.Current : null;

    private static async Task<List<Guid?>> ReadAsync(IAsyncEnumerator<NotificationEvent> stream, int count)
    {
        List<Guid?> read = [];
        while (read.Count < count)
        {
            read.Add((await NextAsync(stream))?.Notification?.Id);
        }

        return read;
    }

    /// <summary>The feed has one subscriber.</summary>
    private sealed class Feed : INotificationFeed, INotificationSubscription
    {
        private readonly Channel<Notification> _waiting = Channel.CreateUnbounded<Notification>();

        public (Guid OwnerId, Guid SessionId)? Listener { get; private set; }

        public bool IsDisposed { get; private set; }

        public long StartsAfter { get; set; }

        public void Publish(Notification notification) => _waiting.Writer.TryWrite(notification);

        public void End() => _waiting.Writer.Complete();

        public Task<INotificationSubscription> SubscribeAsync(
            Guid ownerId,
            Guid sessionId,
            CancellationToken cancellationToken
        )
        {
            Listener = (ownerId, sessionId);
            return Task.FromResult<INotificationSubscription>(this);
        }

        public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
            _waiting.Reader.WaitToReadAsync(cancellationToken);

        public bool TryRead([MaybeNullWhen(false)] out Notification notification) =>
            _waiting.Reader.TryRead(out notification);

        public void Dispose() => IsDisposed = true;
    }
}
