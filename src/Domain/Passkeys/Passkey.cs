namespace Fitnessify.Domain.Passkeys;

/// <summary>A passkey: a discoverable credential that signs in without a password (W3C Web Authentication).</summary>
/// <param name="Id">The credential id that the authenticator created, in base64url.</param>
/// <param name="Name">The name that the user gave it, or null.</param>
/// <param name="CreatedAt">The time of the registration in UTC.</param>
/// <param name="IsBackedUp">Whether it was backed up to other devices of the user when it was last used (the backup state flag).</param>
public sealed record Passkey(string Id, string? Name, DateTimeOffset CreatedAt, bool IsBackedUp)
{
    /// <summary>The longest name in UTF-16 units.</summary>
    public const int NameMaxLength = 100;

    /// <summary>
    /// The longest credential id in bytes. Web Authentication permits 1023, but a key of SQL Server does not, and
    /// authenticators use far fewer.
    /// </summary>
    public const int IdMaxBytes = 512;

    /// <summary>The largest number of passkeys of one user, so that the list needs no pages.</summary>
    public const int MaxPerUser = 20;
}

/// <summary>A challenge for an authenticator, with the state that the verification of its answer needs.</summary>
/// <param name="Options">The options as JSON, for <c>navigator.credentials</c> and its equivalents on other platforms.</param>
/// <param name="State">The state that only the server can read; it holds the challenge.</param>
public sealed record PasskeyChallenge(string Options, string State);

/// <summary>A passkey whose authenticator has given a valid answer.</summary>
/// <param name="UserId">The id of the account that owns it.</param>
/// <param name="Id">The credential id.</param>
/// <param name="SignCount">The counter of the authenticator.</param>
/// <param name="IsBackedUp">Whether the passkey is backed up to other devices.</param>
/// <param name="IsUserVerified">Whether the authenticator has verified the user.</param>
public sealed record VerifiedPasskey(Guid UserId, byte[] Id, uint SignCount, bool IsBackedUp, bool IsUserVerified);
