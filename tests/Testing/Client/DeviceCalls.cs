using System.Buffers.Text;
using System.Security.Cryptography;
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

    /// <summary>Returns the body of a subscription that no push service knows, at an allowed host.</summary>
    public static string Subscription(string? endpoint = null, bool preview = false)
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return JsonSerializer.Serialize(
            new
            {
                platform = "webPush",
                endpoint = endpoint ?? $"https://fcm.googleapis.com/fcm/send/{Guid.NewGuid():N}",
                p256dh = Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]),
                auth = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)),
                preview,
            }
        );
    }

    public static Task<HttpResponseMessage> PutDeviceAsync(this ApiClient client, Guid id, string body) =>
        client.SendJsonAsync("PUT", PathOf(id), body);

    /// <summary>Registers a device.</summary>
    /// <returns>Its id.</returns>
    public static async Task<Guid> DeviceAsync(this ApiClient client, string? body = null)
    {
        var id = Guid.NewGuid();
        using var put = await client.PutDeviceAsync(id, body ?? Subscription());
        Assert.That(await put.OutcomeAsync(), Is.EqualTo("201"));
        return id;
    }

    public static async Task<IReadOnlyList<JsonElement>> ListDevicesAsync(this ApiClient client) =>
        [.. (await client.ReadAsync(Devices)).Items()];

    /// <summary>Sends what is due as the job does.</summary>
    public static async Task SendPushesAsync(this Api api)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var sent = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new SendPushesCommand());
        Assert.That(sent.IsSuccess);
    }
}
