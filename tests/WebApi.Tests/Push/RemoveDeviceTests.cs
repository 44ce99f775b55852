namespace Fitnessify.WebApi.Tests.Push;

public sealed class RemoveDeviceTests
{
    [Test]
    public async Task A_removed_device_receives_nothing_and_its_session_goes_on()
    {
        var (client, removed, kept) = (await Api.Shared.SignedInAsync(), Api.Push.Subscribe(), Api.Push.Subscribe());
        var id = await client.DeviceAsync(removed);
        var other = await client.DeviceAsync(kept);

        using var first = await client.DeleteAsync(DeviceCalls.PathOf(id));
        using var again = await client.DeleteAsync(DeviceCalls.PathOf(id));
        await Api.Shared.NotifiedAsync(client);
        await Api.Push.WaitForAsync(() => kept.Shown.Count == 1);
        await Api.Shared.SendPushesAsync();

        Assert.That(await first.OutcomeAsync(), Is.EqualTo("204"));
        Assert.That(await again.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await client.DeviceIdsAsync(), Is.EqualTo([other]));
        Assert.That(removed.Shown, Is.Empty);
    }

    [Test]
    public async Task A_device_of_another_user_is_not_found()
    {
        var (owner, stranger) = (await Api.Shared.SignedInAsync(), await Api.Shared.SignedInAsync());
        var id = await owner.DeviceAsync(Api.Push.Subscribe());

        using var removed = await stranger.DeleteAsync(DeviceCalls.PathOf(id));
        using var tested = await stranger.PostAsync(DeviceCalls.TestPathOf(id));

        Assert.That(await removed.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await tested.OutcomeAsync(), Is.EqualTo("404 not_found"));
        Assert.That(await owner.DeviceIdsAsync(), Is.EqualTo([id]));
    }
}
