using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Push;
using Fitnessify.Infrastructure.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class PushTransportsTests : IDisposable
{
    private const string Secret = "https://push.example.org/secret";

    private readonly FakeTimeProvider _clock = new();
    private readonly ServerMetrics _metrics = new(TimeProvider.System);
    private readonly Adapter _webPush = new(PushPlatform.WebPush);
    private readonly Adapter _apns = new(PushPlatform.Apns);
    private readonly PushTransports _transports;

    public PushTransportsTests() => _transports = new([_webPush, _apns], _metrics, _clock);

    public void Dispose() => _metrics.Dispose();

    [Test]
    public async Task Each_message_is_handed_to_the_adapter_of_its_service()
    {
        var asked = PushOutcome.Failed("503", TimeSpan.FromMinutes(2));
        _webPush.Answer = _ => Task.FromResult(asked);
        _apns.Answer = _ => Task.FromResult(PushOutcome.Sent);

        Assert.That(await SendAsync(PushPlatform.WebPush), Is.EqualTo(asked));
        Assert.That(await SendAsync(PushPlatform.Apns), Is.EqualTo(PushOutcome.Sent));
        Assert.That((_webPush.Calls, _apns.Calls), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task A_message_of_a_service_that_is_not_configured_any_more_is_refused() =>
        Assert.That(await SendAsync(PushPlatform.Fcm), Is.EqualTo(PushOutcome.Refused("not configured")));

    [Test]
    public async Task An_exception_is_a_failure_that_names_only_its_innermost_type()
    {
        _webPush.Answer = _ => throw new HttpRequestException(Secret, new SocketException((int)SocketError.TimedOut));

        Assert.That(await SendAsync(PushPlatform.WebPush), Is.EqualTo(PushOutcome.Failed(nameof(SocketException))));
    }

    [Test]
    public async Task An_attempt_without_an_answer_fails_after_ten_seconds()
    {
        _webPush.Answer = Never;
        var sending = SendAsync(PushPlatform.WebPush);
        _clock.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Assert.That(sending.IsCompleted, Is.False);

        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.That(await sending, Is.EqualTo(PushOutcome.Failed("no answer in time")));
    }

    [Test]
    public async Task A_canceled_attempt_has_no_outcome()
    {
        using var stopping = new CancellationTokenSource();
        _webPush.Answer = Never;
        var sending = SendAsync(PushPlatform.WebPush, stopping.Token);

        await stopping.CancelAsync();

        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task An_exception_is_a_failure_also_when_the_server_stops()
    {
        using var stopping = new CancellationTokenSource();
        _webPush.Answer = async _ =>
        {
            await stopping.CancelAsync();
            throw new HttpRequestException(Secret);
        };

        Assert.That(
            await SendAsync(PushPlatform.WebPush, stopping.Token),
            Is.EqualTo(PushOutcome.Failed(nameof(HttpRequestException)))
        );
    }

    [Test]
    public async Task Every_outcome_is_counted_by_service_and_result()
    {
        ConcurrentQueue<string> counted = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (instrument.Name == "fitnessify.pushes")
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>(
            (_, count, tags, _) =>
                counted.Enqueue($"{count} {string.Join(' ', tags.ToArray().Select(tag => tag.Value))}")
        );
        listener.Start();
        PushOutcome[] outcomes =
        [
            PushOutcome.Sent,
            PushOutcome.Failed("503"),
            PushOutcome.Refused("400"),
            PushOutcome.Dead("410"),
        ];
        foreach (var outcome in outcomes)
        {
            _apns.Answer = _ => Task.FromResult(outcome);
            await SendAsync(PushPlatform.Apns);
        }

        await SendAsync(PushPlatform.Fcm);

        // Other servers of the tests that run now are counted too.
        Assert.That(
            counted,
            Is.SupersetOf((string[])["1 apns sent", "1 apns failed", "1 apns refused", "1 apns dead", "1 fcm refused"])
        );
    }

    private async Task<PushOutcome> SendAsync(PushPlatform platform, CancellationToken cancellationToken = default)
    {
        var now = DateTimeOffset.UnixEpoch;
        var device = Device.Register(
            Guid.NewGuid(),
            Guid.NewGuid(),
            Guid.NewGuid(),
            new(new(platform, Secret, null), null, false),
            now
        );
        var message = new PushMessage(Guid.NewGuid(), PushMessageType.Test, null, null, "en", now.AddDays(1));
        return await _transports.SendAsync(device, message, cancellationToken);
    }

    private static async Task<PushOutcome> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return PushOutcome.Sent;
    }

    private sealed class Adapter(PushPlatform platform) : IPushAdapter
    {
        public PushPlatform Platform => platform;

        public int Calls { get; private set; }

        public Func<CancellationToken, Task<PushOutcome>> Answer { get; set; } = _ => Task.FromResult(PushOutcome.Sent);

        public Task<PushOutcome> SendAsync(Device device, PushMessage message, CancellationToken cancellationToken)
        {
            Calls++;
            return Answer(cancellationToken);
        }
    }
}
