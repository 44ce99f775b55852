using Fitnessify.Domain.Push;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>A server in Development and a push service on this machine, which share a clock that stands still.</summary>
internal sealed class WebPushServer : IAsyncDisposable
{
    private WebPushServer(Instance server, TestPushService service) => (Instance, Service) = (server, service);

    public Instance Instance { get; }

    public TestPushService Service { get; }

    public DateTimeOffset Now => Instance.Clock.GetUtcNow();

    public static async Task<WebPushServer> StartAsync(params (string Key, string Value)[] settings)
    {
        var server = TestRun.Database.Start([("Push:AllowedHosts:0", "127.0.0.1"), .. settings]);
        return new WebPushServer(server, await TestPushService.StartAsync(server.Clock));
    }

    /// <summary>Returns the device that an app registers for a subscription.</summary>
    public Device Device(TestPushSubscription subscription, string? endpoint = null) =>
        Domain.Push.Device.Register(
            Guid.NewGuid(),
            Guid.NewGuid(),
            Guid.NewGuid(),
            new DeviceRegistration(
                new PushAddress(
                    PushPlatform.WebPush,
                    endpoint ?? subscription.Endpoint,
                    new WebPushKeys(subscription.P256dh, subscription.Auth)
                ),
                null,
                Preview: true
            ),
            Now
        );

    /// <summary>Returns a message that is of use for an hour.</summary>
    public PushMessage Message(
        PushMessageType type = PushMessageType.TaskOverdue,
        Guid? id = null,
        Guid? taskId = null,
        string? title = null
    ) => new(id ?? Guid.NewGuid(), type, taskId, title, "en", Now + TimeSpan.FromHours(1));

    /// <summary>Sends a message to a subscription, by default any message.</summary>
    public Task<PushOutcome> SendAsync(
        TestPushSubscription subscription,
        PushMessage? message = null,
        CancellationToken cancellationToken = default
    ) => SendAsync(Device(subscription), message, cancellationToken);

    public Task<PushOutcome> SendAsync(
        Device device,
        PushMessage? message = null,
        CancellationToken cancellationToken = default
    ) => Instance.Get<IPushTransport>().SendAsync(device, message ?? Message(), cancellationToken);

    /// <summary>Sends any message to a new subscription whose push service does this.</summary>
    public Task<PushOutcome> SendAsync(TestPushFault fault)
    {
        var subscription = Service.Subscribe();
        subscription.Fault = fault;
        return SendAsync(subscription);
    }

    public async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        await Service.DisposeAsync();
    }
}
