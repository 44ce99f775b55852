using System.Collections.Concurrent;
using System.Text.Json;
using Fitnessify.Client;

namespace Fitnessify.Clients.Tests;

/// <summary>Registration for push, and the memory by which push and the stream show a notification once.</summary>
public sealed class PushTests
{
    private static readonly Guid DeviceId = new("7a3f0c1e-52c4-4b57-8a51-2f1d0e9b8c7a");
    private static readonly string Put = $"PUT /api/v1/users/me/devices/{DeviceId}";

    private Device _device = null!;

    private FitnessifySession Session => _device.Session;

    [SetUp]
    public async Task SignUp() => _device = await Device.SignUpAsync(SharedServer.Instance);

    [TearDown]
    public void Close() => Session.Dispose();

    [Test]
    public async Task A_token_of_FCM_is_registered()
    {
        AnswerPuts();
        var device = await Session.RegisterFcmAsync(DeviceId, "fcm:token", "de", preview: true);
        Assert.That((device.Id, device.Platform), Is.EqualTo((DeviceId, PushPlatform.Fcm)));
        const string Expected = """{"platform":"fcm","token":"fcm:token","locale":"de","preview":true}""";
        Assert.That(JsonElement.DeepEquals(Json(_device.Line.Body(Put)), Json(Expected)), _device.Line.Body(Put));
    }

    [Test]
    public async Task A_token_of_APNs_is_registered_in_hexadecimal_digits()
    {
        AnswerPuts();
        const string Expected = """{"platform":"apns","token":"0001feff","locale":null,"preview":false}""";
        await Session.RegisterApnsAsync(DeviceId, [0, 1, 254, 255]);
        Assert.That(JsonElement.DeepEquals(Json(_device.Line.Body(Put)), Json(Expected)), _device.Line.Body(Put));
        await Session.RegisterApnsAsync(DeviceId, "0001feff");
        Assert.That(JsonElement.DeepEquals(Json(_device.Line.Body(Put)), Json(Expected)), _device.Line.Body(Put));
    }

    [Test]
    public void The_server_understands_the_registration_and_is_not_configured_for_it()
    {
        var token = Enumerable.Range(0, 32).Select(number => (byte)number).ToArray();
        foreach (
            var registering in (Func<Task>[])
                [
                    () => Session.RegisterFcmAsync(DeviceId, "fcm:token"),
                    () => Session.RegisterApnsAsync(DeviceId, token),
                ]
        )
        {
            var refusal = Assert.ThrowsAsync<FitnessifyException>(() => registering())!;
            Assert.That(refusal.Code, Is.EqualTo(ErrorCode.PushNotConfigured));
        }
    }

    [Test]
    public async Task The_stream_leaves_out_what_push_has_delivered()
    {
        await AddAsync("by push");
        var pushed = (await Session.NotificationsAsync(Guid.Empty).FirstAsync()).Id;
        using var other = new FitnessifySession(SharedServer.Instance.Address, _device.Options());
        Assert.That(other.MarkDelivered(pushed), Is.True);
        Assert.That(other.MarkDelivered(pushed), Is.False);
        await AddAsync("on the stream");
        var first = await other.NotificationsAsync(Guid.Empty).FirstAsync();
        Assert.That(first.Title, Is.EqualTo("on the stream"));
    }

    [Test]
    public async Task Push_leaves_out_what_the_stream_has_delivered_and_a_second_stream_does_not()
    {
        await AddAsync("late");
        var first = await Session.NotificationsAsync(Guid.Empty).FirstAsync();
        Assert.That(Session.MarkDelivered(first.Id), Is.False);
        var again = await Session.NotificationsAsync(Guid.Empty).FirstAsync();
        Assert.That(again.Id, Is.EqualTo(first.Id));
    }

    [Test]
    public void The_latest_thousand_notifications_are_remembered()
    {
        var ids = Enumerable.Range(0, 1001).Select(_ => Guid.NewGuid()).ToList();
        Assert.That(ids.Select(Session.MarkDelivered), Is.All.True);
        Assert.That(Session.MarkDelivered(ids[1]), Is.False);
        Assert.That(Session.MarkDelivered(ids[1000]), Is.False);
        Assert.That(Session.MarkDelivered(ids[0]), Is.True);
    }

    [Test]
    public void Of_many_threads_one_shows_a_notification()
    {
        const int Threads = 4;
        var ids = Enumerable.Range(0, 5000).Select(_ => Guid.NewGuid()).ToList();
        var shown = new ConcurrentQueue<Guid>();
        using var barrier = new Barrier(Threads);
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(Show)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.That(shown.SequenceEqual(ids), $"{shown.Count} were shown");

        void Show()
        {
            foreach (var id in ids)
            {
                barrier.SignalAndWait();
                if (Session.MarkDelivered(id))
                {
                    shown.Enqueue(id);
                }
            }
        }
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    private void AnswerPuts() =>
        _device.Line.Before = call =>
            call == Put
                ? Line.Answer(
                    200,
                    "application/json",
                    $$"""
                    {
                      "id": "{{DeviceId}}", "sessionId": "{{DeviceId}}", "platform": "fcm", "locale": null, "preview": false,
                      "createdAt": "2030-01-01T00:00:00Z", "lastSeenAt": "2030-01-01T00:00:00Z"
                    }
                    """
                )
                : null;

    private Task<TaskDto> AddAsync(string title) =>
        Session.Api.Tasks.CreateAsync(new() { Title = title, DueAt = DateTimeOffset.UnixEpoch });
}
