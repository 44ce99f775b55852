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

    [TestCase(410, "Unregistered", PushResult.Dead)]
    [TestCase(410, "ExpiredToken", PushResult.Dead)]
    [TestCase(400, "BadDeviceToken", PushResult.Dead)]
    [TestCase(400, "DeviceTokenNotForTopic", PushResult.Refused)]
    [TestCase(400, "BadTopic", PushResult.Refused)]
    [TestCase(400, "TopicDisallowed", PushResult.Refused)]
    [TestCase(400, "BadCollapseId", PushResult.Refused)]
    [TestCase(400, "PayloadEmpty", PushResult.Refused)]
    [TestCase(413, "PayloadTooLarge", PushResult.Refused)]
    [TestCase(400, "IdleTimeout", PushResult.Failed)]
    [TestCase(403, "ExpiredProviderToken", PushResult.Failed)]
    [TestCase(403, "InvalidProviderToken", PushResult.Failed)]
    [TestCase(403, "BadEnvironmentKeyIdInToken", PushResult.Failed)]
    [TestCase(429, "TooManyRequests", PushResult.Failed)]
    [TestCase(429, "TooManyProviderTokenUpdates", PushResult.Failed)]
    [TestCase(500, "InternalServerError", PushResult.Failed)]
    [TestCase(503, "Shutdown", PushResult.Failed)]
    [TestCase(502, null, PushResult.Failed)]
    [TestCase(410, null, PushResult.Failed)]
    public async Task An_error_decides_about_the_message_and_the_device(int status, string? reason, PushResult result)
    {
        _apns.Fault = _ => TestApns.Error(status, reason);

        var outcome = await SendAsync();

        Assert.That((outcome.Result, outcome.Reason), Is.EqualTo((result, $"{status} {reason}".TrimEnd())));
    }

    [TestCase(-1, PushResult.Failed)]
    [TestCase(0, PushResult.Dead)]
    [TestCase(1, PushResult.Dead)]
    public async Task A_device_that_was_put_after_its_token_became_invalid_is_alive(int seconds, PushResult result)
    {
        _apns.Fault = _ => TestApns.Error(410, "Unregistered", PushSender.Start + TimeSpan.FromSeconds(seconds));

        var outcome = await _sender.SendAsync(PushPlatform.Apns, seenAt: PushSender.Start);

        Assert.That((outcome.Result, outcome.Reason), Is.EqualTo((result, "410 Unregistered")));
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

        Assert.That((await SendAsync()).Result, Is.EqualTo(PushResult.Dead));
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
