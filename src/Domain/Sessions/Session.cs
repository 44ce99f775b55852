namespace Fitnessify.Domain.Sessions;

/// <summary>Why a session ended before its time.</summary>
public enum SessionEnd
{
    /// <summary>Its own user signed out.</summary>
    SignedOut,
}

/// <summary>One sign-in on one device. Access and refresh tokens are worth as much as the session they name.</summary>
public sealed class Session
{
    /// <summary>UTF-16 units.</summary>
    public const int DeviceMaxLength = 100;

    /// <summary>UTF-16 units; the longest IPv6 text form.</summary>
    public const int IpAddressMaxLength = 45;

    private Session() { }

    /// <summary>UUID, version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>Whose session it is.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>What the app calls the device, or null.</summary>
    public string? Device { get; private init; }

    /// <summary>Where the sign-in came from, or null.</summary>
    public string? IpAddress { get; private init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>UTC; sign-in or the latest refresh.</summary>
    public DateTimeOffset LastUsedAt { get; private set; }

    /// <summary>UTC; from then on neither access nor refresh.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Which refresh token is the current one: each holds the number it was issued under (RFC 9700, 4.14.2).</summary>
    public int RefreshCounter { get; private set; }

    /// <summary>UTC; null while the session lives.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>Null while the session lives.</summary>
    public SessionEnd? RevokedReason { get; private set; }

    /// <summary>A new session.</summary>
    /// <param name="ownerId">Who signs in.</param>
    /// <param name="device">At most <see cref="DeviceMaxLength"/> characters.</param>
    /// <param name="ipAddress">At most <see cref="IpAddressMaxLength"/> characters.</param>
    /// <param name="lifetime">How long it lives unused; never longer than its absolute life.</param>
    /// <param name="now">UTC.</param>
    public static Session Start(
        Guid ownerId,
        string? device,
        string? ipAddress,
        SessionLifetime lifetime,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = ownerId,
            Device = device,
            IpAddress = ipAddress,
            CreatedAt = now,
            LastUsedAt = now,
            ExpiresAt = now + (lifetime.Idle < lifetime.Absolute ? lifetime.Idle : lifetime.Absolute),
        };

    /// <summary>Ends the session. A session that has ended keeps its first reason.</summary>
    public void Revoke(SessionEnd reason, DateTimeOffset now)
    {
        if (RevokedAt is null)
        {
            (RevokedAt, RevokedReason) = (now, reason);
        }
    }
}

/// <summary>How long sessions live (ASVS 5.0, 7.3).</summary>
/// <param name="Idle">Without a refresh.</param>
/// <param name="Absolute">In all.</param>
public readonly record struct SessionLifetime(TimeSpan Idle, TimeSpan Absolute);
