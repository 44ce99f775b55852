using System.Text.Json;
using Fitnessify.Application.Push;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Fitnessify.Testing;

/// <summary>Calls of devices that are notified while the app is closed.</summary>
internal static class DeviceCalls
{
    public const string Config = "/api/v1/push/config";
    public const string Devices = "/api/v1/users/me/devices";

    public static string PathOf(Guid id) => $"{Devices}/{id}";

    public static string TestPathOf(Guid id) => $"{Devices}/{id}/test";

    /// <summary>Returns what an app sends to register a subscription.</summary>
    public static string Registration(
        this TestPushSubscription subscription,
        bool preview = false,
        string? endpoint = null
    ) =>
        JsonSerializer.Serialize(
            new
            {
                platform = "webPush",
                endpoint = endpoint ?? subscription.Endpoint,
                p256dh = subscription.P256dh,
                auth = subscription.Auth,
                preview,
            }
        );

    public static Task<HttpResponseMessage> PutDeviceAsync(this ApiClient client, Guid id, string registration) =>
        client.SendJsonAsync("PUT", PathOf(id), registration);

    /// <summary>Registers a device.</summary>
    /// <returns>Its id.</returns>
    public static async Task<Guid> DeviceAsync(
        this ApiClient client,
        TestPushSubscription subscription,
        bool preview = false
    )
    {
        var id = Guid.NewGuid();
        using var put = await client.PutDeviceAsync(id, subscription.Registration(preview));
        Assert.That(await put.OutcomeAsync(), Is.EqualTo("201"));
        return id;
    }

    /// <summary>Returns the ids of the devices, the latest seen first.</summary>
    public static async Task<IReadOnlyList<Guid>> DeviceIdsAsync(this ApiClient client) =>
        [.. (await client.ReadAsync(Devices)).Items().Select(device => device.GetProperty("id").GetGuid())];

    /// <summary>Sends what is due, as the job does.</summary>
    public static async Task SendPushesAsync(this Api api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var sent = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SendPushesCommand());
        Assert.That(sent.IsSuccess);
    }
}
