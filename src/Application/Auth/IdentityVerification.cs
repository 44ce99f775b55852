using Fitnessify.Domain.Common;
using Fitnessify.Domain.Identities;

namespace Fitnessify.Application.Auth;

/// <summary>Verifies what an app received from a provider.</summary>
internal sealed class IdentityVerification(IIdentityTokens tokens, IIdentityGrants grants)
{
    /// <summary>Verifies an ID token.</summary>
    /// <param name="provider">The name of the provider.</param>
    /// <param name="idToken">The ID token.</param>
    /// <param name="nonce">The nonce that the app has made.</param>
    /// <returns>
    /// The claims; <c>validation_failed</c> if the provider is not configured, <c>identity_token_invalid</c>, or
    /// <c>service_unavailable</c>.
    /// </returns>
    public async Task<Result<IdentityClaims>> VerifyAsync(
        string provider,
        string idToken,
        string nonce,
        CancellationToken cancellationToken
    ) =>
        tokens.Providers.Any(configured => configured.Name == provider)
            ? await tokens.VerifyAsync(provider, idToken, nonce, cancellationToken)
            : CommonErrors.Validation(
                new FieldError(["provider"], FieldErrorCodes.NotAllowed, "This provider is not configured.")
            );

    /// <summary>Exchanges the authorization code that came with a verified token, if one did.</summary>
    public Task<IdentityGrant?> ExchangeAsync(
        IdentityClaims claims,
        string? authorizationCode,
        CancellationToken cancellationToken
    ) =>
        authorizationCode is null
            ? Task.FromResult<IdentityGrant?>(null)
            : grants.ExchangeAsync(claims, authorizationCode, cancellationToken);
}

/// <summary>A verified identity with its grant, which waits to be linked.</summary>
/// <param name="Claims">What the issuer has signed.</param>
/// <param name="Grant">What revokes the consent, or null.</param>
internal sealed record VerifiedIdentity(IdentityClaims Claims, IdentityGrant? Grant);
