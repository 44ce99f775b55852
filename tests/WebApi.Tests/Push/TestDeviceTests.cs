namespace Fitnessify.WebApi.Tests.Push;

public sealed class TestDeviceTests
{
    [Test]
    public async Task The_device_shows_a_test_also_in_quiet_hours_and_with_push_switched_off()
    {
        var (client, subscription) = (await Api.Shared.SignedInAsync(), Api.Push.Subscribe());
        var id = await client.DeviceAsync(subscription, preview: true);
        using var quiet = await client.PutAsync(
            NotificationCalls.Settings,
            new
            {
                email = false,
                push = false,
                quietFrom = "00:00",
                quietTo = "23:59",
            }
        );

        using var tested = await client.PostAsync(DeviceCalls.TestPathOf(id));
        await Api.Push.WaitForAsync(() => subscription.Shown.Count > 0);

        Assert.That(await tested.OutcomeAsync(), Is.EqualTo("202"));
        var shown = subscription.Shown.Values.Single();
        Assert.That(shown.Message.Members(), Is.EqualTo((string[])["id", "type"]));
        Assert.That(shown.Type, Is.EqualTo("test"));
    }
}
