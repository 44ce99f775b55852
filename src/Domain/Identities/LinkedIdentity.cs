namespace Fitnessify.Domain.Identities;

/// <summary>
/// An identity at an OpenID Connect issuer that signs in to an account. It is the pair of issuer and subject, never the address
/// (OpenID Connect Core 1.0, 5.7).
/// </summary>
public sealed class LinkedIdentity
{
    /// <summary>The longest issuer in UTF-16 units.</summary>
    public const int IssuerMaxLength = 200;

    /// <summary>The longest subject in ASCII characters (OpenID Connect Core 1.0, 2).</summary>
    public const int SubjectMaxLength = 255;

    /// <summary>The longest name of a provider in UTF-16 units.</summary>
    public const int ProviderMaxLength = 30;

    /// <summary>The longest client id in UTF-16 units.</summary>
    public const int ClientIdMaxLength = 200;

    /// <summary>The largest number of identities of one user, so that the list needs no pages.</summary>
    public const int MaxPerUser = 20;

    private LinkedIdentity() { }

    /// <summary>The id, a UUID of version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>The id of the account that the identity signs in to.</summary>
    public Guid OwnerId { get; private init; }

    /// <summary>The name of the provider in the settings, for instance <c>google</c>.</summary>
    public string Provider { get; private init; } = "";

    /// <summary>The issuer as it is configured; unique together with <see cref="Subject"/>.</summary>
    public string Issuer { get; private init; } = "";

    /// <summary>The identifier of the user at the issuer, compared byte by byte.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>The verified address that the identity had when it was linked, or null; only for display.</summary>
    public string? Email { get; private init; }

    /// <summary>The time of the link in UTC.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The time of the link or the latest sign-in in UTC.</summary>
    public DateTimeOffset LastUsedAt { get; private set; }

    /// <summary>The client id of <see cref="Grant"/>, or null.</summary>
    public string? GrantClientId { get; private set; }

    /// <summary>The protected token of <see cref="Grant"/>, or null.</summary>
    public string? GrantToken { get; private set; }

    /// <summary>What a provider needs to revoke the user's consent; null for providers without revocation.</summary>
    public IdentityGrant? Grant =>
        GrantClientId is { } clientId && GrantToken is { } token ? new IdentityGrant(clientId, token) : null;

    /// <summary>Links an identity to an account.</summary>
    /// <param name="ownerId">The id of the account.</param>
    /// <param name="claims">What the issuer has signed.</param>
    /// <param name="grant">What revokes the consent, or null.</param>
    /// <param name="now">The current time in UTC.</param>
    public static LinkedIdentity Link(Guid ownerId, IdentityClaims claims, IdentityGrant? grant, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(claims);
        var identity = new LinkedIdentity
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = ownerId,
            Provider = claims.Provider,
            Issuer = claims.Issuer,
            Subject = claims.Subject,
            Email = claims.Email,
            CreatedAt = now,
        };
        identity.Use(grant, now);
        return identity;
    }

    /// <summary>Records a sign-in.</summary>
    /// <param name="grant">A newer grant, or null to keep the one that there is.</param>
    /// <param name="now">The current time in UTC.</param>
    public void Use(IdentityGrant? grant, DateTimeOffset now)
    {
        LastUsedAt = now;
        if (grant is not null)
        {
            (GrantClientId, GrantToken) = (grant.ClientId, grant.RefreshToken);
        }
    }
}

/// <summary>A refresh token of a provider, which is kept only to revoke the user's consent.</summary>
/// <param name="ClientId">The client id that it was issued to.</param>
/// <param name="RefreshToken">The token in protected form; only <see cref="IIdentityGrants"/> can read it.</param>
public sealed record IdentityGrant(string ClientId, string RefreshToken)
{
    /// <summary>The longest protected token in UTF-16 units.</summary>
    public const int RefreshTokenMaxLength = 2000;
}
