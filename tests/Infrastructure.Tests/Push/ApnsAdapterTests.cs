using System.Buffers.Text;
using System.Text.Json;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Push;
using Microsoft.Extensions.Time.Testing;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class ApnsAdapterTests : IAsyncDisposable
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

    [TestCase("en", "Task reminder")]
    [TestCase("de-AT", "Erinnerung an eine Aufgabe")]
    public async Task A_notification_is_shown_without_the_app_in_the_language_of_the_device(
        string locale,
        string heading
    )
    {
        var message = PushSender.Message(title: "Milk", locale: locale);

        Assert.That(await SendAsync(message), Is.EqualTo(PushOutcome.Sent));
        var sent = _apns.Messages.All.Single();
        Assert.That(
            JsonSerializer.Serialize(sent.Body),
            Is.EqualTo(
                JsonSerializer
                    .Serialize(
                        new
                        {
                            aps = new
                            {
                                alert = new { title = heading, body = "Milk" },
                                sound = "default",
                                mutable_content = 1,
                                category = "taskReminder",
                            },
                            id = message.Id,
                            type = "taskReminder",
                            taskId = message.TaskId,
                        }
                    )
                    .Replace('_', '-')
            )
        );
        Assert.That(sent.Device, Is.EqualTo(PushSender.Device));
        Assert.That(
            Headers(sent),
            Is.EqualTo([
                ("apns-topic", TestApns.Topic),
                ("apns-push-type", "alert"),
                ("apns-priority", "10"),
                ("apns-expiration", $"{message.ExpiresAt.ToUnixTimeSeconds()}"),
                ("apns-collapse-id", Base64Url.EncodeToString(message.Id.ToByteArray(bigEndian: true))),
                ("apns-id", $"{message.Id}"),
            ])
        );
    }

    [Test]
    public async Task A_dismissal_is_silent_and_replaces_the_notification()
    {
        var message = PushSender.Message(title: "Milk");
        await SendAsync(message);
        Assert.That(_apns.Messages.ShownOn(PushSender.Device), Has.Count.EqualTo(1));

        var dismissal = message with { Type = PushMessageType.Dismiss, Title = null };
        Assert.That(await SendAsync(dismissal), Is.EqualTo(PushOutcome.Sent));

        var sent = _apns.Messages.All.Last();
        Assert.That(_apns.Messages.ShownOn(PushSender.Device), Is.Empty);
        Assert.That(
            JsonSerializer.Serialize(sent.Body),
            Is.EqualTo(
                $$$"""{"aps":{"content-available":1},"id":"{{{message.Id}}}","type":"dismiss","taskId":"{{{message.TaskId}}}"}"""
            )
        );
        Assert.That(
            Headers(sent),
            Is.EqualTo([
                ("apns-topic", TestApns.Topic),
                ("apns-push-type", "background"),
                ("apns-priority", "5"),
                ("apns-expiration", $"{message.ExpiresAt.ToUnixTimeSeconds()}"),
                ("apns-collapse-id", message.CollapseId),
                ("apns-id", null),
            ])
        );
    }

    [Test]
    public async Task A_message_without_a_task_and_a_title_has_no_members_for_them()
    {
        await SendAsync(PushSender.Message(PushMessageType.Test) with { TaskId = null });

        var body = _apns.Messages.All.Single().Body;
        Assert.That(body.EnumerateObject().Select(member => member.Name), Is.EqualTo(["aps", "id", "type"]));
        Assert.That(
            body.GetProperty("aps").GetProperty("alert").EnumerateObject().Select(member => member.Name),
            Is.EqualTo(["title"])
        );
    }

    [Test]
    public async Task The_longest_title_fits([Values("🏋", "\u2028")] string character)
    {
        var title = string.Concat(Enumerable.Repeat(character, TaskItem.TitleMaxLength));

        Assert.That(await SendAsync(PushSender.Message(title: title, locale: "de")), Is.EqualTo(PushOutcome.Sent));
        Assert.That(_apns.Messages.All.Single().Title, Is.EqualTo(title));
    }

    [Test]
    public async Task A_service_without_HTTP_2_is_not_used()
    {
        await using var fcm = await TestFcm.StartAsync(_clock);
        await using var sender = new PushSender(
            _clock,
            _apns.Settings.Select(setting =>
                setting.Key == "Push:Apns:Url"
                    ? KeyValuePair.Create<string, string?>(
                        setting.Key,
                        new Uri(fcm.Tokens.Url).GetLeftPart(UriPartial.Authority)
                    )
                    : setting
            )
        );

        // A service that spoke HTTP/1.1 would answer 404.
        var outcome = await sender.SendAsync(PushPlatform.Apns);
        Assert.That(outcome.Kind, Is.EqualTo(PushOutcomeKind.Failed));
        Assert.That(outcome.Reason, Does.Not.Contain("404"));
    }

    [Test]
    public async Task Nothing_of_a_message_is_logged()
    {
        await SendAsync(PushSender.Message(title: "Milk"));
        _apns.Fault = _ => TestPushFaults.Text(400, $$"""{"reason":"{{PushSender.Device}} Milk"}""");
        var outcome = await SendAsync(PushSender.Message(title: "Milk"));
        await _apns.DisposeAsync();
        var closed = await SendAsync(PushSender.Message(title: "Milk"));

        var log = string.Join('\n', [.. _sender.Log.Lines, outcome.Reason, closed.Reason]);
        string[] secrets = ["Milk", PushSender.Device, .. _apns.ProviderTokens];
        Assert.That(secrets, Has.Length.EqualTo(3));
        Assert.That(secrets.Where(log.Contains), Is.Empty);
    }

    private static IEnumerable<(string, string?)> Headers(PushedMessage message) =>
        from name in (string[])
            ["apns-topic", "apns-push-type", "apns-priority", "apns-expiration", "apns-collapse-id", "apns-id"]
        select (name, message.Headers.GetValueOrDefault(name));

    private Task<PushOutcome> SendAsync(PushMessage? message = null) => _sender.SendAsync(PushPlatform.Apns, message);
}
