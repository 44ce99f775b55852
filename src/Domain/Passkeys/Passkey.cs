namespace Fitnessify.Domain.Passkeys;

/// <summary>A key on somebody's device that signs in without a password (W3C Web Authentication).</summary>
/// <param name="Id">The authenticator's name for it, in base64url.</param>
/// <param name="Name">What its owner calls it, or null.</param>
/// <param name="CreatedAt">UTC.</param>
/// <param name="IsBackedUp">Whether it is copied to other devices of its owner, as of its last use.</param>
public sealed record Passkey(string Id, string? Name, DateTimeOffset CreatedAt, bool IsBackedUp)
{
    /// <summary>UTF-16 units.</summary>
    public const int NameMaxLength = 100;

    /// <summary>Bytes. Web Authentication allows about a thousand, but a key of SQL Server does not, and authenticators use far fewer.</summary>
    public const int IdMaxBytes = 512;

    /// <summary>So that a list needs no pages.</summary>
    public const int MaxPerUser = 20;
}

/// <summary>What an authenticator is asked, and what checking its answer takes.</summary>
/// <param name="Options">JSON, for <c>navigator.credentials</c> and the like of it on other platforms.</param>
/// <param name="State">Secret of the server: holds the challenge.</param>
public sealed record PasskeyChallenge(string Options, string State);
