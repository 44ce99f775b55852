using Fitnessify.Domain.Identities;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>
/// Section <c>Identity:Providers:{name}</c>: the OpenID Connect issuers whose ID tokens sign in, by name: <c>apple</c>,
/// <c>google</c>, and any others, which are named with lower-case letters, digits and hyphens, have the same settings as
/// <c>google</c>, and need an issuer; a provider without settings is off.
/// </summary>
internal sealed class IdentityProviderOptions
{
    /// <summary>The issuer exactly as its ID tokens name it. It is https, or on this machine.</summary>
    public string? Issuer { get; init; }

    /// <summary>The client ids of the apps at this issuer. An ID token for any other app is refused.</summary>
    public string[] ClientIds { get; init; } = [];

    /// <summary>The URL of the issuer's key set; without it, the server finds the key set by OpenID Connect Discovery.</summary>
    public string? KeysUrl { get; init; }

    /// <summary>Returns the issuer of a provider that is known by name; otherwise null.</summary>
    public static string? KnownIssuerOf(string provider) =>
        provider switch
        {
            IdentityProvider.Apple => "https://appleid.apple.com",
            IdentityProvider.Google => "https://accounts.google.com",
            _ => null,
        };
}
