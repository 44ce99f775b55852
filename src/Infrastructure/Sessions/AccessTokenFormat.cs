using System.Globalization;
using System.Security.Claims;
using Fitnessify.Domain.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Sessions;

/// <summary>The form of access tokens: Data Protection tickets, as the framework's bearer token handler reads them.</summary>
public sealed class AccessTokenFormat(IDataProtectionProvider provider)
    : TicketDataFormat(provider.CreateProtector("Fitnessify.AccessToken.v1"))
{
    /// <summary>The authentication scheme.</summary>
    public const string Scheme = "Bearer";

    /// <summary>Claim: the user's id.</summary>
    public const string UserIdClaim = "sub";

    /// <summary>Claim: the session's id.</summary>
    public const string SessionIdClaim = "sid";

    /// <summary>Claim: the counter of the refresh token beside it.</summary>
    public const string CounterClaim = "counter";

    /// <summary>What the token of a signed-in caller says; null when it is none of ours.</summary>
    public static AccessClaim? Read(ClaimsPrincipal caller) =>
        Guid.TryParse(caller.FindFirst(SessionIdClaim)?.Value, out var id)
        && int.TryParse(caller.FindFirst(CounterClaim)?.Value, CultureInfo.InvariantCulture, out var counter)
            ? new AccessClaim(id, counter)
            : null;

    internal string Issue(Session session, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(UserIdClaim, session.OwnerId.ToString()),
                new Claim(SessionIdClaim, session.Id.ToString()),
                new Claim(CounterClaim, session.RefreshCounter.ToString(CultureInfo.InvariantCulture)),
            ],
            Scheme,
            UserIdClaim,
            roleType: null
        );
        var properties = new AuthenticationProperties { IssuedUtc = issuedAt, ExpiresUtc = expiresAt };
        return Protect(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme));
    }
}
