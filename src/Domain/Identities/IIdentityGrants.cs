namespace Fitnessify.Domain.Identities;

/// <summary>Obtains and revokes the grants of providers that ask for revocation; at present, of Apple.</summary>
public interface IIdentityGrants
{
    /// <summary>
    /// Exchanges an authorization code for a refresh token (RFC 6749, 4.1.3), which only serves the revocation.
    /// </summary>
    /// <param name="claims">What came with the code.</param>
    /// <param name="authorizationCode">The code; it works once.</param>
    /// <returns>
    /// The grant, whose token is protected; null if the provider has no revocation, or has refused the code or did not answer, which is logged.
    /// </returns>
    Task<IdentityGrant?> ExchangeAsync(
        IdentityClaims claims,
        string authorizationCode,
        CancellationToken cancellationToken
    );

    /// <summary>Revokes a grant at the provider (RFC 7009). A failure is logged.</summary>
    Task<RevocationOutcome> RevokeAsync(string provider, IdentityGrant grant, CancellationToken cancellationToken);
}

/// <summary>How a revocation at a provider ended.</summary>
public enum RevocationOutcome
{
    /// <summary>The provider has revoked the grant, or does not know it any more.</summary>
    Revoked,

    /// <summary>The provider did not answer, or cannot answer now; a later attempt may succeed.</summary>
    Failed,
}
