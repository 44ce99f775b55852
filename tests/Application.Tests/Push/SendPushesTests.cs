using Fitnessify.Application.Push;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Tests.Push;

public sealed class SendPushesTests
{
    private readonly StoredPushes _stored = new();
    private readonly Transport _transport = new();
    private readonly LogLines<SendPushesHandler> _log = new();
    private readonly HastyClock _clock = new();
    private readonly SendPushesHandler _handler;

    public SendPushesTests() => _handler = new(_stored, _transport, _log, _clock);

    [Test]
    public async Task Does_nothing_when_nothing_is_due()
    {
        await SendAsync();

        Assert.That(_stored.Stored, Is.Empty);
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task Sends_what_is_due_and_stores_that_it_was_sent()
    {
        var delivery = _stored.Store();

        await SendAsync();

        Assert.That(
            _transport.Messages,
            Is.EqualTo([
                new PushMessage(delivery.MessageId, PushMessageType.Test, null, null, "de", delivery.ExpiresAt),
            ])
        );
        Assert.That(_stored.Stored, Is.EqualTo([delivery]));
        Assert.That((delivery.SentAt, delivery.IsFinished), Is.EqualTo(((DateTimeOffset?)Given.Now, true)));
        Assert.That(_stored.Dead, Is.Empty);
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task Drops_what_has_no_device_and_what_is_too_old_without_sending_it()
    {
        var (gone, old) = (_stored.Store(), _stored.Store(createdAt: Given.Now - PushDelivery.Lifetime));
        _stored.Forget(gone);

        await SendAsync();

        Assert.That(_transport.Messages, Is.Empty);
        Assert.That(_stored.Stored, Is.EquivalentTo([gone, old]));
        Assert.That(_stored.Stored.Select(delivery => delivery.IsFinished), Is.All.True);
        Assert.That(_log.Lines, Is.Empty);
    }

    [Test]
    public async Task What_is_not_sent_is_stored_with_the_time_of_then_because_the_lease_may_have_ended()
    {
        _stored.Forget(_stored.Store());
        _stored.BeforeRead = () => _clock.Advance(PushDelivery.Lease);

        await SendAsync();

        Assert.That(_stored.StoredAt, Is.EqualTo([Given.Now + PushDelivery.Lease]));
    }

    [TestCase(null, 10)]
    [TestCase(300, 300)]
    public async Task Tries_a_failed_message_again_later(int? retryAfter, int seconds)
    {
        var delivery = _stored.Store();
        var pause = retryAfter is { } asked ? TimeSpan.FromSeconds(asked) : (TimeSpan?)null;
        _transport.Answer(delivery, PushOutcome.Failed("503", pause));

        await SendAsync();

        Assert.That(_stored.Stored, Is.EqualTo([delivery]));
        Assert.That((delivery.IsFinished, delivery.SentAt), Is.EqualTo((false, (DateTimeOffset?)null)));
        Assert.That(delivery.NextAttemptAt, Is.EqualTo(Given.Now.AddSeconds(seconds)));
        Assert.That(_stored.Dead, Is.Empty);
    }

    [TestCase(PushOutcomeKind.Refused, 0)]
    [TestCase(PushOutcomeKind.Dead, 1)]
    public async Task Drops_a_message_that_no_retry_can_help_and_removes_a_dead_device(PushOutcomeKind result, int dead)
    {
        var delivery = _stored.Store();
        _transport.Answer(delivery, new PushOutcome(result, "410"));

        await SendAsync();

        Assert.That(_stored.Stored, Is.EqualTo([delivery]));
        Assert.That((delivery.IsFinished, delivery.SentAt), Is.EqualTo((true, (DateTimeOffset?)null)));
        Assert.That(_stored.Dead.Select(device => device.Id), Is.EqualTo(Enumerable.Repeat(delivery.DeviceId, dead)));
    }

    [Test]
    public async Task Logs_one_line_for_each_service_and_reason()
    {
        for (var i = 0; i < 100; i++)
        {
            _transport.Answer(_stored.Store(), PushOutcome.Failed("503"));
        }

        _transport.Answer(_stored.Store(), PushOutcome.Refused("400"));
        _transport.Answer(_stored.Store(PushPlatform.Apns), PushOutcome.Dead("410"));
        _stored.Store();

        await SendAsync();

        Assert.That(
            _log.Lines,
            Is.EqualTo([
                "Warning: 100 messages to devices were not accepted by Fcm: 503",
                "Warning: 1 messages to devices were not accepted by Fcm: 400",
                "Warning: 1 messages to devices were not accepted by Apns: 410",
            ])
        );
    }

    [Test]
    public async Task Sends_only_so_many_messages_at_a_time()
    {
        var (now, most) = (0, 0);
        for (var i = 0; i < 150; i++)
        {
            _stored.Store(PushPlatform.WebPush, address: $"https://push{i % 5}.example.org/{i}");
        }

        var isFull = new TaskCompletionSource();
        _transport.Otherwise = async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            if (now == SendPushesHandler.AtATime)
            {
                isFull.TrySetResult();
            }

            await isFull.Task;
            Interlocked.Decrement(ref now);
            return PushOutcome.Sent;
        };

        await SendAsync();

        Assert.That(most, Is.EqualTo(128));
        Assert.That(_stored.Stored.Count(delivery => delivery.IsFinished), Is.EqualTo(150));
    }

    [Test]
    public async Task A_service_that_does_not_answer_leaves_room_for_the_others()
    {
        var answer = new TaskCompletionSource<PushOutcome>();
        List<PushDelivery> stuck = [];
        for (var i = 0; i < 100; i++)
        {
            stuck.Add(_stored.Store(PushPlatform.WebPush, address: $"https://slow.example.org/{i}"));
            _transport.Answer(stuck[^1], _ => answer.Task);
        }

        var others = Enumerable.Range(0, 40).Select(_ => _stored.Store()).ToList();
        _stored.AfterStore = _ =>
        {
            if (others.TrueForAll(delivery => delivery.SentAt is not null))
            {
                answer.TrySetResult(PushOutcome.Failed("no answer in time"));
            }
        };

        await SendAsync();

        Assert.That(others.Select(delivery => delivery.SentAt), Has.All.Not.Null);
        Assert.That(
            stuck.Select(delivery => (delivery.Attempts, delivery.NextAttemptAt - Given.Now)).CountBy(of => of),
            Is.EquivalentTo(
                new Dictionary<(int, TimeSpan), int>
                {
                    [(1, TimeSpan.FromSeconds(10))] = SendPushesHandler.AtATimeByService,
                    [(0, TimeSpan.FromSeconds(1))] = 100 - SendPushesHandler.AtATimeByService,
                }
            )
        );
    }

    [Test]
    public async Task A_slow_message_does_not_hold_up_others_and_is_not_claimed_again_meanwhile()
    {
        var answer = new TaskCompletionSource<PushOutcome>();
        var slow = _stored.Store();
        _transport.Answer(slow, _ => answer.Task);
        var others = Enumerable.Range(0, 99).Select(_ => _stored.Store()).ToList();
        _stored.AfterStore = delivery =>
        {
            if (_stored.Stored.Count == 99)
            {
                // This one becomes due while only the slow one is on its way.
                others.Add(_stored.Store());
            }
            else if (delivery == others[^1])
            {
                answer.TrySetResult(PushOutcome.Sent);
            }
        };

        await SendAsync();

        Assert.That(_stored.Stored, Is.EqualTo([.. others, slow]));
        Assert.That(_stored.Claimed, Is.Unique.And.Count.EqualTo(101));
    }

    [Test]
    public async Task Stops_with_the_server_and_stores_every_outcome_that_is_known()
    {
        using var stopping = new CancellationTokenSource();
        var (stalled, late, sent) = (_stored.Store(), _stored.Store(), _stored.Store());
        var dead = _stored.Store();
        _transport.Answer(stalled, Never);
        _transport.Answer(
            late,
            async token =>
            {
                // The service had accepted it before the connection was closed.
                await Task.WhenAny(Never(token));
                await Task.Yield();
                return PushOutcome.Sent;
            }
        );
        _transport.Answer(dead, PushOutcome.Dead("410"));
        _transport.Answer(
            sent,
            _ =>
            {
                stopping.Cancel();
                return Task.FromResult(PushOutcome.Sent);
            }
        );

        await Assert.ThatAsync(
            () => _handler.Handle(new SendPushesCommand(), stopping.Token),
            Throws.InstanceOf<OperationCanceledException>()
        );

        Assert.That(_stored.Stored, Is.EquivalentTo([late, sent, dead]));
        Assert.That(_stored.Dead.Select(device => device.Id), Is.EqualTo([dead.DeviceId]));
        Assert.That((stalled.NextAttemptAt, stalled.SentAt), Is.EqualTo((Given.Now, (DateTimeOffset?)null)));
        Assert.That(_log.Lines, Is.EqualTo(["Warning: 1 messages to devices were not accepted by Fcm: 410"]));
    }

    [Test]
    public async Task Begins_nothing_when_the_server_is_already_stopping()
    {
        _stored.Store();

        await Assert.ThatAsync(
            () => _handler.Handle(new SendPushesCommand(), new CancellationToken(canceled: true)),
            Throws.InstanceOf<OperationCanceledException>()
        );

        Assert.That(_transport.Messages, Is.Empty);
    }

    [Test]
    public void A_bug_of_the_transport_is_not_hidden_and_the_outcomes_of_others_are_stored()
    {
        var (bad, good) = (_stored.Store(), _stored.Store());
        _transport.Answer(bad, _ => throw new InvalidOperationException("a bug"));

        Assert.That(SendAsync, Throws.InvalidOperationException);

        Assert.That(_stored.Stored, Is.EqualTo([good]));
    }

    [Test]
    public async Task Steady_work_ends_after_half_a_minute_and_is_continued_by_the_next_round()
    {
        SendSteadily(100);
        _transport.Answer(_stored.Store(), PushOutcome.Refused("400"));

        await SendAsync();

        Assert.That(_stored.Stored, Has.Count.InRange(30, 35));
        Assert.That(_log.Lines, Is.EqualTo(["Warning: 1 messages to devices were not accepted by Fcm: 400"]));
        for (var i = 0; i < 3; i++)
        {
            await new SendPushesHandler(_stored, _transport, _log, _clock).Handle(new SendPushesCommand(), default);
        }

        Assert.That(_stored.Stored, Has.Count.EqualTo(101));
    }

    [Test]
    public async Task A_service_that_does_not_answer_delays_the_end_of_a_round_and_no_other_service()
    {
        var answer = new TaskCompletionSource<PushOutcome>();
        var slow = _stored.Store(PushPlatform.WebPush, address: "https://slow.example.org/1");
        var next = _stored.Store(
            PushPlatform.WebPush,
            createdAt: Given.Now.AddSeconds(31),
            address: "https://slow.example.org/2"
        );
        _transport.Answer(slow, _ => answer.Task);
        SendSteadily(
            100,
            sent =>
            {
                if (sent == 50)
                {
                    answer.SetResult(PushOutcome.Failed("no answer in time"));
                }
            }
        );

        await SendAsync();

        Assert.That(_stored.Stored.Count(delivery => delivery.SentAt is not null), Is.InRange(50, 55));
        Assert.That(_stored.Stored, Does.Contain(slow));
        Assert.That(_stored.Claimed, Does.Contain(next.Id));
        Assert.That(next.SentAt, Is.Null, "A service that is slow gets no more while the round ends.");
        Assert.That(
            _log.Lines,
            Is.EqualTo(["Warning: 1 messages to devices were not accepted by WebPush: no answer in time"])
        );
    }

    // Each message takes a second, and when it is sent, the next one is due.
    private void SendSteadily(int count, Action<int>? afterEach = null)
    {
        var sent = 0;
        _stored.Store();
        _transport.Otherwise = _ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            if (++sent < count)
            {
                _stored.Store();
            }

            afterEach?.Invoke(sent);
            return Task.FromResult(PushOutcome.Sent);
        };
    }

    private async Task SendAsync() =>
        Assert.That((await _handler.Handle(new SendPushesCommand(), CancellationToken.None)).Error, Is.Null);

    private static async Task<PushOutcome> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return PushOutcome.Sent;
    }

    /// <summary>Answers each message as a test says, and otherwise accepts it.</summary>
    private sealed class Transport : IPushTransport
    {
        private readonly Dictionary<Guid, Func<CancellationToken, Task<PushOutcome>>> _answers = [];

        public List<PushMessage> Messages { get; } = [];

        public Func<CancellationToken, Task<PushOutcome>> Otherwise { get; set; } =
            _ => Task.FromResult(PushOutcome.Sent);

        public void Answer(PushDelivery delivery, PushOutcome outcome) =>
            Answer(delivery, _ => Task.FromResult(outcome));

        public void Answer(PushDelivery delivery, Func<CancellationToken, Task<PushOutcome>> answer) =>
            _answers[delivery.MessageId] = answer;

        public Task<PushOutcome> SendAsync(Device device, PushMessage message, CancellationToken cancellationToken)
        {
            Messages.Add(message);
            return _answers.GetValueOrDefault(message.Id, Otherwise)(cancellationToken);
        }
    }
}
