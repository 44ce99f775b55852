using Fitnessify.Application.Push;
using Fitnessify.Application.Sessions;

namespace Fitnessify.Application.Tests.Push;

public sealed class ListDevicesTests : DeviceTests
{
    [Test]
    public async Task Lists_the_devices_of_all_live_sessions_of_the_caller_the_latest_seen_first()
    {
        var session = Server.Caller.Session!;
        var first = await PutAsync();
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Server.Caller.Session = await Server.SignInAsync(session.OwnerId);
        var second = await PutAsync();
        var ended = Server.Caller.Session = await Server.SignInAsync(session.OwnerId);
        await PutAsync();
        await SendAsync(new RevokeSessionCommand(ended.Id));
        await SignInNewUserAsync();
        await PutAsync();
        Server.Caller.Session = session;

        var listed = (await SendAsync(new ListDevicesQuery())).Value!;

        Assert.That(listed.Items, Is.EqualTo([second, first]));
        Assert.That(listed.NextCursor, Is.Null);
    }
}
