using Fitnessify.Domain.Sessions;

namespace Fitnessify.Application.Auth;

/// <summary>What a device keeps while it is signed in.</summary>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="AccessToken">Goes into the Authorization header of each request.</param>
/// <param name="ExpiresIn">Seconds until the access token expires.</param>
/// <param name="RefreshToken">Buys the next pair of tokens; keep it as safe as a password.</param>
/// <param name="RefreshTokenExpiresAt">UTC; without a refresh until then, sign in again.</param>
/// <param name="SessionId">This device's session.</param>
/// <param name="GuestMerged">
/// Whether this sign-in has made what the guest of <c>guestToken</c> had the account's; then sync begins again without a token. If
/// the answer to such a sign-in got lost, the next one has nothing to merge any more.
/// </param>
public sealed record TokensDto(
    string TokenType,
    string AccessToken,
    int ExpiresIn,
    string RefreshToken,
    DateTimeOffset RefreshTokenExpiresAt,
    Guid SessionId,
    bool GuestMerged = false
)
{
    internal static TokensDto From(Session session, IssuedTokens tokens, bool guestMerged = false) =>
        new(
            "Bearer",
            tokens.AccessToken,
            (int)tokens.AccessTokenLifetime.TotalSeconds,
            tokens.RefreshToken,
            session.ExpiresAt,
            session.Id,
            guestMerged
        );
}
