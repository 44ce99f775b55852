using Fitnessify.Client;

namespace Fitnessify.Clients.Tests.Documents;

public sealed class PushTests
{
    private readonly Dictionary<Guid, string> _shown = [];
    private int _notified;

    [Test]
    public Task The_document_contains_this_code() => Examples.AssertShownInAsync("docs/push.md", nameof(PushTests));

    [Test]
    public async Task An_app_registers_shows_each_notification_once_and_takes_it_back()
    {
        using var push = await PushService.StartAsync();
        await using var server = await Server.StartAsync(push.Settings);
        var deviceId = Guid.NewGuid();
        var endpoint = "";
        async Task<(string Endpoint, string P256dh, string Auth)> SubscribeAsync(string key)
        {
            var made = await push.SubscribeAsync(key);
            endpoint = made.Endpoint;
            return made;
        }

        using var session = new FitnessifySession(server.Address);
        var otto = new RegisterUserCommand { Username = "otto", Email = "otto@example.com" };
        otto.Password = "brave lanterns orbit softly";
        await session.Api.Auth.RegisterAsync(otto);
        await session.SignInAsync("otto", "brave lanterns orbit softly", "Phone");

        var config = await session.Api.Devices.GetConfigAsync();
        if (config.Fcm)
        {
            await session.RegisterFcmAsync(deviceId, await TokenOfFirebaseAsync());
        }
        else if (config.WebPushPublicKey is { } key)
        {
            var subscription = await SubscribeAsync(key);
            var device = new DeviceInput { Platform = PushPlatform.WebPush, Preview = true };
            (device.Endpoint, device.P256dh, device.Auth) = subscription;
            await session.Api.Devices.PutAsync(deviceId, device);
        }

        var devices = await session.Api.Devices.ListAsync();
        Assert.That(
            devices.Items.Select(device => (device.Id, device.Platform)),
            Is.EqualTo([(deviceId, PushPlatform.WebPush)])
        );

        void OnPush(string data)
        {
            var message = PushMessage.Parse(data);
            if (message?.Type == PushMessageType.Dismiss)
            {
                TakeBack(message.Id);
            }
            else if (message is not null && session.MarkDelivered(message.Id))
            {
                Notify(message.Id, message.Title ?? "A task is due");
            }
        }

        await session.Api.Tasks.CreateAsync(new() { Title = "Call the doctor", DueAt = DateTimeOffset.UnixEpoch });
        var overdue = await push.ReceiveAsync(endpoint, 1);
        OnPush(overdue);
        OnPush(overdue);
        OnPush("""{"from":"another sender"}""");
        Assert.That(_shown.Values, Is.EqualTo((string[])["Call the doctor"]));
        Assert.That(_notified, Is.EqualTo(1));

        using var laptop = new FitnessifySession(server.Address);
        await laptop.SignInAsync("otto", "brave lanterns orbit softly", "Laptop");
        await laptop.Api.Notifications.ReadAsync(_shown.Keys.Single());
        OnPush(await push.ReceiveAsync(endpoint, 2));
        Assert.That(_shown, Is.Empty);
    }

    private static Task<string> TokenOfFirebaseAsync() => Task.FromResult("a-token-of-Firebase");

    private void TakeBack(Guid id) => _shown.Remove(id);

    private void Notify(Guid id, string text)
    {
        _notified++;
        _shown[id] = text;
    }
}
