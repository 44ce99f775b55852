namespace Fitnessify.Domain.Sessions;

/// <summary>
/// The counters that decide which tokens of a session are valid (refresh token rotation, RFC 9700, 4.14.2). Each pair of tokens
/// holds the counter of its issue. Pairs between the previous and the current counter were issued in responses that got lost;
/// they have been replaced and are not valid.
/// </summary>
/// <param name="Current">The counter of the newest tokens.</param>
/// <param name="Previous">The counter of the refresh token that they were issued for; -1 before the first refresh.</param>
/// <param name="IsUsed">Whether the newest access token was used, which proves that the client received the tokens.</param>
public readonly record struct RefreshCounters(int Current, int Previous, bool IsUsed)
{
    /// <summary>Returns the status of an access token that was issued with this counter.</summary>
    public AccessTokenStatus Classify(int counter) =>
        counter > Current ? AccessTokenStatus.Unknown
        : counter == Current ? (IsUsed ? AccessTokenStatus.Valid : AccessTokenStatus.FirstUse)
        : counter == Previous ? AccessTokenStatus.Valid
        : counter > Previous ? AccessTokenStatus.Reused
        : AccessTokenStatus.Outdated;
}

/// <summary>The status of an access token by its counter, apart from its own expiry and that of its session.</summary>
public enum AccessTokenStatus
{
    /// <summary>The token is valid.</summary>
    Valid,

    /// <summary>The token is valid and is used for the first time.</summary>
    FirstUse,

    /// <summary>The counter is higher than the known one, so the cached session is outdated.</summary>
    Unknown,

    /// <summary>The session was refreshed twice since, so the client has to refresh again.</summary>
    Outdated,

    /// <summary>The token was replaced and is used all the same.</summary>
    Reused,
}

/// <summary>The status of a refresh token.</summary>
public enum RefreshTokenStatus
{
    /// <summary>The session is revoked or expired, or never issued this token.</summary>
    Invalid,

    /// <summary>The newest token, which is exchanged for the next pair.</summary>
    Current,

    /// <summary>The previous token within the grace period, which is exchanged for the newest pair once more.</summary>
    Previous,

    /// <summary>The previous token after the grace period, while the newest pair is unused: the pair is replaced by another one.</summary>
    Lost,

    /// <summary>The token was used before and its successor is in use, or the token was replaced.</summary>
    Reused,
}
