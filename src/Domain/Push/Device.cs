namespace Fitnessify.Domain.Push;

/// <summary>An app on a device that receives notifications while it is closed. It goes with the session that has put it.</summary>
public sealed class Device
{
    /// <summary>The largest number of devices of one user; beyond it, the one that was not seen for longest goes.</summary>
    public const int MaxPerUser = 20;

    // Safari withdraws the permission of a site whose messages show nothing.
    private const string SafariHost = ".push.apple.com";

    private Device() { }

    /// <summary>The id of the user who owns the device.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>The id that the app has chosen; unique for each user.</summary>
    public Guid Id { get; private init; }

    /// <summary>The id of the session that has put the device. Without it, or once it has ended, the device receives nothing.</summary>
    public Guid SessionId { get; private set; }

    /// <summary>The service.</summary>
    public PushPlatform Platform { get; private set; }

    /// <summary>The endpoint or the token; see <see cref="PushAddress.Value"/>.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The digest of the address; unique among all devices. See <see cref="PushAddress.Hash"/>.</summary>
    public byte[] AddressHash { get; private set; } = [];

    /// <summary>The public key of a Web Push subscription, or null; see <see cref="WebPushKeys.P256dh"/>.</summary>
    public string? P256dh { get; private set; }

    /// <summary>The authentication secret of a Web Push subscription, or null; see <see cref="WebPushKeys.Auth"/>.</summary>
    public string? Auth { get; private set; }

    /// <summary>The language of the texts that the server writes; null for the language of the account.</summary>
    public string? Locale { get; private set; }

    /// <summary>Whether messages hold the title of the task, which a locked screen may show.</summary>
    public bool Preview { get; private set; }

    /// <summary>The time of the first registration in UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The time of the latest registration in UTC.</summary>
    public DateTimeOffset LastSeenAt { get; private set; }

    /// <summary>The name of the service: for Web Push, the host of the endpoint.</summary>
    public string Service =>
        Platform == PushPlatform.WebPush && Uri.TryCreate(Address, UriKind.Absolute, out var endpoint)
            ? endpoint.Host
            : $"{Platform}";

    /// <summary>Whether the device may be sent a message that shows nothing.</summary>
    public bool AcceptsSilentMessages => !Service.EndsWith(SafariHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Registers a device.</summary>
    /// <param name="ownerId">The id of the user.</param>
    /// <param name="id">The id that the app has chosen.</param>
    /// <param name="sessionId">The id of the session.</param>
    /// <param name="registration">What the app has sent.</param>
    /// <param name="now">The current time in UTC.</param>
    public static Device Register(
        Guid ownerId,
        Guid id,
        Guid sessionId,
        DeviceRegistration registration,
        DateTimeOffset now
    )
    {
        var device = new Device
        {
            OwnerId = ownerId,
            Id = id,
            CreatedAt = now,
        };
        device.Renew(sessionId, registration, now);
        return device;
    }

    /// <summary>Replaces what the app has sent before. From now on the device belongs to this session.</summary>
    public void Renew(Guid sessionId, DeviceRegistration registration, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var address = registration.Address;
        SessionId = sessionId;
        (Platform, Address, P256dh, Auth) = (address.Platform, address.Value, address.Keys?.P256dh, address.Keys?.Auth);
        AddressHash = address.Hash;
        (Locale, Preview) = (registration.Locale, registration.Preview);
        LastSeenAt = now;
    }
}

/// <summary>What an app sends to be notified.</summary>
/// <param name="Address">Where messages go.</param>
/// <param name="Locale">The language tag (BCP 47) of texts that the server writes; null for that of the account.</param>
/// <param name="Preview">Whether messages hold the title of the task.</param>
public sealed record DeviceRegistration(PushAddress Address, string? Locale, bool Preview);
