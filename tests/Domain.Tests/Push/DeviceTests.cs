using Fitnessify.Domain.Push;

namespace Fitnessify.Domain.Tests.Push;

public sealed class DeviceTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 15, 9, 26, 535, TimeSpan.Zero);
    private static readonly PushAddress Browser = new(
        PushPlatform.WebPush,
        "https://fcm.googleapis.com/fcm/send/abc",
        new WebPushKeys("key", "auth")
    );

    [Test]
    public void Holds_what_the_app_has_sent()
    {
        var (owner, id, session) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());

        var device = Device.Register(owner, id, session, new(Browser, "de", true), Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((device.OwnerId, device.Id, device.SessionId), Is.EqualTo((owner, id, session)));
            Assert.That((device.Platform, device.Address), Is.EqualTo((PushPlatform.WebPush, Browser.Value)));
            Assert.That((device.P256dh, device.Auth), Is.EqualTo(("key", "auth")));
            Assert.That(device.AddressHash, Is.EqualTo(Browser.Hash));
            Assert.That((device.Locale, device.Preview), Is.EqualTo(("de", true)));
            Assert.That((device.CreatedAt, device.LastSeenAt), Is.EqualTo((Now, Now)));
        }
    }

    [Test]
    public void Registering_again_replaces_everything_and_moves_the_device_to_the_session()
    {
        var device = Device.Register(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), new(Browser, "de", true), Now);
        var (owner, id, session) = (device.OwnerId, device.Id, Guid.NewGuid());
        var address = new PushAddress(PushPlatform.Apns, "00ff", null);

        device.Renew(session, new(address, null, false), Now.AddDays(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((device.OwnerId, device.Id, device.SessionId), Is.EqualTo((owner, id, session)));
            Assert.That((device.Platform, device.Address), Is.EqualTo((PushPlatform.Apns, "00ff")));
            Assert.That((device.P256dh, device.Auth), Is.EqualTo(((string?)null, (string?)null)));
            Assert.That(device.AddressHash, Is.EqualTo(address.Hash));
            Assert.That((device.Locale, device.Preview), Is.EqualTo(((string?)null, false)));
            Assert.That((device.CreatedAt, device.LastSeenAt), Is.EqualTo((Now, Now.AddDays(1))));
        }
    }

    [TestCase("https://web.push.apple.com/abc", false)]
    [TestCase("https://api.push.apple.com/abc", false)]
    [TestCase("https://WEB.PUSH.APPLE.COM/abc", false)]
    [TestCase("https://push.apple.com/abc", true)]
    [TestCase("https://webpush.apple.com/abc", true)]
    [TestCase("https://notpush.apple.com/abc", true)]
    [TestCase("https://web.push.apple.com.example.org/abc", true)]
    [TestCase("https://example.org/web.push.apple.com", true)]
    [TestCase("https://example.org/?host=.push.apple.com", true)]
    [TestCase("https://fcm.googleapis.com/fcm/send/abc", true)]
    public void Only_Safari_takes_no_message_that_shows_nothing(string endpoint, bool accepts) =>
        Assert.That(Put(Browser with { Value = endpoint }).AcceptsSilentMessages, Is.EqualTo(accepts));

    [TestCase(PushPlatform.Fcm, "https://web.push.apple.com/abc")]
    [TestCase(PushPlatform.Apns, "00ff")]
    public void An_app_takes_messages_that_show_nothing_whatever_its_token_looks_like(
        PushPlatform platform,
        string token
    ) => Assert.That(Put(new(platform, token, null)).AcceptsSilentMessages, Is.True);

    private static Device Put(PushAddress address) =>
        Device.Register(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), new(address, null, false), Now);
}
