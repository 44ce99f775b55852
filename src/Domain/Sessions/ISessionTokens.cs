namespace Fitnessify.Domain.Sessions;

/// <summary>Makes the tokens that a device holds. Nothing of them is stored.</summary>
public interface ISessionTokens
{
    /// <summary>An access token and the refresh token of the session's current counter.</summary>
    IssuedTokens Issue(Session session, DateTimeOffset now);

    /// <summary>Reads a refresh token; null when it was not issued here.</summary>
    RefreshClaim? Read(string refreshToken);
}

/// <summary>Tokens as handed out at sign-in and refresh.</summary>
/// <param name="AccessToken">Opaque.</param>
/// <param name="AccessTokenLifetime">From now.</param>
/// <param name="RefreshToken">Opaque, of another purpose: neither passes for the other (ASVS 5.0, 9.2.2).</param>
public sealed record IssuedTokens(string AccessToken, TimeSpan AccessTokenLifetime, string RefreshToken);

/// <summary>What a refresh token says.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="Counter">Under which counter of the session it was issued.</param>
public readonly record struct RefreshClaim(Guid SessionId, int Counter);
