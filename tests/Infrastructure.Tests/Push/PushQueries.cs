using Fitnessify.Domain.Push;
using Fitnessify.Infrastructure.Accounts;
using Fitnessify.Infrastructure.Persistence;
using Fitnessify.Infrastructure.Push;
using Fitnessify.Infrastructure.Tests.Persistence;

namespace Fitnessify.Infrastructure.Tests.Push;

/// <summary>The main queries of devices and their messages.</summary>
internal static class PushQueries
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 13, 0, 0, TimeSpan.Zero);

    /// <summary>The queries that need no transaction.</summary>
    public static readonly MainQuery[] Reads =
    [
        new(
            "find",
            on => new DeviceRepository(on.Context, null!, null!).FindAsync(on.OwnerId, Guid.Empty, Now, default)
        ),
        new("list", on => new DeviceRepository(on.Context, null!, null!).ListAsync(on.OwnerId, Now, default)),
        new("messages of a notification", NotifyAsync),
        new("claim", on => Deliveries(on).TakeDueAsync(Now, 1, TimeSpan.FromSeconds(30), default)),
        new("contents", on => Deliveries(on).ReadAsync([Message(on)], Now, default)),
    ];

    public static readonly MainQuery[] All =
    [
        .. Reads,
        new("put", on => on.SaveAsync(unit => PutAsync(on, unit))),
        new("remove", on => on.SaveAsync(unit => RemoveAsync(on, unit))),
        new("test", on => OfAsync(on, pushes => pushes.PutTest(PushDelivery.Test(Phone(on), Now)))),
        new("sent", on => StoreAsync(on, message => message.Sent(Now))),
        new("failed", on => StoreAsync(on, message => message.Failed(null, Now))),
        new("postponed", on => StoreAsync(on, message => message.Postpone(Now.AddHours(8)))),
        new("dropped", on => StoreAsync(on, message => message.Drop())),
        new("dead", on => Deliveries(on).StoreAsync([], [Phone(on)], Now, default)),
        new("dismiss", on => OfAsync(on, pushes => pushes.Dismiss(Notification(on), Guid.Empty, Now))),
        new("dismiss all", on => OfAsync(on, pushes => pushes.DismissAll(on.OwnerId, new(1, 7), Guid.Empty, Now))),
        new("hasten", on => OfAsync(on, pushes => pushes.Hasten(on.OwnerId, Now, TimeSpan.FromSeconds(30)))),
    ];

    /// <summary>Adds a device, whose id is that of its owner, and a message that is due.</summary>
    public static async Task FillAsync(Instance server)
    {
        var phone = await server.PutDeviceAsync(server.Caller.Session!.OwnerId);
        await server.SendAsync(new Application.Push.TestDeviceCommand(phone));
    }

    private static PushDeliveries Deliveries(QueryTarget on) => new(on.Context, on.UnitOfWork);

    private static Task OfAsync(QueryTarget on, Action<PushDeliveries> act) =>
        on.SaveAsync(unit =>
        {
            act(new PushDeliveries(on.Context, unit));
            return Task.CompletedTask;
        });

    private static Task PutAsync(QueryTarget on, UnitOfWork unit)
    {
        new DeviceRepository(on.Context, unit, new AccountLock(on.Context, unit)).Put(Phone(on), Now);
        return Task.CompletedTask;
    }

    private static Task RemoveAsync(QueryTarget on, UnitOfWork unit)
    {
        new DeviceRepository(on.Context, unit, null!).Remove(Phone(on));
        return Task.CompletedTask;
    }

    private static async Task NotifyAsync(QueryTarget on)
    {
        var step = new PushDeliveryStep(on.Context, on.Server.Clock);
        on.Context.Add(Notification(on));
        step.TakesPart();
        await step.BeforeAsync(default);
        on.Context.ChangeTracker.Clear();
    }

    private static Task StoreAsync(QueryTarget on, Action<PushDelivery> act)
    {
        var message = Message(on);
        act(message);
        return Deliveries(on).StoreAsync([message], [], Now, default);
    }

    private static PushDelivery Message(QueryTarget on) => PushDelivery.Of(Notification(on), Guid.Empty, 0);

    private static Domain.Notifications.Notification Notification(QueryTarget on) =>
        Overdue.Notification(on.OwnerId, "Run", Now);

    private static Device Phone(QueryTarget on) =>
        Device.Register(
            on.OwnerId,
            on.OwnerId,
            on.Server.Caller.Session!.Id,
            new(new(PushPlatform.Fcm, $"{Guid.NewGuid():N}", null), null, false),
            Now
        );
}
