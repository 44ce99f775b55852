using Fitnessify.Domain.Push;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class ApnsOutcomeTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(PushSender.Start);
    private TestApns _apns = null!;
    private PushSender _sender = null!;

    [SetUp]
    public async Task Start()
    {
        _apns = await TestApns.StartAsync(_clock);
        _sender = new PushSender(_clock, _apns.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _apns.DisposeAsync();
    }

    [TestCase(410, "Unregistered", PushOutcomeKind.Dead)]
    [TestCase(410, "ExpiredToken", PushOutcomeKind.Dead)]
    [TestCase(400, "BadDeviceToken", PushOutcomeKind.Dead)]
    [TestCase(400, "DeviceTokenNotForTopic", PushOutcomeKind.Refused)]
    [TestCase(400, "BadTopic", PushOutcomeKind.Refused)]
    [TestCase(400, "TopicDisallowed", PushOutcomeKind.Refused)]
    [TestCase(400, "BadCollapseId", PushOutcomeKind.Refused)]
    [TestCase(400, "PayloadEmpty", PushOutcomeKind.Refused)]
    [TestCase(413, "PayloadTooLarge", PushOutcomeKind.Refused)]
    [TestCase(400, "IdleTimeout", PushOutcomeKind.Failed)]
    [TestCase(403, "ExpiredProviderToken", PushOutcomeKind.Failed)]
    [TestCase(403, "InvalidProviderToken", PushOutcomeKind.Failed)]
    [TestCase(403, "BadEnvironmentKeyIdInToken", PushOutcomeKind.Failed)]
    [TestCase(429, "TooManyRequests", PushOutcomeKind.Failed)]
    [TestCase(429, "TooManyProviderTokenUpdates", PushOutcomeKind.Failed)]
    [TestCase(500, "InternalServerError", PushOutcomeKind.Failed)]
    [TestCase(503, "Shutdown", PushOutcomeKind.Failed)]
    [TestCase(502, null, PushOutcomeKind.Failed)]
    [TestCase(410, null, PushOutcomeKind.Failed)]
    public async Task An_error_decides_about_the_message_and_the_device(
        int status,
        string? reason,
        PushOutcomeKind result
    )
    {
        _apns.Fault = _ => TestApns.Error(status, reason);

        var outcome = await SendAsync();

        Assert.That((outcome.Kind, outcome.Reason), Is.EqualTo((result, $"{status} {reason}".TrimEnd())));
    }

    [TestCase(-1, PushOutcomeKind.Failed)]
    [TestCase(0, PushOutcomeKind.Dead)]
    [TestCase(1, PushOutcomeKind.Dead)]
    public async Task A_device_that_was_put_after_its_token_became_invalid_is_alive(int seconds, PushOutcomeKind result)
    {
        _apns.Fault = _ => TestApns.Error(410, "Unregistered", PushSender.Start + TimeSpan.FromSeconds(seconds));

        var outcome = await _sender.SendAsync(PushPlatform.Apns, seenAt: PushSender.Start);

        Assert.That((outcome.Kind, outcome.Reason), Is.EqualTo((result, "410 Unregistered")));
    }

    [TestCase(429, "120", 120)]
    [TestCase(503, "Tue, 06 May 2031 07:13:09 GMT", 300)]
    [TestCase(503, null, null)]
    public async Task Apple_decides_how_long_to_wait(int status, string? retryAfter, int? seconds)
    {
        _apns.Fault = _ => TestPushFaults.Status(status, retryAfter);

        Assert.That((await SendAsync()).RetryAfter?.TotalSeconds, Is.EqualTo(seconds));
    }

    [TestCase("<html>")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"reason":1}""")]
    [TestCase("""{"reason":"hunter2"}""")]
    [TestCase("long")]
    public async Task An_answer_that_is_not_of_Apple_keeps_its_status(string text)
    {
        _apns.Fault = _ => text == "long" ? TestPushFaults.Long(410, 1_000_000) : TestPushFaults.Text(410, text);

        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Failed("410")));
    }

    [TestCase("-1")]
    [TestCase("9223372036854775807")]
    [TestCase("null")]
    public async Task A_time_that_is_none_does_not_count(string time)
    {
        _apns.Fault = _ => TestPushFaults.Text(410, $$"""{"reason":"Unregistered","timestamp":{{time}}}""");

        Assert.That((await SendAsync()).Kind, Is.EqualTo(PushOutcomeKind.Dead));
    }

    [Test]
    public async Task A_message_does_not_follow_a_redirect()
    {
        _apns.Fault = device =>
            device == PushSender.Device ? TestPushFaults.Redirect($"{_apns.Url}/3/device/00") : null;

        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Failed("307")));
        Assert.That(_apns.Messages.All, Is.Empty);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_Apple_that_does_not_answer_completely_is_given_up_after_a_while(bool begins)
    {
        var outcome = await _sender.SendUntilTheLimitAsync(
            PushPlatform.Apns,
            begins ? TestPushFaults.Stuck(200) : TestPushFaults.Silence,
            script => _apns.Fault = script
        );

        Assert.That(outcome, Is.EqualTo(PushOutcome.Failed("no answer in time")));
    }

    private Task<PushOutcome> SendAsync() => _sender.SendAsync(PushPlatform.Apns);
}
