using Fitnessify.Application.Push;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Tests.Push;

public sealed class GetPushConfigTests
{
    [TestCase]
    [TestCase(PushPlatform.WebPush)]
    [TestCase(PushPlatform.Fcm)]
    [TestCase(PushPlatform.WebPush, PushPlatform.Fcm, PushPlatform.Apns)]
    public async Task Says_which_services_the_server_is_configured_for(params PushPlatform[] configured)
    {
        var platforms = new FakePushPlatforms();
        platforms.Configured.IntersectWith(configured);

        var config = await new GetPushConfigHandler(platforms).Handle(new GetPushConfigQuery(), CancellationToken.None);

        Assert.That(
            config.Value,
            Is.EqualTo(
                new PushConfigDto(
                    configured.Contains(PushPlatform.WebPush) ? FakePushPlatforms.PublicKey : null,
                    configured.Contains(PushPlatform.Fcm),
                    configured.Contains(PushPlatform.Apns)
                )
            )
        );
    }
}
