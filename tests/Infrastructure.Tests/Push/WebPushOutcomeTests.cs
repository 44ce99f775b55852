using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Push;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class WebPushOutcomeTests : IAsyncDisposable
{
    private WebPushServer _server = null!;

    [SetUp]
    public async Task Start() => _server = await WebPushServer.StartAsync();

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [TestCase(200, PushOutcomeKind.Sent)]
    [TestCase(201, PushOutcomeKind.Sent)]
    [TestCase(202, PushOutcomeKind.Sent)]
    [TestCase(204, PushOutcomeKind.Sent)]
    [TestCase(301, PushOutcomeKind.Failed)]
    [TestCase(400, PushOutcomeKind.Refused)]
    [TestCase(401, PushOutcomeKind.Failed)]
    [TestCase(403, PushOutcomeKind.Failed)]
    [TestCase(404, PushOutcomeKind.Dead)]
    [TestCase(410, PushOutcomeKind.Dead)]
    [TestCase(413, PushOutcomeKind.Refused)]
    [TestCase(429, PushOutcomeKind.Failed)]
    [TestCase(500, PushOutcomeKind.Failed)]
    [TestCase(503, PushOutcomeKind.Failed)]
    public async Task The_status_decides(int status, PushOutcomeKind result)
    {
        var outcome = await _server.SendAsync(TestPushFaults.Status(status));

        Assert.That(outcome.Kind, Is.EqualTo(result));
        Assert.That(outcome.Reason, Is.EqualTo(result == PushOutcomeKind.Sent ? "" : $"{status}"));
        Assert.That(outcome.RetryAfter, Is.Null);
    }

    [TestCase("120", 120)]
    [TestCase("0", 0)]
    [TestCase("86400", 86400)]
    [TestCase("2147483647", 2147483647)]
    [TestCase("-1", null)]
    [TestCase("soon", null)]
    [TestCase("", null)]
    public async Task The_service_says_when_to_try_again(string retryAfter, int? seconds)
    {
        var outcome = await _server.SendAsync(TestPushFaults.Status(429, retryAfter));

        Assert.That(outcome, Is.EqualTo(PushOutcome.Failed("429", Seconds(seconds))));
    }

    [TestCase(90, 90)]
    [TestCase(-90, 0)]
    [TestCase(200_000, 200_000)]
    public async Task It_may_say_so_by_a_date(int after, int? seconds)
    {
        // The form has no fractions of seconds.
        _server.Instance.Clock.Advance(TimeSpan.FromMilliseconds(1000 - _server.Now.Millisecond));

        var date = TestPushFaults.HttpDate(_server.Now + TimeSpan.FromSeconds(after));
        var outcome = await _server.SendAsync(TestPushFaults.Status(503, date));

        Assert.That(outcome, Is.EqualTo(PushOutcome.Failed("503", Seconds(seconds))));
    }

    [Test]
    public async Task An_unknown_subscription_is_dead()
    {
        var subscription = _server.Service.Subscribe();

        var outcome = await _server.SendAsync(_server.Device(subscription, subscription.Endpoint + "0"));

        Assert.That(outcome, Is.EqualTo(PushOutcome.Dead("404")));
    }

    [Test]
    public async Task A_subscription_to_another_server_is_refused_by_the_service()
    {
        var outcome = await _server.SendAsync(
            _server.Service.Subscribe(
                "BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs"
            )
        );

        Assert.That(outcome, Is.EqualTo(PushOutcome.Failed("403")));
    }

    [Test]
    public async Task Silence_ends_with_the_time_limit()
    {
        var subscription = _server.Service.Subscribe();
        subscription.Fault = TestPushFaults.Silence;

        var sending = _server.SendAsync(subscription);
        await _server.Service.WaitForAsync(() => _server.Service.Requests == 1);
        _server.Instance.Clock.Advance(PushTransports.TimeLimit);

        Assert.That(await sending, Is.EqualTo(PushOutcome.Failed("no answer in time")));
    }

    [Test]
    public async Task A_caller_that_gives_up_gets_no_outcome()
    {
        using var stop = new CancellationTokenSource();
        var subscription = _server.Service.Subscribe();
        subscription.Fault = TestPushFaults.Silence;

        var sending = _server.SendAsync(subscription, cancellationToken: stop.Token);
        await _server.Service.WaitForAsync(() => _server.Service.Requests == 1);
        await stop.CancelAsync();

        Assert.That(async () => await sending, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_lost_answer_is_a_failure()
    {
        var subscription = _server.Service.Subscribe();
        subscription.Fault = TestPushFaults.LostAnswer;

        var outcome = await _server.SendAsync(subscription);

        Assert.That(_server.Service.Received, Has.Count.EqualTo(1));
        Assert.That(outcome.Kind, Is.EqualTo(PushOutcomeKind.Failed));
        Assert.That(outcome.Reason, Does.Not.Contain(subscription.Endpoint).And.Not.Empty);
    }

    [Test]
    public async Task A_body_changes_nothing_about_the_status()
    {
        TestPushFault[] bodies =
        [
            TestPushFaults.Half(410),
            TestPushFaults.Stuck(410),
            TestPushFaults.Long(410, 5000),
            TestPushFaults.Long(410, 2_000_000),
            TestPushFaults.Endless(410),
        ];
        foreach (var body in bodies)
        {
            Assert.That(await _server.SendAsync(body), Is.EqualTo(PushOutcome.Dead("410")));
        }
    }

    [Test]
    public async Task An_endless_body_is_not_read()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var endless = TestPushFaults.Endless(201);

        var outcome = await _server.SendAsync(
            async (call, accept) =>
            {
                call.RequestAborted.Register(ended.SetResult);
                await endless(call, accept);
            }
        );

        Assert.That(outcome, Is.EqualTo(PushOutcome.Sent));
        // The server closes the connection.
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [TestCase(301)]
    [TestCase(302)]
    [TestCase(307)]
    [TestCase(308)]
    public async Task A_redirect_is_not_followed(int status)
    {
        var other = _server.Service.Subscribe();

        var outcome = await _server.SendAsync(TestPushFaults.Redirect(other.Endpoint, status));

        Assert.That(outcome, Is.EqualTo(PushOutcome.Failed($"{status}")));
        Assert.That(_server.Service.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task A_host_that_is_not_allowed_any_more_is_not_asked()
    {
        await using var strict = await WebPushServer.StartAsync(("Push:AllowedHosts:0", "push.example.org"));

        var outcome = await strict.SendAsync(strict.Service.Subscribe());

        Assert.That(outcome, Is.EqualTo(PushOutcome.Refused("host not allowed")));
        Assert.That(strict.Service.Requests, Is.Zero);
    }

    private static TimeSpan? Seconds(int? seconds) => seconds is { } some ? TimeSpan.FromSeconds(some) : null;
}
