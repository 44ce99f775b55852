using Fitnessify.Application.Push;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Tests.Push;

public sealed class TestDeviceTests : DeviceTests
{
    [Test]
    public async Task Sends_the_device_a_message_at_once()
    {
        await PutAsync();
        var device = await PutAsync();

        Assert.That((await SendAsync(new TestDeviceCommand(device.Id))).Error, Is.Null);

        var due = (await DueAsync()).Single();
        Assert.That((due.Kind, due.DeviceId, due.CreatedAt), Is.EqualTo((PushKind.Test, device.Id, Now)));
    }

    [Test]
    public async Task Does_not_find_a_device_that_is_unknown_of_an_ended_session_or_of_another_user()
    {
        var session = Server.Caller.Session!;
        var ended = Server.Caller.Session = await Server.SignInAsync(session.OwnerId);
        var dead = await PutAsync();
        await SendAsync(new RevokeSessionCommand(ended.Id));
        await SignInNewUserAsync();
        var foreign = await PutAsync();
        Server.Caller.Session = session;

        foreach (var id in new[] { dead.Id, foreign.Id, Guid.NewGuid() })
        {
            Assert.That((await SendAsync(new TestDeviceCommand(id))).Error, Is.EqualTo(CommonErrors.NotFound));
        }
    }

    [Test]
    public async Task Is_refused_when_the_server_is_not_configured_for_the_service_any_more()
    {
        var device = await PutAsync();
        Platforms.Configured.Remove(device.Platform);

        await FailsAsync(new TestDeviceCommand(device.Id), "push_not_configured");

        Assert.That(await DueAsync(), Is.Empty);
    }

    [Test]
    public async Task Does_not_find_a_device_that_is_removed_at_the_same_moment()
    {
        var device = await PutAsync();
        Saves.BeforeNextSave = () => SendAsync(new RemoveDeviceCommand(device.Id));

        Assert.That((await SendAsync(new TestDeviceCommand(device.Id))).Error, Is.EqualTo(CommonErrors.NotFound));
    }
}
