using System.Security.Cryptography;
using System.Text;
using Fitnessify.Domain.Common;

namespace Fitnessify.Domain.Identities;

/// <summary>
/// A grant that waits to be revoked at its provider. It belongs to no account, because the account may be deleted meanwhile.
/// </summary>
public sealed class IdentityRevocation : ILeased
{
    /// <summary>A revocation is attempted for this long.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(30);

    private static readonly Backoff Pauses = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(6));

    private IdentityRevocation() { }

    /// <summary>The id, a UUID of version 7.</summary>
    public Guid Id { get; private init; }

    /// <summary>The name of the provider.</summary>
    public string Provider { get; private init; } = "";

    /// <summary>The client id that the token was issued to.</summary>
    public string ClientId { get; private init; } = "";

    /// <summary>The token in protected form.</summary>
    public string Token { get; private init; } = "";

    /// <summary>The SHA-256 digest of issuer and subject; see <see cref="HashOf"/>.</summary>
    public byte[] SubjectHash { get; private init; } = [];

    /// <summary>The time in UTC at which the identity was removed.</summary>
    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>The time of the next attempt in UTC.</summary>
    public DateTimeOffset NextAttemptAt { get; private set; }

    /// <summary>The number of failed attempts.</summary>
    public int Attempts { get; private set; }

    /// <summary>The grant to revoke.</summary>
    public IdentityGrant Grant => new(ClientId, Token);

    /// <summary>Creates the revocation of an identity's grant.</summary>
    /// <param name="identity">The identity that is removed.</param>
    /// <param name="grant">Its grant.</param>
    /// <param name="now">The current time in UTC.</param>
    public static IdentityRevocation Of(LinkedIdentity identity, IdentityGrant grant, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(identity);
        ArgumentNullException.ThrowIfNull(grant);
        return new IdentityRevocation
        {
            Id = Guid.CreateVersion7(now),
            Provider = identity.Provider,
            ClientId = grant.ClientId,
            Token = grant.RefreshToken,
            SubjectHash = HashOf(identity),
            CreatedAt = now,
            NextAttemptAt = now,
        };
    }

    /// <summary>Returns what finds the revocation of an identity without saying whose it is.</summary>
    public static byte[] HashOf(LinkedIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(identity);
        return SHA256.HashData(Encoding.UTF8.GetBytes($"{identity.Issuer}\n{identity.Subject}"));
    }

    /// <inheritdoc />
    public void Claim(DateTimeOffset until) => NextAttemptAt = until;

    /// <summary>Records a failed attempt. The pause grows with each one.</summary>
    /// <returns>False if the revocation is too old for another attempt.</returns>
    public bool TryPostpone(DateTimeOffset now)
    {
        Attempts++;
        NextAttemptAt = now + Pauses.After(Attempts);
        return now - CreatedAt < GiveUpAfter;
    }
}
