using System.Text.Json;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Push;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class FcmAdapterTests : IAsyncDisposable
{
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

    [Test]
    public async Task A_notification_is_a_data_message_that_the_app_shows()
    {
        var message = PushSender.Message(PushMessageType.TaskOverdue, "Milk");

        Assert.That(await SendAsync(message), Is.EqualTo(PushOutcome.Sent));
        Assert.That(
            JsonSerializer.Serialize(_fcm.Messages.All.Single().Body),
            Is.EqualTo(
                JsonSerializer.Serialize(
                    new
                    {
                        message = new
                        {
                            token = PushSender.Device,
                            data = new
                            {
                                id = $"{message.Id}",
                                type = "taskOverdue",
                                taskId = $"{message.TaskId}",
                                title = "Milk",
                            },
                            android = new
                            {
                                collapse_key = message.CollapseId,
                                priority = "HIGH",
                                ttl = "3600s",
                            },
                        },
                    }
                )
            )
        );
    }

    [Test]
    public async Task A_dismissal_takes_the_notification_back_without_haste()
    {
        var message = PushSender.Message();
        await SendAsync(message);
        Assert.That(_fcm.Messages.ShownOn(PushSender.Device), Has.Count.EqualTo(1));

        await SendAsync(message with { Type = PushMessageType.Dismiss });

        var dismissal = _fcm.Messages.All.Last();
        Assert.That(_fcm.Messages.ShownOn(PushSender.Device), Is.Empty);
        Assert.That(dismissal.CollapseId, Is.EqualTo(_fcm.Messages.All.First().CollapseId));
        Assert.That(
            dismissal.Body.GetProperty("message").GetProperty("android").GetProperty("priority").GetString(),
            Is.EqualTo("NORMAL")
        );
    }

    [Test]
    public async Task A_message_without_a_task_and_a_title_has_no_members_for_them()
    {
        await SendAsync(PushSender.Message(PushMessageType.Test) with { TaskId = null });

        var data = _fcm.Messages.All.Single().Body.GetProperty("message").GetProperty("data");
        Assert.That(data.EnumerateObject().Select(member => member.Name), Is.EqualTo(["id", "type"]));
    }

    [Test]
    public async Task A_message_that_has_just_expired_is_not_kept()
    {
        await SendAsync(PushSender.Message() with { ExpiresAt = PushSender.Start - TimeSpan.FromSeconds(1) });

        var android = _fcm.Messages.All.Single().Body.GetProperty("message").GetProperty("android");
        Assert.That(android.GetProperty("ttl").GetString(), Is.EqualTo("0s"));
    }

    [Test]
    public async Task The_longest_title_fits()
    {
        var title = string.Concat(Enumerable.Repeat("🏋", TaskItem.TitleMaxLength));

        Assert.That(await SendAsync(PushSender.Message(title: title)), Is.EqualTo(PushOutcome.Sent));
        Assert.That(_fcm.Messages.All.Single().Title, Is.EqualTo(title));
    }

    [TestCase(404, "UNREGISTERED", PushOutcomeKind.Dead)]
    [TestCase(404, "NOT_FOUND", PushOutcomeKind.Failed)]
    [TestCase(404, null, PushOutcomeKind.Failed)]
    [TestCase(400, "INVALID_ARGUMENT", PushOutcomeKind.Refused)]
    [TestCase(400, null, PushOutcomeKind.Failed)]
    [TestCase(403, "SENDER_ID_MISMATCH", PushOutcomeKind.Refused)]
    [TestCase(403, "PERMISSION_DENIED", PushOutcomeKind.Failed)]
    [TestCase(401, "UNAUTHENTICATED", PushOutcomeKind.Failed)]
    [TestCase(401, "THIRD_PARTY_AUTH_ERROR", PushOutcomeKind.Failed)]
    [TestCase(429, "QUOTA_EXCEEDED", PushOutcomeKind.Failed)]
    [TestCase(500, "INTERNAL", PushOutcomeKind.Failed)]
    [TestCase(503, "UNAVAILABLE", PushOutcomeKind.Failed)]
    [TestCase(502, null, PushOutcomeKind.Failed)]
    [TestCase(410, "UNREGISTERED", PushOutcomeKind.Failed)]
    public async Task An_error_decides_about_the_message_and_the_device(
        int status,
        string? code,
        PushOutcomeKind result
    )
    {
        _fcm.Fault = _ => TestFcm.Error(status, code);

        var outcome = await SendAsync();

        Assert.That((outcome.Kind, outcome.Reason), Is.EqualTo((result, $"{status} {code}".TrimEnd())));
    }

    [TestCase(429, "120", 120)]
    [TestCase(429, null, 60)]
    [TestCase(503, "120", 120)]
    [TestCase(503, "Tue, 06 May 2031 07:13:09 GMT", 300)]
    [TestCase(503, "Tue, 06 May 2031 07:03:09 GMT", 0)]
    [TestCase(503, null, null)]
    [TestCase(503, "soon", null)]
    [TestCase(500, "30", 30)]
    public async Task FCM_decides_how_long_to_wait(int status, string? retryAfter, int? seconds)
    {
        _fcm.Fault = _ => TestPushFaults.Status(status, retryAfter);

        Assert.That((await SendAsync()).RetryAfter?.TotalSeconds, Is.EqualTo(seconds));
    }

    [TestCase("<html>")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("""{"error":"invalid"}""")]
    [TestCase("""{"error":{"status":"UNREGISTERED?","details":[null,{}]}}""")]
    [TestCase("long")]
    public async Task An_answer_that_is_not_of_FCM_keeps_its_status(string text)
    {
        _fcm.Fault = _ => text == "long" ? TestPushFaults.Long(404, 1_000_000) : TestPushFaults.Text(404, text);

        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Failed("404")));
    }

    [Test]
    public async Task A_message_does_not_follow_a_redirect()
    {
        var calls = 0;
        var url = $"{_fcm.Url}/v1/projects/{TestFcm.ProjectId}/messages:send";
        _fcm.Fault = _ => Interlocked.Increment(ref calls) == 1 ? TestPushFaults.Redirect(url) : null;

        Assert.That(await SendAsync(), Is.EqualTo(PushOutcome.Failed("307")));
        Assert.That(calls, Is.EqualTo(1));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task An_FCM_that_does_not_answer_completely_is_given_up_after_a_while(bool begins)
    {
        var outcome = await _sender.SendUntilTheLimitAsync(
            PushPlatform.Fcm,
            begins ? TestPushFaults.Stuck(200) : TestPushFaults.Silence,
            script => _fcm.Fault = script
        );

        Assert.That(outcome, Is.EqualTo(PushOutcome.Failed("no answer in time")));
    }

    [Test]
    public async Task A_closed_port_is_a_failure()
    {
        await SendAsync();
        await _fcm.DisposeAsync();

        Assert.That((await SendAsync()).Kind, Is.EqualTo(PushOutcomeKind.Failed));
    }

    [Test]
    public async Task Nothing_of_a_message_is_logged()
    {
        await SendAsync(PushSender.Message(title: "Milk"));
        _fcm.Fault = _ => TestPushFaults.Text(400, $"{PushSender.Device} Milk");
        var outcome = await SendAsync(PushSender.Message(title: "Milk"));
        await _fcm.DisposeAsync();
        var closed = await SendAsync(PushSender.Message(title: "Milk"));

        var log = string.Join('\n', [.. _sender.Log.Lines, outcome.Reason, closed.Reason]);
        string[] secrets = ["Milk", PushSender.Device, .. _fcm.Tokens.Secrets];
        Assert.That(secrets, Has.Length.EqualTo(4));
        Assert.That(secrets.Where(log.Contains), Is.Empty);
    }

    private Task<PushOutcome> SendAsync(PushMessage? message = null) => _sender.SendAsync(PushPlatform.Fcm, message);
}
