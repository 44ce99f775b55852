using System.Buffers.Text;
using System.Security.Cryptography;
using Fitnessify.Application.Push;
using Fitnessify.Domain.Common;
using Fitnessify.Domain.Push;
using Fitnessify.Domain.Sessions;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Push;
using Microsoft.EntityFrameworkCore;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>Calls of the push tests to a server.</summary>
internal static class DeviceRequests
{
    /// <summary>The time for which the tests claim messages, as the server does.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly string Key = NewKey();

    private static readonly string Secret = Base64Url.EncodeToString(new byte[WebPushKeys.AuthBytes]);

    /// <summary>Returns an endpoint that no other device has.</summary>
    public static string NewEndpoint(string host = "fcm.googleapis.com") => $"https://{host}/{Guid.NewGuid():N}";

    /// <summary>Registers a device of the caller.</summary>
    public static async Task<Result<RegisteredDevice>> TryPutDeviceAsync(
        this Instance server,
        Guid id,
        string endpoint
    ) => await server.SendAsync(new PutDeviceCommand(id, new DeviceInput(PushPlatform.WebPush, endpoint, Key, Secret)));

    /// <summary>Registers a device of the caller.</summary>
    /// <returns>Its id.</returns>
    public static async Task<Guid> PutDeviceAsync(this Instance server, Guid? id = null, string? endpoint = null)
    {
        var put = await server.TryPutDeviceAsync(id ?? Guid.NewGuid(), endpoint ?? NewEndpoint());
        Assert.That(put.Error, Is.Null);
        return put.Value!.Device.Id;
    }

    /// <summary>Registers a device of another session.</summary>
    /// <returns>Its id.</returns>
    public static async Task<Guid> PutDeviceAsync(this Instance server, Session session, Guid? id = null)
    {
        var caller = server.Caller.Session;
        server.Caller.Session = session;
        var device = await server.PutDeviceAsync(id);
        server.Caller.Session = caller;
        return device;
    }

    /// <summary>Returns all devices of the user, dead ones too.</summary>
    public static Task<List<Device>> DevicesAsync(this Instance server, Guid ownerId) =>
        server.UseAsync(
            (AppDbContext context) =>
                context.Devices.AsNoTracking().Where(device => device.OwnerId == ownerId).ToListAsync()
        );

    /// <summary>Returns all messages to devices of the user, sent ones too.</summary>
    public static Task<List<PushDelivery>> MessagesAsync(this Instance server, Guid ownerId) =>
        server.UseAsync(
            (AppDbContext context) =>
                context.PushDeliveries.AsNoTracking().Where(message => message.OwnerId == ownerId).ToListAsync()
        );

    /// <summary>Claims what is due.</summary>
    public static Task<IReadOnlyList<PushDelivery>> TakeDueAsync(this Instance server, int max = 100) =>
        server.UseAsync(
            (IPushDeliveries deliveries) => deliveries.TakeDueAsync(server.Clock.Now(), max, Lease, default)
        );

    /// <summary>Reads what the messages hold.</summary>
    public static Task<IReadOnlyDictionary<Guid, PushContent>> ContentsAsync(
        this Instance server,
        params IReadOnlyList<PushDelivery> messages
    ) => server.UseAsync((IPushDeliveries deliveries) => deliveries.ReadAsync(messages, server.Clock.Now(), default));

    /// <summary>Stores the outcomes of messages.</summary>
    public static Task StoreAsync(this Instance server, params IReadOnlyList<PushDelivery> messages) =>
        server.UseAsync(
            (IPushDeliveries deliveries) => deliveries.StoreAsync(messages, [], server.Clock.Now(), default)
        );

    /// <summary>Sends everything that is due, as if all services accepted it.</summary>
    /// <returns>What was sent.</returns>
    public static async Task<IReadOnlyList<PushDelivery>> SendDueAsync(this Instance server)
    {
        var sent = await server.TakeDueAsync(int.MaxValue);
        foreach (var message in sent)
        {
            message.Sent(server.Clock.Now());
        }

        await server.StoreAsync(sent);
        return sent;
    }

    private static string NewKey()
    {
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]);
    }
}
