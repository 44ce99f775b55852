using Fitnessify.Application.Push;
using Fitnessify.Domain.Common;

namespace Fitnessify.Application.Tests.Push;

public sealed class RemoveDeviceTests : DeviceTests
{
    [Test]
    public async Task Removes_a_device_of_the_caller_and_what_waits_for_it()
    {
        var (removed, kept) = (await PutAsync(), await PutAsync());
        await SendAsync(new TestDeviceCommand(removed.Id));
        await SendAsync(new TestDeviceCommand(kept.Id));

        Assert.That((await SendAsync(new RemoveDeviceCommand(removed.Id))).Error, Is.Null);

        Assert.That(await ListAsync(), Is.EqualTo([kept]));
        Assert.That((await DueAsync()).Select(delivery => delivery.DeviceId), Is.EqualTo([kept.Id]));
    }

    [Test]
    public async Task Does_not_find_a_device_that_is_unknown_removed_or_of_another_user()
    {
        var session = Server.Caller.Session!;
        var removed = await PutAsync();
        await SendAsync(new RemoveDeviceCommand(removed.Id));
        await SignInNewUserAsync();
        var foreign = await PutAsync();
        var other = Server.Caller.Session;
        Server.Caller.Session = session;

        foreach (var id in new[] { removed.Id, foreign.Id, Guid.NewGuid() })
        {
            Assert.That((await SendAsync(new RemoveDeviceCommand(id))).Error, Is.EqualTo(CommonErrors.NotFound));
        }

        Server.Caller.Session = other;
        Assert.That(await ListAsync(), Is.EqualTo([foreign]));
    }
}
