using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Notifications;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using static Fitnessify.Infrastructure.Tests.Notifications.NotificationRequests;

namespace Fitnessify.Infrastructure.Tests.Notifications;

/// <summary>These tests have their own database, so that no other test causes notifications.</summary>
public sealed class NotificationFeedTests : IAsyncDisposable
{
    // Without the timeout, a missing notification would block the test forever.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ManualTimer _timer = new();
    private TestDatabase _database = null!;
    private Instance _server = null!;
    private NotificationFeed _feed = null!;
    private Guid _owner;

    [SetUp]
    public async Task Start()
    {
        _database = await TestDatabase.MigratedAsync();
        _server = _database.Start(("Sessions:RevocationSeconds", "10"));
        _owner = await _server.SignInNewUserAsync();
        _feed = NewFeed(_server.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        _feed.Dispose();
        _stopping.Dispose();
        await _server.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Test]
    public async Task Every_subscriber_of_a_user_gets_new_notifications_of_any_instance_in_order()
    {
        var other = (await _server.SignUpAsync()).Id;
        await _server.NotifyAsync(_owner);
        using var phone = await ListenAsync();
        using var tablet = await ListenAsync();
        await using var elsewhere = _database.Start();

        var first = await _server.NotifyAsync(_owner, 2);
        await _server.NotifyAsync(other);
        var second = await elsewhere.NotifyAsync(_owner);
        Assert.That(ReadAll(phone), Is.Empty);
        await _feed.ReadNewAsync(default);

        var expected = first.Concat(second).Select(notified => notified.Id).ToList();
        Assert.That(ReadAll(phone), Is.EqualTo(expected));
        Assert.That(ReadAll(tablet), Is.EqualTo(expected));
        await _feed.ReadNewAsync(default);
        Assert.That(ReadAll(phone), Is.Empty);
    }

    [Test]
    public async Task The_database_is_queried_once_for_all_subscribers_and_not_at_all_without_any()
    {
        var queries = 0;
        _server.Commands.Before = _ => Task.FromResult(queries++);
        await _feed.ReadNewAsync(default);
        Assert.That(queries, Is.Zero);

        _server.Commands.Before = null;
        List<INotificationSubscription> listeners = [];
        for (var i = 0; i < 10; i++)
        {
            await _server.SignInNewUserAsync();
            listeners.Add(await ListenAsync());
            await _server.NotifyAsync(_server.Caller.Session!.OwnerId);
        }

        _server.Commands.Before = _ => Task.FromResult(queries++);
        await _feed.ReadNewAsync(default);
        Assert.That(queries, Is.EqualTo(1));
        Assert.That(listeners.Select(listener => ReadAll(listener).Count), Is.All.EqualTo(1));
        await _feed.EndDeadAsync(default);
        Assert.That(queries, Is.EqualTo(2), "one for all sessions");

        listeners.ForEach(listener => listener.Dispose());
        _server.Clock.Advance(TimeSpan.FromMinutes(1));
        await _feed.ReadNewAsync(default);
        await _feed.EndDeadAsync(default);
        Assert.That(queries, Is.EqualTo(2));
    }

    [Test]
    public async Task Many_new_notifications_are_read_in_several_batches()
    {
        using var listener = await ListenAsync();
        var notified = await _server.NotifyAsync(_owner, 501);

        await _feed.ReadNewAsync(default);

        Assert.That(ReadAll(listener), Is.EqualTo(notified.Select(notification => notification.Id)));
    }

    [Test]
    public async Task A_late_subscriber_misses_nothing_and_nobody_gets_a_duplicate()
    {
        var before = await _server.NotifyAsync(_owner);
        using var early = await ListenAsync();
        var between = await _server.NotifyAsync(_owner);
        using var late = await ListenAsync();
        var after = await _server.NotifyAsync(_owner);
        await _feed.ReadNewAsync(default);

        Assert.That(early.StartsAfter, Is.EqualTo(before[0].Sequence));
        Assert.That(late.StartsAfter, Is.EqualTo(between[0].Sequence));
        Assert.That(ReadAll(early), Is.EqualTo([between[0].Id, after[0].Id]));
        Assert.That(ReadAll(late), Is.EqualTo([after[0].Id]));
    }

    [Test]
    public async Task A_subscriber_that_joins_during_delivery_gets_the_notification_once()
    {
        using var early = await ListenAsync();
        List<Notification> notified = [];
        // The new subscriber has read its starting position and does not listen yet.
        _server.Commands.OnceAfter(
            command => Mentions(command, "Sequences"),
            async () =>
            {
                notified.AddRange(await _server.NotifyAsync(_owner));
                await _feed.ReadNewAsync(default);
            }
        );

        using var late = await ListenAsync();
        Assert.That(ReadAll(early), Is.EqualTo([notified.Single().Id]));
        await _feed.ReadNewAsync(default);

        Assert.That(ReadAll(late), Is.EqualTo([notified.Single().Id]));
        Assert.That(ReadAll(early), Is.Empty);
    }

    [Test]
    public async Task A_subscriber_that_joins_during_a_query_gets_what_comes_next()
    {
        using var early = await ListenAsync();
        var first = await _server.NotifyAsync(_owner);
        INotificationSubscription? late = null;
        List<Notification> second = [];
        _server.Commands.OnceAfter(
            command => Mentions(command, "Notifications"),
            async () =>
            {
                late = await ListenAsync();
                second.AddRange(await _server.NotifyAsync(_owner));
            }
        );

        await _feed.ReadNewAsync(default);
        await _feed.ReadNewAsync(default);

        Assert.That(ReadAll(early), Is.EqualTo([first[0].Id, second[0].Id]));
        Assert.That(ReadAll(late!), Is.EqualTo([second[0].Id]));
        late!.Dispose();
    }

    [Test]
    public async Task A_subscription_ends_with_its_session_but_not_before_the_cache_expires()
    {
        using var ended = await ListenAsync();
        var session = _server.Caller.Session!;
        _server.Caller.Session = await _server.SignInAsync(_owner);
        using var living = await ListenAsync();
        await _feed.EndDeadAsync(default);
        Assert.That(HasEnded(ended), Is.False);

        await RevokeAsync(session);
        _server.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        await _feed.EndDeadAsync(default);
        Assert.That(HasEnded(ended), Is.False, "This is half of the time until every instance has to know.");

        _server.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await _feed.EndDeadAsync(default);
        Assert.That(HasEnded(ended), Is.True);
        Assert.That(HasEnded(living), Is.False);
    }

    [Test]
    public async Task A_subscription_ends_with_its_session_even_when_the_clock_is_set_back()
    {
        using var ended = await ListenAsync();
        await _feed.EndDeadAsync(default);
        await RevokeAsync(_server.Caller.Session!);

        _server.Clock.AdjustTime(_server.Clock.GetUtcNow() - TimeSpan.FromHours(1));
        await _feed.EndDeadAsync(default);

        Assert.That(HasEnded(ended), Is.True);
    }

    [Test]
    public async Task A_subscriber_that_joins_while_sessions_are_checked_is_kept()
    {
        using var early = await ListenAsync();
        INotificationSubscription? late = null;
        _server.Commands.OnceBefore(
            command => Mentions(command, "Sessions"),
            async () =>
            {
                await _server.SignInNewUserAsync();
                late = await ListenAsync();
            }
        );

        await _feed.EndDeadAsync(default);

        Assert.That(HasEnded(late!), Is.False);
        Assert.That(HasEnded(early), Is.False);
        late!.Dispose();
    }

    [Test]
    public async Task The_oldest_subscription_of_a_user_ends_when_there_are_too_many()
    {
        List<INotificationSubscription> listeners = [];
        for (var i = 0; i < 101; i++)
        {
            listeners.Add(await ListenAsync());
        }

        Assert.That(HasEnded(listeners[0]), Is.True);
        Assert.That(listeners.Skip(1).Select(HasEnded), Is.All.False);
        listeners.ForEach(listener => listener.Dispose());
    }

    [Test]
    public async Task A_subscriber_that_does_not_read_is_dropped()
    {
        using var lazy = await ListenAsync();
        var notified = await _server.NotifyAsync(_owner, 1001);

        await _feed.ReadNewAsync(default);

        Assert.That(ReadAll(lazy), Is.EqualTo(notified.Take(1000).Select(notification => notification.Id)));
        Assert.That(HasEnded(lazy), Is.True);
    }

    [Test]
    public async Task The_feed_queries_once_a_second_and_ends_all_subscriptions_when_the_server_stops()
    {
        using var feed = await RunAsync();
        using var listener = await ListenAsync(feed);
        var notified = await _server.NotifyAsync(_owner);

        _timer.Fire();

        Assert.That(await listener.WaitAsync(default).AsTask().WaitAsync(Timeout), Is.True);
        Assert.That(ReadAll(listener), Is.EqualTo([notified[0].Id]));
        Assert.That(_timer.Period, Is.EqualTo(TimeSpan.FromSeconds(1)));
        await _stopping.CancelAsync();
        Assert.That(HasEnded(listener), Is.True);
        using var late = await ListenAsync(feed);
        Assert.That(HasEnded(late), Is.True, "A stopped feed accepts no subscribers.");
        await feed.StopAsync(default).WaitAsync(Timeout);
    }

    [TestCase(false, TestName = "{m}(an outage)")]
    [TestCase(true, TestName = "{m}(a timeout)")]
    public async Task The_feed_continues_after_a_database_failure(bool isTimeout)
    {
        using var feed = await RunAsync();
        using var listener = await ListenAsync(feed);
        var failed = new TaskCompletionSource();
        _server.Commands.Before = _ =>
        {
            _server.Commands.Before = null;
            failed.SetResult();
            throw isTimeout ? new TaskCanceledException() : new SqliteException("disk I/O error", 10);
        };
        _timer.Fire();
        await failed.Task.WaitAsync(Timeout);

        var notified = await _server.NotifyAsync(_owner);
        _timer.Fire();

        Assert.That(await listener.WaitAsync(default).AsTask().WaitAsync(Timeout), Is.True);
        Assert.That(ReadAll(listener), Is.EqualTo([notified[0].Id]));
        await feed.StopAsync(default).WaitAsync(Timeout);
    }

    private NotificationFeed NewFeed(TimeProvider clock) =>
        new(
            _server.Get<IServiceScopeFactory>(),
            _server.Get<SessionOptions>(),
            Mock.Of<IHostApplicationLifetime>(host => host.ApplicationStopping == _stopping.Token),
            clock,
            NullLogger<NotificationFeed>.Instance
        );

    private async Task<NotificationFeed> RunAsync()
    {
        var feed = NewFeed(_timer);
        await feed.StartAsync(default);
        await _timer.Started.WaitAsync(Timeout);
        return feed;
    }

    /// <summary>Subscribes on behalf of the caller of the server.</summary>
    private Task<INotificationSubscription> ListenAsync(NotificationFeed? feed = null)
    {
        var session = _server.Caller.Session!;
        return (feed ?? _feed).SubscribeAsync(session.OwnerId, session.Id, default);
    }

    private Task RevokeAsync(Session session) =>
        _server.UseAsync(
            async (IServiceProvider services) =>
            {
                var found = await services.GetRequiredService<ISessionRepository>().FindAsync(session.Id, default);
                found!.Revoke(SessionEnd.SignedOut, _server.Clock.GetUtcNow());
                await services.GetRequiredService<Domain.Common.IUnitOfWork>().SaveChangesAsync(default);
            }
        );

    private static List<Guid> ReadAll(INotificationSubscription listener)
    {
        List<Guid> read = [];
        while (listener.TryRead(out var notification))
        {
            read.Add(notification.Id);
        }

        return read;
    }

    /// <summary>Returns whether the subscription has ended; queued notifications have to be read before.</summary>
    private static bool HasEnded(INotificationSubscription listener)
    {
        using var enough = new CancellationTokenSource();
        var wait = listener.WaitAsync(enough.Token);
        var hasEnded = wait is { IsCompletedSuccessfully: true, Result: false };
        enough.Cancel();
        return hasEnded;
    }

    /// <summary>The clock has one timer, which fires when a test says so.</summary>
    private sealed class ManualTimer : TimeProvider, ITimer
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private Action? _fire;

        public Task Started => _started.Task;

        public TimeSpan Period { get; private set; }

        public void Fire() => _fire!();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (Period, _fire) = (period, () => callback(state));
            _started.SetResult();
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) =>
            throw new NotSupportedException("Nobody changes a timer here.");

        public void Dispose() { }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
