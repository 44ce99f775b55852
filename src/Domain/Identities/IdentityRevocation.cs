namespace Fitnessify.Domain.Identities;

/// <summary>
/// A grant that waits to be revoked at its provider. It belongs to no account, because the account may be deleted meanwhile.
/// </summary>
public sealed class IdentityRevocation
{
    /// <summary>A revocation is attempted for this long.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(30);

    private static readonly TimeSpan FirstRetryAfter = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LastRetryAfter = TimeSpan.FromHours(6);

    private IdentityRevocation() { }

    /// <summary>The id, a UUID of version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>The name of the provider.</summary>
    public string Provider { get; private init; } = "";

    /// <summary>The client id that the token was issued to.</summary>
    public string ClientId { get; private init; } = "";

    /// <summary>The token in protected form.</summary>
    public string Token { get; private init; } = "";

    /// <summary>The time in UTC at which the identity was removed.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The time of the next attempt in UTC.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>The number of failed attempts.</summary>
    public int Attempts { get; private set; }

    /// <summary>The grant to revoke.</summary>
    public IdentityGrant Grant => new(ClientId, Token);

    /// <summary>Creates the revocation of a grant.</summary>
    /// <param name="provider">The name of the provider.</param>
    /// <param name="grant">The grant.</param>
    /// <param name="now">The current time in UTC.</param>
    public static IdentityRevocation Of(string provider, IdentityGrant grant, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(grant);
        return new IdentityRevocation
        {
            Id = Guid.CreateVersion7(now),
            Provider = provider,
            ClientId = grant.ClientId,
            Token = grant.RefreshToken,
            CreatedAt = now,
            NextAttemptAt = now,
        };
    }

    /// <summary>Records a failed attempt. The pause grows with each one.</summary>
    /// <returns>False if the revocation is too old for another attempt.</returns>
    public bool TryPostpone(DateTimeOffset now)
    {
        // The comparison uses the power of two, so that no number of failures can overflow.
        var factor = Math.Pow(2, Attempts);
        Attempts++;
        NextAttemptAt = now + (factor < LastRetryAfter / FirstRetryAfter ? FirstRetryAfter * factor : LastRetryAfter);
        return now - CreatedAt < GiveUpAfter;
    }
}
