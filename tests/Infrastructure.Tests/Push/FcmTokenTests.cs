using Fitnessify.Domain.Push;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class FcmTokenTests : IAsyncDisposable
{
    private const string Endpoint = "the token endpoint of Push:Fcm:ServiceAccountPath";

    private readonly FakeTimeProvider _clock = new(PushSender.Start);
    private TestFcm _fcm = null!;
    private PushSender _sender = null!;

    [SetUp]
    public async Task Start()
    {
        _fcm = await TestFcm.StartAsync(_clock);
        _sender = new PushSender(_clock, _fcm.Settings);
    }

    public async ValueTask DisposeAsync()
    {
        await _sender.DisposeAsync();
        await _fcm.DisposeAsync();
    }

    [TestCase(0, 1)]
    [TestCase(3538, 1)]
    [TestCase(3539, 2)]
    [TestCase(3600, 2)]
    public async Task A_token_is_used_until_a_minute_before_it_expires(int seconds, int requests)
    {
        await SendAsync();
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Sent));
        Assert.That(_fcm.Tokens.Requests, Is.EqualTo(requests));
    }

    [Test]
    public async Task Messages_at_the_same_time_wait_for_one_token()
    {
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _fcm.Tokens.BeforeAnswer = () => answer.Task;

        var sending = Enumerable.Range(0, 50).Select(_ => SendAsync()).ToList();
        answer.SetResult();

        Assert.That(await Task.WhenAll(sending), Has.All.EqualTo(PushOutcome.Sent));
        Assert.That(_fcm.Tokens.Requests, Is.EqualTo(1));
        Assert.That(_fcm.Messages.All, Has.Count.EqualTo(50));
    }

    [Test]
    public async Task A_token_that_FCM_rejects_is_replaced_once()
    {
        await SendAsync();
        _fcm.Tokens.RevokeAll();

        var rejected = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync()));
        var next = await SendAsync();

        Assert.That(rejected.Select(outcome => outcome.Kind), Has.Some.EqualTo(PushOutcomeKind.Failed));
        Assert.That(next, Is.EqualTo(PushOutcome.Sent));
        Assert.That(_fcm.Tokens.Requests, Is.EqualTo(2));
    }

    [Test]
    public async Task The_wrong_credentials_of_another_service_do_not_cost_a_token()
    {
        _fcm.Fault = _ => TestFcm.Error(401, "THIRD_PARTY_AUTH_ERROR");
        await SendAsync();
        await SendAsync();

        Assert.That(_fcm.Tokens.Requests, Is.EqualTo(1));
    }

    [TestCase(503, null, "answers 503")]
    [TestCase(400, null, "answers 400")]
    [TestCase(302, null, "answers 302")]
    [TestCase(200, "{}", "answers without a token")]
    [TestCase(200, """{"access_token":""}""", "answers without a token")]
    [TestCase(200, "<html>", "cannot be used: JsonReaderException")]
    public async Task Without_a_token_a_message_fails_and_the_next_one_asks_again(
        int status,
        string? text,
        string problem
    )
    {
        _fcm.Tokens.Fault =
            status == 302 ? TestPushFaults.Redirect(_fcm.Tokens.Url, status) : TestPushFaults.Text(status, text ?? "");

        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Failed($"{Endpoint} {problem}")));
        Assert.That(_fcm.Tokens.Requests, Is.EqualTo(1));

        _fcm.Tokens.Fault = null;
        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Sent));
    }

    [Test]
    public async Task A_message_that_gives_up_leaves_the_token_to_the_others()
    {
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _fcm.Tokens.BeforeAnswer = () => answer.Task;
        using var stop = new CancellationTokenSource();

        var first = _sender.SendAsync(PushPlatform.Fcm, cancellationToken: stop.Token);
        var second = SendAsync();
        await stop.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        answer.SetResult();

        Assert.That(await second, Is.EqualTo(PushOutcome.Sent));
        Assert.That(_fcm.Tokens.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Google_issues_no_token_for_the_key_of_another_account()
    {
        using var other = SigningKey.Rsa("other");
        using var file = new FcmKeyFile(
            new Dictionary<string, string>(_fcm.Account) { ["private_key"] = other.PrivatePem() }
        );
        await using var sender = new PushSender(_clock, [file.Setting, new("Push:Fcm:Url", _fcm.Url)]);

        Assert.That(
            await sender.SendAsync(PushPlatform.Fcm),
            Is.EqualTo(PushOutcome.Failed($"{Endpoint} answers 400"))
        );
    }

    private Task<PushOutcome> SendAsync() => _sender.SendAsync(PushPlatform.Fcm);
}
