using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;

namespace Fitnessify.Infrastructure.Security;

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

    internal string Issue(Guid userId, Guid sessionId, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        var identity = new ClaimsIdentity(
            [new Claim(UserIdClaim, userId.ToString()), new Claim(SessionIdClaim, sessionId.ToString())],
            Scheme,
            UserIdClaim,
            roleType: null
        );
        var properties = new AuthenticationProperties { IssuedUtc = issuedAt, ExpiresUtc = expiresAt };
        return Protect(new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme));
    }
}
