using Fitnessify.Domain.Push;

namespace Fitnessify.Domain.Tests.Push;

public sealed class PushAddressTests
{
    private static readonly PushAddress Address = new(PushPlatform.Fcm, "abc", null);

    [Test]
    public void The_same_address_has_the_same_hash_whatever_its_keys_are()
    {
        var subscription = new PushAddress(PushPlatform.WebPush, "https://push.example.org/1", new("key", "auth"));

        Assert.That(Address.Hash, Has.Length.EqualTo(32));
        Assert.That(new PushAddress(PushPlatform.Fcm, "abc", null).Hash, Is.EqualTo(Address.Hash));
        Assert.That((subscription with { Keys = new("other", "other") }).Hash, Is.EqualTo(subscription.Hash));
    }

    [TestCase(PushPlatform.Apns, "abc")]
    [TestCase(PushPlatform.Fcm, "abC")]
    [TestCase(PushPlatform.Fcm, "abcd")]
    [TestCase(PushPlatform.Fcm, "\nabc")]
    public void Another_service_or_value_has_another_hash(PushPlatform platform, string value) =>
        Assert.That(new PushAddress(platform, value, null).Hash, Is.Not.EqualTo(Address.Hash));
}
