using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Identities;

/// <summary>Verifies what the configured OpenID Connect issuers have signed.</summary>
public interface IIdentityTokens
{
    /// <summary>The configured providers, by name.</summary>
    IReadOnlyList<IdentityProvider> Providers { get; }

    /// <summary>
    /// Verifies an ID token (OpenID Connect Core 1.0, 3.1.3.7): signature, algorithm, issuer, audience, times, nonce and form.
    /// It may be at most ten minutes old. Whether the nonce was used before shows only the save; see
    /// <see cref="IIdentityRepository.UseNonce"/>.
    /// </summary>
    /// <param name="provider">The name of one of <see cref="Providers"/>.</param>
    /// <param name="idToken">The token as the app received it.</param>
    /// <param name="nonce">The nonce as the app made it; the token holds it or its SHA-256 digest.</param>
    /// <returns>
    /// The claims; <c>identity_token_invalid</c>, whatever is wrong; or <c>service_unavailable</c> if the keys of the issuer cannot be had.
    /// </returns>
    Task<Result<IdentityClaims>> VerifyAsync(
        string provider,
        string idToken,
        string nonce,
        CancellationToken cancellationToken
    );

    /// <summary>Verifies an event that Apple sends from server to server. It has no nonce and may be old.</summary>
    /// <param name="payload">The signed event.</param>
    /// <returns>The event; <c>identity_token_invalid</c>; or <c>service_unavailable</c> if the keys of Apple cannot be had.</returns>
    Task<Result<IdentityEvent>> VerifyEventAsync(string payload, CancellationToken cancellationToken);
}

/// <summary>A configured provider.</summary>
/// <param name="Name">The name in the settings, for instance <c>google</c>.</param>
/// <param name="Issuer">The issuer of its ID tokens.</param>
/// <param name="ClientIds">The client ids of the apps, which its ID tokens are issued to.</param>
public sealed record IdentityProvider(string Name, string Issuer, IReadOnlyList<string> ClientIds)
{
    /// <summary>The name of Apple, whose consent can be revoked.</summary>
    public const string Apple = "apple";

    /// <summary>The name of Google.</summary>
    public const string Google = "google";
}

/// <summary>What a verified ID token says.</summary>
/// <param name="Provider">The name of the provider.</param>
/// <param name="Issuer">The issuer as it is configured.</param>
/// <param name="Subject">The identifier of the user at the issuer.</param>
/// <param name="ClientId">The client id that the token was issued to.</param>
/// <param name="Email">The address if the issuer has verified it and an account can have it; otherwise null.</param>
/// <param name="Name">The name of the user as the issuer knows it, or null.</param>
/// <param name="AuthenticatedAt">The time in UTC at which the user signed in at the issuer, or at which the token was issued.</param>
/// <param name="Nonce">The nonce as the token holds it.</param>
/// <param name="ExpiresAt">The time in UTC until which the nonce is remembered.</param>
public sealed record IdentityClaims(
    string Provider,
    string Issuer,
    string Subject,
    string ClientId,
    string? Email,
    string? Name,
    DateTimeOffset AuthenticatedAt,
    string Nonce,
    DateTimeOffset ExpiresAt
);

/// <summary>What Apple tells about one of its users.</summary>
/// <param name="Issuer">The issuer as it is configured.</param>
/// <param name="Subject">The identifier of the user at the issuer.</param>
/// <param name="IsEnd">Whether the user has withdrawn the consent or has deleted the Apple account; other events change nothing here.</param>
/// <param name="At">The time of the event in UTC.</param>
public sealed record IdentityEvent(string Issuer, string Subject, bool IsEnd, DateTimeOffset At);
