namespace Fitnessify.Domain.Sessions;

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

    /// <summary>Where the sign-in or the latest refresh came from, or null.</summary>
    public string? IpAddress { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>UTC; sign-in or the latest refresh.</summary>
    public DateTimeOffset LastUsedAt { get; private set; }

    /// <summary>UTC; from then on neither access nor refresh.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>Which refresh token is the current one: each holds the number it was issued under (RFC 9700, 4.14.2).</summary>
    public int RefreshCounter { get; private set; }

    /// <summary>Whose successor the current one is; -1 before the first refresh.</summary>
    public int PreviousCounter { get; private set; } = -1;

    /// <summary>Whether anything was asked for with the current tokens: until then their answer may have got lost.</summary>
    public bool IsUsed { get; private set; } = true;

    /// <summary>UTC; when the counter last moved on, null before that.</summary>
    public DateTimeOffset? RefreshedAt { get; private set; }

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
            ExpiresAt = lifetime.ExpiryOf(now, now),
        };

    /// <summary>Whether the session can still be used.</summary>
    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>What a refresh token that was issued under this counter is worth.</summary>
    /// <param name="counter">From the token.</param>
    /// <param name="grace">How long the previous token is honoured: its successor may have got lost on the way.</param>
    /// <param name="now">UTC.</param>
    public RefreshTokenStatus Classify(int counter, TimeSpan grace, DateTimeOffset now) =>
        !IsLive(now) || counter > RefreshCounter ? RefreshTokenStatus.Invalid
        : counter == RefreshCounter ? RefreshTokenStatus.Current
        : counter != PreviousCounter ? RefreshTokenStatus.Reused
        : now < RefreshedAt + grace ? RefreshTokenStatus.Previous
        : IsUsed ? RefreshTokenStatus.Reused
        : RefreshTokenStatus.Lost;

    /// <summary>The session as it is after a refresh: the next counter, and a new term.</summary>
    public void Refresh(SessionLifetime lifetime, DateTimeOffset now)
    {
        PreviousCounter = RefreshCounter;
        Replace(lifetime, now);
    }

    /// <summary>The session as it is when the tokens of a refresh got lost: they are void, and others take their place.</summary>
    public void Replace(SessionLifetime lifetime, DateTimeOffset now)
    {
        RefreshCounter++;
        IsUsed = false;
        RefreshedAt = now;
        LastUsedAt = now;
        ExpiresAt = lifetime.ExpiryOf(CreatedAt, now);
    }

    /// <summary>Notes where the device is now.</summary>
    /// <param name="ipAddress">At most <see cref="IpAddressMaxLength"/> characters.</param>
    /// <returns>Whether that is another network than before.</returns>
    public bool MoveTo(string? ipAddress)
    {
        var isMoved = ClientNetwork.Of(ipAddress) != ClientNetwork.Of(IpAddress);
        IpAddress = ipAddress;
        return isMoved;
    }

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
public readonly record struct SessionLifetime(TimeSpan Idle, TimeSpan Absolute)
{
    /// <summary>When a session ends that is not used again.</summary>
    public DateTimeOffset ExpiryOf(DateTimeOffset createdAt, DateTimeOffset usedAt) =>
        createdAt + Absolute < usedAt + Idle ? createdAt + Absolute : usedAt + Idle;
}
