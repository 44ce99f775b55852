namespace Fitnessify.Domain.Sessions;

/// <summary>
/// Which tokens of a session count. Each refresh token and the access token beside it hold the number that they were issued
/// under; those between the previous and the current number were handed out in answers that got lost, and are void.
/// </summary>
/// <param name="Current">Of the newest tokens.</param>
/// <param name="Previous">Of the refresh token that bought them; -1 before the first refresh.</param>
/// <param name="IsUsed">Whether anything was asked for with the newest: the device has them.</param>
public readonly record struct RefreshCounters(int Current, int Previous, bool IsUsed)
{
    /// <summary>What an access token that was issued under this number is worth.</summary>
    public AccessTokenStatus Classify(int counter) =>
        counter > Current ? AccessTokenStatus.Unknown
        : counter == Current ? (IsUsed ? AccessTokenStatus.Valid : AccessTokenStatus.FirstUse)
        : counter == Previous ? AccessTokenStatus.Valid
        : counter > Previous ? AccessTokenStatus.Reused
        : AccessTokenStatus.Outdated;
}

/// <summary>What an access token is worth, its own term and that of its session aside.</summary>
public enum AccessTokenStatus
{
    /// <summary>It counts.</summary>
    Valid,

    /// <summary>It counts, and nothing was asked for with its number before.</summary>
    FirstUse,

    /// <summary>Its number is still to come: what is known of the session is not the newest.</summary>
    Unknown,

    /// <summary>Two refreshes came after it; refresh again.</summary>
    Outdated,

    /// <summary>It is void, and somebody holds it all the same.</summary>
    Reused,
}

/// <summary>What a refresh token is worth.</summary>
public enum RefreshTokenStatus
{
    /// <summary>The session has ended, or never issued this token.</summary>
    Invalid,

    /// <summary>The newest: it buys the next.</summary>
    Current,

    /// <summary>The one before, within the grace time: it buys the newest once more.</summary>
    Previous,

    /// <summary>The one before, after the grace time, and nobody has used what it bought: it buys another in its place.</summary>
    Lost,

    /// <summary>Used before, and somebody has used what it bought; or void.</summary>
    Reused,
}
