using System.Reflection;
using Fitnessify.Application.Tests.Support;
using Fitnessify.Domain.Notifications;
using Fitnessify.Domain.Push;

namespace Fitnessify.Application.Tests.Push;

/// <summary>Stores messages like a database: a claimed one is not due again before the lease ends or the outcome is stored.</summary>
internal sealed class StoredPushes : IPushDeliveries
{
    private readonly List<PushDelivery> _rows = [];
    private readonly Dictionary<Guid, PushContent> _contents = [];
    private readonly Dictionary<Guid, DateTimeOffset> _leases = [];

    /// <summary>Gets the ids of the messages in the order of their claims.</summary>
    public List<Guid> Claimed { get; } = [];

    /// <summary>Gets the messages whose outcome was stored, in this order.</summary>
    public List<PushDelivery> Stored { get; } = [];

    /// <summary>Gets the times that were given with the outcomes, once for each call.</summary>
    public List<DateTimeOffset> StoredAt { get; } = [];

    /// <summary>Gets the devices that were removed.</summary>
    public List<Device> Dead { get; } = [];

    /// <summary>Gets or sets an action that runs before what messages hold is read.</summary>
    public Action BeforeRead { get; set; } = () => { };

    /// <summary>Gets or sets an action that runs after each store.</summary>
    public Action<PushDelivery> AfterStore { get; set; } = _ => { };

    /// <summary>Stores a test, which is due at once.</summary>
    /// <param name="platform">The service of its device.</param>
    /// <param name="createdAt">The time of its creation; null for now.</param>
    /// <param name="address">The endpoint or token of its device; null for any.</param>
    public PushDelivery Store(
        PushPlatform platform = PushPlatform.Fcm,
        DateTimeOffset? createdAt = null,
        string? address = null
    )
    {
        var content = PushContents.Of(platform, address);
        var delivery = PushDelivery.Test(content.Device, createdAt ?? Given.Now);
        _rows.Add(delivery);
        _contents.Add(delivery.Id, content);
        return delivery;
    }

    /// <summary>Removes what a message holds, as if its device were gone.</summary>
    public void Forget(PushDelivery delivery) => _contents.Remove(delivery.Id);

    public Task<IReadOnlyList<PushDelivery>> TakeDueAsync(
        DateTimeOffset now,
        int max,
        TimeSpan lease,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<PushDelivery> due =
        [
            .. _rows
                .Where(row => (_leases.TryGetValue(row.Id, out var end) ? end : row.NextAttemptAt) <= now)
                .OrderBy(row => row.NextAttemptAt)
                .Take(max),
        ];
        foreach (var row in due)
        {
            _leases[row.Id] = now + lease;
            Claimed.Add(row.Id);
        }

        return Task.FromResult<IReadOnlyList<PushDelivery>>(due);
    }

    public Task<IReadOnlyDictionary<Guid, PushContent>> ReadAsync(
        IReadOnlyList<PushDelivery> deliveries,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        BeforeRead();
        return Task.FromResult<IReadOnlyDictionary<Guid, PushContent>>(
            deliveries
                .Where(delivery => _contents.ContainsKey(delivery.Id))
                .ToDictionary(delivery => delivery.Id, delivery => _contents[delivery.Id])
        );
    }

    public Task StoreAsync(
        IReadOnlyList<PushDelivery> deliveries,
        IReadOnlyList<Device> dead,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        StoredAt.Add(now);
        foreach (var delivery in deliveries)
        {
            _leases.Remove(delivery.Id);
            Stored.Add(delivery);
            if (delivery.IsFinished || delivery.SentAt is not null)
            {
                _rows.Remove(delivery);
            }

            AfterStore(delivery);
        }

        Dead.AddRange(dead);
        return Task.CompletedTask;
    }

    public void PutTest(PushDelivery test) => throw new NotSupportedException("Tests are stored by the test itself.");

    public void Dismiss(Notification notification, Guid sessionId, DateTimeOffset now) =>
        throw new NotSupportedException("Nothing is read here.");

    public void DismissAll(Guid ownerId, SequenceRange range, Guid sessionId, DateTimeOffset now) =>
        throw new NotSupportedException("Nothing is read here.");

    public void Hasten(Guid ownerId, DateTimeOffset now, TimeSpan lease) =>
        throw new NotSupportedException("No settings change here.");
}

/// <summary>What messages hold.</summary>
internal static class PushContents
{
    private static readonly PropertyInfo Kind = typeof(PushDelivery).GetProperty(nameof(PushDelivery.Kind))!;

    /// <summary>Returns the content of a test for a new device.</summary>
    public static PushContent Of(
        PushPlatform platform,
        string? address = null,
        string? locale = null,
        bool preview = false
    ) =>
        new(
            Device.Register(
                Guid.NewGuid(),
                Guid.NewGuid(),
                Guid.NewGuid(),
                new(new(platform, address ?? $"{Guid.NewGuid():N}", null), locale, preview),
                Given.Now
            ),
            NotificationSettings.Default,
            "de",
            "Europe/Berlin",
            null,
            IsOpen: false
        );

    /// <summary>Turns a message into what takes its notification back, as the database does.</summary>
    public static PushDelivery Dismissed(this PushDelivery delivery)
    {
        Kind.SetValue(delivery, PushKind.Dismissal);
        return delivery;
    }
}
