using Fitnessify.Infrastructure.Common;
using Fitnessify.Infrastructure.Push;

namespace Fitnessify.Infrastructure.Tests.Push;

public sealed class WebPushSettingsTests
{
    [TestCase("mailto:push@example.org")]
    [TestCase("https://example.org")]
    [TestCase("https://example.org/contact?of=push")]
    [TestCase(null)]
    public void A_contact_is_an_address_or_a_page(string? subject) =>
        Assert.That(() => WebPushContact.Check(new WebPushOptions { Subject = subject }), Throws.Nothing);

    [TestCase("push@example.org")]
    [TestCase("mailto:")]
    [TestCase("mailto:example.org")]
    [TestCase("mailto:push@")]
    [TestCase("mailto: push@example.org")]
    [TestCase("mailto:push@example.org\n")]
    [TestCase("mailto:pusch@exämple.org")]
    [TestCase("http://example.org")]
    [TestCase("ftp://push@example.org")]
    [TestCase("https:")]
    [TestCase("example.org")]
    public void Another_contact_stops_the_startup(string subject) =>
        Assert.That(
            async () =>
            {
                await using var server = TestRun.Database.Start(("Push:WebPush:Subject", subject));
            },
            Throws
                .TypeOf<SettingsException>()
                .With.Message.EqualTo(
                    "Push:WebPush:Subject: not a contact; use a URL such as mailto:push@example.org or https://example.org/contact."
                )
        );
}
