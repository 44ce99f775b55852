namespace Fitnessify.Domain.Sessions;

/// <summary>A session: one sign-in on one device. Access and refresh tokens are valid only as long as their session.</summary>
public sealed class Session
{
    /// <summary>The longest device name in UTF-16 units.</summary>
    public const int DeviceMaxLength = 100;

    /// <summary>The longest address in UTF-16 units; the longest text form of IPv6 has as many.</summary>
    public const int IpAddressMaxLength = 45;

    /// <summary>A reauthentication holds for this long.</summary>
    public static readonly TimeSpan ReauthenticationLifetime = TimeSpan.FromMinutes(5);

    private Session() { }

    /// <summary>The id, a UUID of version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>The id of the user who owns the session.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>The name that the app gave the device, or null.</summary>
    public string? Device { get; private init; }

    /// <summary>The address that the sign-in or the latest refresh came from, or null.</summary>
    public string? IpAddress { get; private set; }

    /// <summary>The id of the linked identity that signed in; null for another method.</summary>
    public Guid? IdentityId { get; private init; }

    /// <summary>The time of the sign-in in UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>
    /// The time in UTC from which the absolute lifetime counts: that of the sign-in, or of the registration of a guest. It is
    /// null for a guest, who is never asked who they are.
    /// </summary>
    public DateTimeOffset? AuthenticatedAt { get; private set; }

    /// <summary>The time of the sign-in or the latest refresh in UTC.</summary>
    public DateTimeOffset LastUsedAt { get; private set; }

    /// <summary>The time of expiry in UTC, from which on the session accepts no token.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>The counter of the current refresh token; each token holds the counter of its issue (RFC 9700, 4.14.2).</summary>
    public int RefreshCounter { get; private set; }

    /// <summary>The counter of the refresh token that the current one was issued for; -1 before the first refresh.</summary>
    public int PreviousCounter { get; private set; } = -1;

    /// <summary>Whether the current access token was used. Until then the response with the current tokens may have got lost.</summary>
    public bool IsUsed { get; private set; } = true;

    /// <summary>The time of the latest refresh in UTC; null before the first one.</summary>
    public DateTimeOffset? RefreshedAt { get; private set; }

    /// <summary>The time in UTC until which the user need not show again who they are; null before the first reauthentication.</summary>
    public DateTimeOffset? ReauthenticatedUntil { get; private set; }

    /// <summary>
    /// The security stamp of the account at the reauthentication, which does not outlive a change of it; see
    /// <see cref="Accounts.Account.SecurityStamp"/> and <see cref="ISessionRepository.EndReauthentications"/>.
    /// </summary>
    public string? ReauthenticationStamp { get; private set; }

    /// <summary>The time of the revocation in UTC; null while the session is not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }

    /// <summary>The reason of the revocation; null while the session is not revoked.</summary>
    public SessionEnd? RevokedReason { get; private set; }

    /// <summary>Creates a session.</summary>
    /// <param name="ownerId">The id of the user who signs in.</param>
    /// <param name="device">The name of the device, at most <see cref="DeviceMaxLength"/> characters, or null.</param>
    /// <param name="ipAddress">The address of the client, at most <see cref="IpAddressMaxLength"/> characters, or null.</param>
    /// <param name="lifetime">The lifetimes that determine when the session expires.</param>
    /// <param name="now">The current time in UTC.</param>
    /// <param name="identityId">The id of the linked identity that signs in, or null.</param>
    public static Session Start(
        Guid ownerId,
        string? device,
        string? ipAddress,
        SessionLifetime lifetime,
        DateTimeOffset now,
        Guid? identityId = null
    ) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = ownerId,
            Device = device,
            IpAddress = ipAddress,
            IdentityId = identityId,
            CreatedAt = now,
            AuthenticatedAt = now,
            LastUsedAt = now,
            ExpiresAt = lifetime.ExpiryOf(now, now),
        };

    /// <summary>Creates the session of a new guest. Until its access token is used, the response may have got lost.</summary>
    /// <param name="ownerId">The id of the guest.</param>
    /// <param name="device">The name of the device, at most <see cref="DeviceMaxLength"/> characters, or null.</param>
    /// <param name="ipAddress">The address of the client, at most <see cref="IpAddressMaxLength"/> characters, or null.</param>
    /// <param name="lifetime">The lifetimes that determine when the session expires.</param>
    /// <param name="now">The current time in UTC.</param>
    public static Session StartGuest(
        Guid ownerId,
        string? device,
        string? ipAddress,
        SessionLifetime lifetime,
        DateTimeOffset now
    )
    {
        var session = Start(ownerId, device, ipAddress, lifetime, now);
        (session.AuthenticatedAt, session.IsUsed) = (null, false);
        session.ExpiresAt = lifetime.ExpiryOf(null, now);
        return session;
    }

    /// <summary>Whether the tokens that the session began with were not used yet.</summary>
    public bool IsUntouched => RefreshCounter == 0 && !IsUsed;

    /// <summary>Returns whether the session is neither revoked nor expired.</summary>
    public bool IsLive(DateTimeOffset now) => RevokedAt is null && now < ExpiresAt;

    /// <summary>Returns the status of a refresh token that was issued with this counter.</summary>
    /// <param name="counter">The counter that the token holds.</param>
    /// <param name="grace">
    /// The period in which the previous token is still accepted, because the response with its successor may have got lost.
    /// </param>
    /// <param name="now">The current time in UTC.</param>
    public RefreshTokenStatus Classify(int counter, TimeSpan grace, DateTimeOffset now) =>
        !IsLive(now) || counter > RefreshCounter ? RefreshTokenStatus.Invalid
        : counter == RefreshCounter ? RefreshTokenStatus.Current
        : counter != PreviousCounter ? RefreshTokenStatus.Reused
        : now < RefreshedAt + grace ? RefreshTokenStatus.Previous
        : IsUsed ? RefreshTokenStatus.Reused
        : RefreshTokenStatus.Lost;

    /// <summary>Rotates the tokens: raises the counter and extends the session.</summary>
    public void Refresh(SessionLifetime lifetime, DateTimeOffset now)
    {
        PreviousCounter = RefreshCounter;
        Replace(lifetime, now);
    }

    /// <summary>
    /// Replaces the current tokens, because their response got lost: they are not valid any more, and new ones are issued.
    /// </summary>
    public void Replace(SessionLifetime lifetime, DateTimeOffset now)
    {
        RefreshCounter++;
        IsUsed = false;
        RefreshedAt = now;
        LastUsedAt = now;
        ExpiresAt = lifetime.ExpiryOf(AuthenticatedAt, now);
    }

    /// <summary>Records the address that the client has now.</summary>
    /// <param name="ipAddress">The address, at most <see cref="IpAddressMaxLength"/> characters, or null.</param>
    /// <returns>Whether the address is in another network than the one before.</returns>
    public bool MoveTo(string? ipAddress)
    {
        var isMoved = ClientNetwork.Of(ipAddress) != ClientNetwork.Of(IpAddress);
        IpAddress = ipAddress;
        return isMoved;
    }

    /// <summary>Records that the user has shown again who they are.</summary>
    /// <param name="securityStamp">The security stamp of the account.</param>
    /// <param name="now">The current time in UTC.</param>
    public void Reauthenticate(string securityStamp, DateTimeOffset now) =>
        (ReauthenticatedUntil, ReauthenticationStamp) = (now + ReauthenticationLifetime, securityStamp);

    /// <summary>Returns whether the user has shown who they are in the last minutes, and their credentials are the same since.</summary>
    /// <param name="securityStamp">The security stamp that the account has now.</param>
    /// <param name="now">The current time in UTC.</param>
    public bool IsReauthenticated(string securityStamp, DateTimeOffset now) =>
        now < ReauthenticatedUntil && ReauthenticationStamp == securityStamp;

    /// <summary>Revokes the session. If it is revoked already, the first reason is kept.</summary>
    public void Revoke(SessionEnd reason, DateTimeOffset now)
    {
        if (RevokedAt is null)
        {
            (RevokedAt, RevokedReason) = (now, reason);
        }
    }
}

/// <summary>The lifetimes of sessions (ASVS 5.0, 7.3).</summary>
/// <param name="Idle">The longest time without a refresh.</param>
/// <param name="Absolute">The longest time since the sign-in.</param>
/// <param name="Guest">The longest time without a refresh for a guest, whose session has no other end.</param>
public sealed record SessionLifetime(TimeSpan Idle, TimeSpan Absolute, TimeSpan Guest)
{
    /// <summary>Returns the time of expiry of a session that is not used again.</summary>
    /// <param name="authenticatedAt">The time in UTC at which the user has shown who they are; null for a guest.</param>
    /// <param name="usedAt">The time of the latest use in UTC.</param>
    public DateTimeOffset ExpiryOf(DateTimeOffset? authenticatedAt, DateTimeOffset usedAt) =>
        authenticatedAt is not { } start ? usedAt + Guest
        : start + Absolute < usedAt + Idle ? start + Absolute
        : usedAt + Idle;
}
