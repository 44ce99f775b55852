using Fitnessify.Domain.Push;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class ApnsTokenTests : IAsyncDisposable
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

    [TestCase(0, 1)]
    [TestCase(2399, 1)]
    [TestCase(2400, 2)]
    [TestCase(86_400, 2)]
    public async Task A_token_is_used_for_forty_minutes(int seconds, int tokens)
    {
        await SendAsync();
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.That(await SendAsync(Message()), Is.EqualTo(PushOutcome.Sent));
        Assert.That(_apns.ProviderTokens, Has.Count.EqualTo(tokens));
    }

    [Test]
    public async Task Messages_at_the_same_time_have_one_token()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => SendAsync()));

        Assert.That(outcomes, Has.All.EqualTo(PushOutcome.Sent));
        Assert.That(_apns.ProviderTokens, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_clock_that_was_set_back_makes_another_token()
    {
        await SendAsync();
        _clock.AdjustTime(PushSender.Start - TimeSpan.FromMinutes(5));

        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Sent));
        Assert.That(_apns.ProviderTokens, Has.Count.EqualTo(2));
    }

    [TestCase(403, "ExpiredProviderToken", 2)]
    [TestCase(403, "InvalidProviderToken", 2)]
    [TestCase(403, "Forbidden", 1)]
    [TestCase(429, "TooManyProviderTokenUpdates", 1)]
    [TestCase(400, "BadDeviceToken", 1)]
    public async Task A_token_that_Apple_rejects_is_replaced_once(int status, string reason, int tokens)
    {
        TaskCompletionSource sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _apns.Fault = _ =>
            async (call, accept) =>
            {
                await sent.Task;
                await TestApns.Error(status, reason)(call, accept);
            };
        var sending = Enumerable.Range(0, 20).Select(_ => SendAsync()).ToList();
        sent.SetResult();
        await Task.WhenAll(sending);
        _apns.Fault = _ => null;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Sent));
        Assert.That(_apns.ProviderTokens, Has.Count.EqualTo(tokens));
    }

    [TestCase("KeyId", "InvalidProviderToken")]
    [TestCase("TeamId", "InvalidProviderToken")]
    public async Task Apple_refuses_the_token_of_wrong_settings(string setting, string reason)
    {
        await using var sender = new PushSender(
            _clock,
            _apns.Settings.Select(known =>
                known.Key == $"Push:Apns:{setting}" ? KeyValuePair.Create<string, string?>(known.Key, "WRONG") : known
            )
        );

        Assert.That(await sender.SendAsync(PushPlatform.Apns), Is.EqualTo(PushOutcome.Failed($"403 {reason}")));
    }

    private PushMessage Message() => PushSender.Message() with { ExpiresAt = _clock.GetUtcNow().AddHours(1) };

    private Task<PushOutcome> SendAsync(PushMessage? message = null) => _sender.SendAsync(PushPlatform.Apns, message);
}
