using System.Globalization;

namespace Fitnessify.Client;

public sealed partial class FitnessifySession
{
    private readonly Deliveries _deliveries = new();

    /// <summary>Registers an Android app for push. Call it at each start of the app and whenever Firebase has renewed the token.</summary>
    /// <param name="deviceId">The UUID of this installation of the app. Create it once and store it, so that registering again replaces the device.</param>
    /// <param name="token">The registration token of Firebase Cloud Messaging.</param>
    /// <param name="locale">The language tag (BCP 47) of texts that the server writes; null for that of the account.</param>
    /// <param name="preview">Whether messages hold the title of the task, which a locked screen may show.</param>
    /// <exception cref="FitnessifyException">The server refused, for instance because it is not configured for FCM.</exception>
    public Task<DeviceDto> RegisterFcmAsync(
        Guid deviceId,
        string token,
        string? locale = null,
        bool preview = false,
        CancellationToken cancellationToken = default
    ) => PutDeviceAsync(deviceId, PushPlatform.Fcm, token, locale, preview, cancellationToken);

    /// <summary>Registers an iOS app for push. Call it at each start of the app with the token that iOS has just returned.</summary>
    /// <param name="deviceId">The UUID of this installation of the app. Create it once and store it, so that registering again replaces the device.</param>
    /// <param name="token">The bytes of the device token.</param>
    /// <param name="locale">The language tag (BCP 47) of texts that the server writes; null for that of the account.</param>
    /// <param name="preview">Whether messages hold the title of the task, which a locked screen may show.</param>
    /// <exception cref="FitnessifyException">The server refused, for instance because it is not configured for APNs.</exception>
    public Task<DeviceDto> RegisterApnsAsync(
        Guid deviceId,
        byte[] token,
        string? locale = null,
        bool preview = false,
        CancellationToken cancellationToken = default
    )
    {
        var digits = string.Concat(token.Select(part => part.ToString("x2", CultureInfo.InvariantCulture)));
        return RegisterApnsAsync(deviceId, digits, locale, preview, cancellationToken);
    }

    /// <summary>Registers an iOS app whose framework returns the device token as text.</summary>
    /// <inheritdoc cref="RegisterApnsAsync(Guid, byte[], string?, bool, CancellationToken)"/>
    /// <param name="token">The device token in hexadecimal digits.</param>
    public Task<DeviceDto> RegisterApnsAsync(
        Guid deviceId,
        string token,
        string? locale = null,
        bool preview = false,
        CancellationToken cancellationToken = default
    ) => PutDeviceAsync(deviceId, PushPlatform.Apns, token, locale, preview, cancellationToken);

    /// <summary>
    /// Records that a notification has arrived by push, before the app shows it. What arrives by push and on the stream is shown once
    /// in this way: show it if the result is true.
    /// </summary>
    /// <param name="id">The <see cref="PushMessage.Id"/> of the message.</param>
    /// <returns>True the first time; false if push or <see cref="NotificationsAsync"/> has delivered the notification before.</returns>
    public bool MarkDelivered(Guid id) => _deliveries.AddPushed(id);

    private Task<DeviceDto> PutDeviceAsync(
        Guid deviceId,
        PushPlatform platform,
        string token,
        string? locale,
        bool preview,
        CancellationToken ct
    )
    {
        var device = new DeviceInput { Platform = platform, Token = token };
        (device.Locale, device.Preview) = (locale, preview);
        return Api.Devices.PutAsync(deviceId, device, ct);
    }
}
