using Fitnessify.Application.Push;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Tests.Push;

/// <summary>A signed-in user of a server that is configured for all services.</summary>
public abstract class DeviceTests : UseCaseTests
{
    private protected FakePushPlatforms Platforms => (FakePushPlatforms)Server.Get<IPushPlatforms>();

    [SetUp]
    public Task SignIn() => SignInNewUserAsync();

    private protected async Task<RegisteredDevice> PutAsync(Guid id, DeviceInput input)
    {
        var put = await SendAsync(new PutDeviceCommand(id, input));
        Assert.That(put.Error, Is.Null);
        return put.Value!;
    }

    private protected async Task<DeviceDto> PutAsync() =>
        (await PutAsync(Guid.NewGuid(), DeviceShapes.Android())).Device;

    private protected async Task<IReadOnlyList<DeviceDto>> ListAsync() =>
        (await SendAsync(new ListDevicesQuery())).Value!.Items;

    /// <summary>Claims the messages to all devices of the caller that are due.</summary>
    private protected async Task<List<PushDelivery>> DueAsync() =>
        [
            .. (
                await Server.UseAsync(
                    (IPushDeliveries deliveries) =>
                        deliveries.TakeDueAsync(Now, int.MaxValue, TimeSpan.FromMinutes(1), CancellationToken.None)
                )
            ).Where(delivery => delivery.OwnerId == Server.Caller.Session!.OwnerId),
        ];
}
