using Fitnessify.Domain.Identities;

namespace Fitnessify.Infrastructure.Identities;

/// <summary>
/// Section <c>Identity:Providers:{name}</c>: the OpenID Connect issuers whose ID tokens sign in. <c>apple</c> and <c>google</c>
/// are known by name; another issuer has a name of lower-case letters, digits and hyphens, and the same settings as
/// <c>google</c>. A provider without settings is off.
/// </summary>
internal sealed class IdentityProviderOptions
{
    /// <summary>The issuer exactly as its ID tokens name it. It is https, or on this machine.</summary>
    public string? Issuer { get; init; }

    /// <summary>The client ids of the apps at this issuer. An ID token for any other app is refused.</summary>
    public string[] ClientIds { get; init; } = [];

    /// <summary>The URL of the issuer's key set; without it, the server finds the key set by OpenID Connect Discovery.</summary>
    public string? KeysUrl { get; init; }

    /// <summary>Returns the options of a provider that has no settings.</summary>
    public static IdentityProviderOptions DefaultsOf(string provider) =>
        new()
        {
            Issuer = provider switch
            {
                IdentityProvider.Apple => "https://appleid.apple.com",
                IdentityProvider.Google => "https://accounts.google.com",
                _ => null,
            },
        };
}
