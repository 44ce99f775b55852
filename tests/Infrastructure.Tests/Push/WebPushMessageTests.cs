using System.Buffers.Text;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Tasks;
using Fitnessify.Infrastructure.Push;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class WebPushMessageTests : IAsyncDisposable
{
    // The clock stands still, so that one tick is the smallest difference that it shows.
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private WebPushServer _server = null!;
    private TestPushSubscription _browser = null!;

    private TestPushService Service => _server.Service;

    [SetUp]
    public async Task Start()
    {
        _server = await WebPushServer.StartAsync();
        var platforms = _server.Instance.Get<IPushPlatforms>();
        _browser = Service.Subscribe(await platforms.ReadWebPushPublicKeyAsync(default));
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    [Test]
    public async Task A_message_arrives_as_it_was_written()
    {
        var id = new Guid("00112233-4455-6677-8899-aabbccddeeff");
        var taskId = new Guid("0198f3a0-1111-7222-8333-444455556666");

        var outcome = await _server.SendAsync(
            _browser,
            _server.Message(PushMessageType.TaskReminder, id, taskId, "Äpfel & \"Birnen\" 🍐")
        );

        Assert.That(Service.Refusals, Is.Empty);
        Assert.That(outcome, Is.EqualTo(PushOutcome.Sent));
        Assert.That(
            Service.Received.Single().Message.GetRawText(),
            Is.EqualTo(
                $$"""{"id":"{{id}}","type":"taskReminder","taskId":"{{taskId}}","title":"Äpfel & \"Birnen\" \uD83C\uDF50"}"""
            )
        );
    }

    [Test]
    public async Task What_a_message_does_not_hold_is_left_out()
    {
        var message = _server.Message(PushMessageType.Test);

        await _server.SendAsync(_browser, message);

        Assert.That(
            Service.Received.Single().Message.GetRawText(),
            Is.EqualTo($$"""{"id":"{{message.Id}}","type":"test"}""")
        );
    }

    [Test]
    public async Task The_id_in_the_order_of_RFC_4122_is_the_topic()
    {
        await _server.SendAsync(_browser, _server.Message(id: new Guid("00112233-4455-6677-8899-aabbccddeeff")));

        Assert.That(Service.Received.Single().Topic, Is.EqualTo("ABEiM0RVZneImaq7zN3u_w"));
        Assert.That(
            Base64Url.DecodeFromChars(Service.Received.Single().Topic),
            Is.EqualTo(Convert.FromHexString("00112233445566778899AABBCCDDEEFF"))
        );
    }

    [Test]
    public async Task A_message_has_a_length_because_not_every_service_accepts_chunks()
    {
        long? length = null;
        Service.Fault = (call, accept) =>
        {
            length = call.Request.ContentLength;
            return accept();
        };

        await _server.SendAsync(_browser);

        Assert.That(length, Is.EqualTo(Service.Received.Single().Size));
    }

    [TestCase(3600_000, 3600)]
    [TestCase(1_999, 1)]
    [TestCase(999, 0)]
    [TestCase(-5_000, 0)]
    public async Task The_service_keeps_a_message_as_long_as_it_is_of_use(int milliseconds, int seconds)
    {
        var message = _server.Message() with { ExpiresAt = _server.Now + TimeSpan.FromMilliseconds(milliseconds) };

        await _server.SendAsync(_browser, message);

        Assert.That(Service.Received.Single().Ttl, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
    }

    [TestCase(PushMessageType.TaskOverdue, "high")]
    [TestCase(PushMessageType.TaskReminder, "high")]
    [TestCase(PushMessageType.Test, "high")]
    [TestCase(PushMessageType.Dismiss, "normal")]
    public async Task Only_what_is_shown_is_urgent(PushMessageType type, string urgency)
    {
        await _server.SendAsync(_browser, _server.Message(type));

        Assert.That(Service.Received.Single().Urgency, Is.EqualTo(urgency));
    }

    [Test]
    public async Task A_second_sending_replaces_the_first_and_a_dismissal_takes_it_back()
    {
        var message = _server.Message(title: "Milk");
        await _server.SendAsync(_browser, message);
        await _server.SendAsync(_browser, message with { Title = "Oat milk" });
        Assert.That(
            _browser.Shown.Values.Select(shown => shown.Message.GetProperty("title").GetString()),
            Is.EqualTo(["Oat milk"])
        );

        await _server.SendAsync(_browser, message with { Type = PushMessageType.Dismiss });

        Assert.That(_browser.Shown, Is.Empty);
    }

    [TestCase("字")]
    [TestCase("\u0001")]
    [TestCase("🍐")]
    public async Task The_longest_title_fits_into_a_message(string character)
    {
        var title = string.Concat(Enumerable.Repeat(character, TaskItem.TitleMaxLength));

        var outcome = await _server.SendAsync(_browser, _server.Message(taskId: Guid.NewGuid(), title: title));

        Assert.That(outcome, Is.EqualTo(PushOutcome.Sent));
        Assert.That(_browser.Shown.Values.Single().Message.GetProperty("title").GetString(), Is.EqualTo(title));
    }

    [Test]
    public async Task One_signature_serves_the_messages_of_six_hours()
    {
        await _server.SendAsync(_browser);
        _server.Instance.Clock.Advance(WebPushToken.Lifetime / 2);
        await _server.SendAsync(_browser);
        _server.Instance.Clock.Advance(Instant);
        await _server.SendAsync(_browser);

        var tokens = Service.Received.Select(received => received.Token).ToList();
        Assert.That(Service.Refusals, Is.Empty);
        Assert.That((tokens[1] == tokens[0], tokens[2] == tokens[0]), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_token_is_signed_again_after_the_clock_was_set_back()
    {
        await _server.SendAsync(_browser);
        _server.Instance.Clock.AdjustTime(_server.Now - TimeSpan.FromDays(1));

        var outcome = await _server.SendAsync(_browser);

        Assert.That(Service.Refusals, Is.Empty);
        Assert.That(outcome, Is.EqualTo(PushOutcome.Sent));
    }

    [Test]
    public async Task Each_push_service_gets_a_token_of_its_own()
    {
        await using var other = await TestPushService.StartAsync(_server.Instance.Clock);
        var second = other.Subscribe();

        await _server.SendAsync(_browser);
        await _server.SendAsync(second);

        Assert.That((Service.Received.Count, other.Received.Count), Is.EqualTo((1, 1)));
        Assert.That(other.Received.Single().Token, Is.Not.EqualTo(Service.Received.Single().Token));
    }

    [Test]
    public async Task Messages_go_at_the_same_time()
    {
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Service.Fault = TestPushFaults.After(answer.Task);

        var sending = Enumerable.Range(0, 64).Select(_ => _server.SendAsync(_browser)).ToList();
        await Service.WaitForAsync(() => Service.Requests == sending.Count);
        answer.SetResult();

        Assert.That(await Task.WhenAll(sending), Is.All.EqualTo(PushOutcome.Sent));
        Assert.That(Service.Received.Select(received => received.Id).Distinct().Count(), Is.EqualTo(sending.Count));
        Assert.That(Service.Received.Select(received => received.Token).Distinct().Count(), Is.EqualTo(1));
    }

    [TestCase("", "mailto:no-reply@localhost", "http://localhost:5080", "no-reply@localhost")]
    [TestCase("", "mailto:me@example.org", "http://fitnessify.example.org", "Fitnessify <me@example.org>")]
    [TestCase("", "mailto:me@example.org", "https://localhost:5080", "me@example.org")]
    [TestCase("", "https://fitnessify.example.org", "https://fitnessify.example.org/", "me@example.org")]
    [TestCase("mailto:push@example.org", "mailto:push@example.org", "https://fitnessify.example.org", "me@example.org")]
    [TestCase("https://example.org/us", "https://example.org/us", "https://fitnessify.example.org", "me@example.org")]
    public async Task The_token_says_how_the_operator_is_reached(
        string configured,
        string subject,
        string publicUrl,
        string from
    )
    {
        await using var server = await WebPushServer.StartAsync(
            ("Push:WebPush:Subject", configured),
            ("App:PublicUrl", publicUrl),
            ("Mail:From", from)
        );

        await server.SendAsync(server.Service.Subscribe());

        var claims = TestVapid.Claims(server.Service.Received.Single().Token);
        Assert.That(claims.GetProperty("sub").GetString(), Is.EqualTo(subject));
        Assert.That(claims.GetProperty("aud").GetString(), Is.EqualTo(server.Service.Address));
    }
}
