namespace Fitnessify.Domain.Sessions;

/// <summary>Issues and reads the tokens of sessions. The tokens themselves are never stored.</summary>
public interface ISessionTokens
{
    /// <summary>Issues an access token and a refresh token for the current counter of the session.</summary>
    IssuedTokens Issue(Session session, DateTimeOffset now);

    /// <summary>Reads a refresh token; null if this server did not issue it.</summary>
    RefreshClaim? Read(string refreshToken);
}

/// <summary>The tokens that sign-in and refresh return.</summary>
/// <param name="AccessToken">The opaque access token.</param>
/// <param name="AccessTokenLifetime">The lifetime of the access token from now.</param>
/// <param name="RefreshToken">
/// The opaque refresh token. It has another purpose, so neither token is accepted as the other (ASVS 5.0, 9.2.2).
/// </param>
public sealed record IssuedTokens(string AccessToken, TimeSpan AccessTokenLifetime, string RefreshToken);

/// <summary>The content of a refresh token.</summary>
/// <param name="SessionId">The id of the session.</param>
/// <param name="Counter">The refresh counter of the session at the time of issue.</param>
public readonly record struct RefreshClaim(Guid SessionId, int Counter);
