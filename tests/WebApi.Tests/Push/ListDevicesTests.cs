namespace Fitnessify.WebApi.Tests.Push;

public sealed class ListDevicesTests
{
    [Test]
    public async Task Lists_the_devices_of_the_caller_the_latest_seen_first_without_their_addresses()
    {
        var (client, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var (older, newer) = (Api.Push.Subscribe(), Api.Push.Subscribe());
        Guid[] ids = [await client.DeviceAsync(older), await client.DeviceAsync(newer)];
        await stranger.DeviceAsync(Api.Push.Subscribe());

        using var seen = await client.PutDeviceAsync(ids[0], older.Registration());
        using var response = await client.GetAsync(DeviceCalls.Devices);

        Assert.That(await client.DeviceIdsAsync(), Is.EqualTo(ids));
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(text, Does.Not.Contain(older.Endpoint).And.Not.Contain(older.P256dh).And.Not.Contain(older.Auth));
    }
}
