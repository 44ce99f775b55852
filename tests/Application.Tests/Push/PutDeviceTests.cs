using Fitnessify.Application.Push;
using Fitnessify.Application.Sessions;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Tests.Push;

public sealed class PutDeviceTests : DeviceTests
{
    [Test]
    public async Task Registers_the_device_of_the_current_session()
    {
        var id = Guid.NewGuid();

        var put = await PutAsync(id, DeviceShapes.Android() with { Locale = "de", Preview = true });

        Assert.That(
            put,
            Is.EqualTo(
                new RegisteredDevice(
                    new DeviceDto(id, Server.Caller.Session!.Id, PushPlatform.Fcm, "de", true, Now, Now),
                    IsNew: true
                )
            )
        );
        Assert.That(await ListAsync(), Is.EqualTo([put.Device]));
    }

    [Test]
    public async Task Replaces_what_was_registered_before_and_moves_it_to_the_current_session()
    {
        var first = (await PutAsync(Guid.NewGuid(), DeviceShapes.Android() with { Preview = true })).Device;
        Server.Caller.Session = await Server.SignInAsync(Server.Caller.Session!.OwnerId);
        Server.Clock.Advance(TimeSpan.FromMinutes(5));

        var (device, isNew) = await PutAsync(first.Id, DeviceShapes.Browser());

        Assert.That(isNew, Is.False);
        Assert.That(
            device,
            Is.EqualTo(
                new DeviceDto(
                    first.Id,
                    Server.Caller.Session.Id,
                    PushPlatform.WebPush,
                    null,
                    false,
                    first.CreatedAt,
                    Now
                )
            )
        );
        Assert.That(await ListAsync(), Is.EqualTo([device]));
    }

    [Test]
    public async Task Stores_the_keys_of_a_browser_without_padding()
    {
        var input = DeviceShapes.Browser();
        var id = Guid.NewGuid();

        await PutAsync(id, input with { P256dh = $"{input.P256dh}=", Auth = $"{input.Auth}==" });

        var device = await Server.UseAsync(
            (IDeviceRepository devices) =>
                devices.FindAsync(Server.Caller.Session!.OwnerId, id, Now, CancellationToken.None)
        );
        Assert.That(
            (device!.Address, device.P256dh, device.Auth),
            Is.EqualTo((input.Endpoint, input.P256dh, input.Auth))
        );
    }

    [TestCase(PushPlatform.WebPush)]
    [TestCase(PushPlatform.Fcm)]
    [TestCase(PushPlatform.Apns)]
    public async Task Is_refused_for_a_service_that_the_server_is_not_configured_for(PushPlatform platform)
    {
        Platforms.Configured.Remove(platform);
        var input = platform switch
        {
            PushPlatform.WebPush => DeviceShapes.Browser(),
            PushPlatform.Fcm => DeviceShapes.Android(),
            _ => DeviceShapes.Iphone(),
        };

        await FailsAsync(new PutDeviceCommand(Guid.NewGuid(), input), "push_not_configured");

        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Is_refused_for_an_endpoint_on_another_host()
    {
        var endpoint = $"https://{FakePushPlatforms.ForbiddenHost}/send";

        var error = await FailsAsync(
            new PutDeviceCommand(Guid.NewGuid(), DeviceShapes.Browser(endpoint)),
            "validation_failed"
        );

        Assert.That(error, Is.EqualTo(PushErrors.EndpointNotAllowed));
        Assert.That(error.Fields!.Single().Code, Is.EqualTo("not_allowed"));
        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Does_not_outlive_a_session_that_ends_at_the_same_moment()
    {
        var session = Server.Caller.Session!;
        Saves.BeforeNextSave = () => SendAsync(new RevokeSessionCommand(session.Id));

        var put = await SendAsync(new PutDeviceCommand(Guid.NewGuid(), DeviceShapes.Android()));

        Assert.That(put.Error, Is.EqualTo(SessionErrors.SessionRevoked));
        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    public async Task Is_tried_again_when_the_device_is_removed_at_the_same_moment()
    {
        var device = (await PutAsync(Guid.NewGuid(), DeviceShapes.Android())).Device;
        Server.Clock.Advance(TimeSpan.FromMinutes(5));
        Saves.BeforeNextSave = () => SendAsync(new RemoveDeviceCommand(device.Id));

        var put = await PutAsync(device.Id, DeviceShapes.Android());

        Assert.That(put, Is.EqualTo(new RegisteredDevice(device with { CreatedAt = Now, LastSeenAt = Now }, true)));
        Assert.That(await ListAsync(), Is.EqualTo([put.Device]));
    }

    [Test]
    public async Task Gives_up_when_another_request_is_always_first()
    {
        Saves.Refusal = PushErrors.DeviceChanged;
        var before = Saves.Count;

        var error = await FailsAsync(
            new PutDeviceCommand(Guid.NewGuid(), DeviceShapes.Android()),
            CommonErrors.StateConflict.Code
        );

        Assert.That(error, Is.EqualTo(PushErrors.DeviceChanged));
        Assert.That(Saves.Count - before, Is.EqualTo(3));
    }
}
